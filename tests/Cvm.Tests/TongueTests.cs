using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What pages say is said in Chinese, too.</summary>
public sealed partial class TongueTests
{
    static readonly string Web = Repository.File("src/Cvm.Web");

    static IEnumerable<string> Files(string ending) => Directory.EnumerateFiles(Web, "*" + ending, SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    // What the pivot sorts by and adds up, which the engine calls by name.
    static IEnumerable<string> Pivoted =>
    [
        .. Dimensions.All.SelectMany(one => one.Values.Select(value => value.Label).Where(label => label.Any(char.IsAsciiLetter)).Concat([one.Label, one.About])),
        .. PivotMeasures.All.SelectMany(one => new[] { one.Label, one.About }), .. PivotViews.Shipped.Select(view => view.Name), "No tier", "In none", "No tag", "All others",
    ];

    static readonly string[] Said = [.. Files(".razor").Concat(Files(".cs")).SelectMany(path => Texts().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value.Replace("\\\"", "\"")).Concat(Pivoted).Distinct(StringComparer.Ordinal)];

    static readonly string[][] Chinese = [.. Files(".zh.txt").SelectMany(File.ReadLines).Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split(" = ", 2))];

    [Fact]
    public void Every_text_of_the_pages_has_its_chinese() => Assert.Empty(Said.Except(Chinese.Select(line => line[0])));

    [Fact]
    public void Every_chinese_line_is_one_that_is_said_and_says_something_once()
    {
        Assert.All(Chinese, line => Assert.True(line.Length == 2 && line[1].Length > 0, string.Join(" = ", line)));
        Assert.Empty(Chinese.Select(line => line[0]).Except(Said));
        Assert.Empty(Chinese.GroupBy(line => line[0]).Where(same => same.Select(line => line[1]).Distinct().Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Values_stand_in_both_languages() =>
        Assert.Empty(Chinese.Where(line => !Values(line[0]).SetEquals(Values(line[1]))).Select(line => line[0]));

    static HashSet<string> Values(string text) => [.. Holes().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("""\bT\("((?:[^"\\]|\\.)*)"[,)]""")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Holes();
}
