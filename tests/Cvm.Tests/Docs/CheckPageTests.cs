using System.Text;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Every example of docs/check.md is checked, and what is said of it stands below it.</summary>
public sealed partial class CheckPageTests
{
    static readonly (string Path, string Text)[] Beside =
    [
        ("messages/hello.en.md", "---\nsubject: Hello\n---\n\nHello"),
        ("messages/hello.en.sms", "Hello"),
        ("messages/other.en.md", "---\nsubject: Hello\n---\n\nHello"),
        ("messages/present.en.md", "---\nsubject: A present\n---\n\n{{#if coupon}}{{coupon}}{{/if}}"),
        ("messages/mood.en.md", "---\nsubject: How are you?\n---\n\n{{answers}}"),
    ];

    static readonly (string Key, string Text)[] Usual =
        [("journey", "trial"), ("version", "1"), ("about", "A trial."), ("purpose", "service"), ("enter", "order"), ("again-after", "30d"), ("steps", "[ { send: hello } ]")];

    [Fact]
    public void What_the_page_says_is_what_is_said()
    {
        var page = File.ReadAllText(Repository.File("docs/check.md")).ReplaceLineEndings("\n");

        var anew = Example().Replace(page, match => $"```yaml\n{match.Groups["yaml"].Value}```\n\n```text\n{Said(match.Groups["yaml"].Value)}```\n");

        Golden.Check(Repository.File("docs/check.md"), anew);
    }

    [GeneratedRegex(@"```yaml\n(?<yaml>.*?)```\n\n```text\n.*?```\n", RegexOptions.Singleline)]
    private static partial Regex Example();

    static string Said(string example)
    {
        var verdict = Verdict(example);
        var said = new StringBuilder();
        foreach (var problem in verdict) said.Append(problem.ToString()[(problem.At.ToString().Length + 2)..]).Append('\n');

        Assert.True(said.Length > 0, $"Nothing is said of\n{example}");
        return said.ToString();
    }

    static ImmutableArray<Problem> Verdict(string example)
    {
        var files = new List<(string Path, string Text)>
        {
            ("policies.yaml", "staff: { agent: agent@shop.example }"),
            ("loyalty.yaml", "tiers: { silver: 500, gold: 1500 }"),
            ("segments.yaml", "big: { about: Big., when: spent > 100 }"),
        };
        if (example.Contains("ask: mood", StringComparison.Ordinal)) files.Add(("surveys.yaml", "mood: { kind: csat, template: mood, unhappy: 2 }"));

        var journey = Named().Match(example) is { Success: true } named ? "" : example;
        if (journey == "") files.Add((Named().Match(example).Groups[1].Value, example[(example.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        files.Add(("journeys/trial/journey.yaml", string.Concat(Usual.Where(usual => !journey.Contains($"{usual.Key}:", StringComparison.Ordinal) || usual.Key is "journey").Select(usual => $"{usual.Key}: {usual.Text}\n")) + journey.Replace("again-after: none\n", "", StringComparison.Ordinal)));
        var written = files[^1].Text;
        files.AddRange(Beside.Where(file => written.Contains(Path.GetFileName(file.Path).Split('.')[0], StringComparison.Ordinal)));
        return Checked(files);
    }

    [GeneratedRegex("^# (messages/.*)\n")]
    private static partial Regex Named();

    static ImmutableArray<Problem> Checked(List<(string Path, string Text)> files)
    {
        var folder = Directory.CreateTempSubdirectory("cvm-check-");
        try
        {
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, path))!);
                File.WriteAllText(Path.Combine(folder.FullName, path), text);
            }

            return PlaybookCheck.Of(folder.FullName, new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero)).Problems;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
