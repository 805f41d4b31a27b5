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

    static readonly string[] Said = [.. Files(".razor").Concat(Files(".cs")).SelectMany(path => Texts().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value.Replace("\\\"", "\"")).Concat(Counted()).Concat(Explained()).Concat(Pivoted).Distinct(StringComparer.Ordinal)];

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

    // What is no text of a page: an injected name, and values of parameters.
    static readonly string[] NoTexts = ["Loaded", "message", "summary"];

    [Fact]
    public void No_letters_stand_bare_in_the_markup_of_pages() => Assert.Empty(Files(".razor").Where(path => !path.Contains("/Links/", StringComparison.Ordinal)).SelectMany(path => Bare(File.ReadAllText(path)).Select(text => $"{Path.GetFileName(path)}: {text}")));

    static IEnumerable<string> Bare(string page)
    {
        var markup = Aside().Replace(page.Split("\n@code")[0], "");
        return BareTexts().Matches(markup).Select(match => match.Groups[1].Value.Trim()).Where(text => text.IndexOfAny(['"', '=', ';']) < 0)
            .Concat(BareNames().Matches(markup).Select(match => match.Groups[1].Value)).Except(NoTexts);
    }

    // What the engine explains, as templates: {0} for the first value, and so on.
    static IEnumerable<string> Explained() => Directory.EnumerateFiles(Repository.File("src/Cvm.Engine/Explaining"), "*.cs").SelectMany(path => Templates(File.ReadAllText(path)))
        .Where(text => Regex.IsMatch(Regex.Replace(text, @"\{[^}]*\}", ""), @"\p{L}"));

    static IEnumerable<string> Templates(string code)
    {
        for (var at = code.IndexOf("$\"", StringComparison.Ordinal); at >= 0; at = code.IndexOf("$\"", at, StringComparison.Ordinal))
        {
            var (text, values) = ("", 0);
            for (at += 2; code[at] != '"'; at++)
            {
                if (code[at] != '{') text += code[at];
                else
                {
                    var hole = Hole(code, at);
                    text += $"{{{values++}{Format().Match(hole).Value.Replace("\\\\", "\\", StringComparison.Ordinal)}}}";
                    at += hole.Length + 1;
                }
            }

            at++;
            yield return text;
        }
    }

    // What stands between the brackets that begin there.
    static string Hole(string code, int at)
    {
        var (depth, end, quoted) = (0, at, false);
        do
        {
            if (code[end] == '"') quoted = !quoted;
            if (!quoted) depth += code[end] switch { '{' => 1, '}' => -1, _ => 0 };
            end++;
        }
        while (depth > 0);
        return code[(at + 1)..(end - 1)];
    }

    // Words.Count(n, "thing"): the number with its noun.
    static IEnumerable<string> Counted() => Files(".razor").Concat(Files(".cs")).SelectMany(path => Nouns().Matches(File.ReadAllText(path))).Select(match => "{0} " + match.Groups[1].Value);

    static HashSet<string> Values(string text) => [.. Holes().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("""\bT\("((?:[^"\\]|\\.)*)"[,)]""")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\bCount\((?:[^""()]|\((?:[^""()]|\([^""()]*\))*\))*, ""([^""]+)""")]
    private static partial Regex Nouns();

    [GeneratedRegex(@"(?<=[\w)\]]):[#0H][^"":()]*(\\\\:mm)?$")]
    private static partial Regex Format();

    [GeneratedRegex(@"@\*.*?\*@|(?<=<code>).*?(?=</code>)", RegexOptions.Singleline)]
    private static partial Regex Aside();

    [GeneratedRegex(@"(?<![=\-\s])>([^<>@{}]*[A-Za-z]{2}[^<>@{}]*)(?=[<@])")]
    private static partial Regex BareTexts();

    [GeneratedRegex(@"(?<![\w-])(?:Title|aria-label|title|placeholder|data-label|What|Summary|Button|Heading|Empty|None|About|Unit|Caption)=""([^""@]*[A-Za-z]{2}[^""@]*)""")]
    private static partial Regex BareNames();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Holes();
}
