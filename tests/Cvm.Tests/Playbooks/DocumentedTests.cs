using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

/// <summary>What the documentation shows must be right.</summary>
public partial class DocumentedTests
{
    [Fact]
    public void The_journey_in_the_documentation_reads_without_a_mistake()
    {
        var example = Examples("journeys.md").Single();

        var sources = SmallPlaybook.With(("journeys/win-back/journey.yaml", example));

        Assert.Empty(sources.Problems);
        Assert.Equal(9, sources.Playbook!.Find("win-back", 3)!.Steps.Length);
    }

    [Fact]
    public void The_files_in_the_documentation_read_without_a_mistake()
    {
        var files = Examples("playbook.md");
        var names = Headings("playbook.md");

        var sources = SmallPlaybook.With([.. names.Zip(files)]);

        Assert.Empty(sources.Problems);
        Assert.Equal(["calendar.yaml", "contacts.yaml", "loyalty.yaml", "metrics.yaml", "policies.yaml", "products.yaml", "scores.yaml", "segments.yaml", "service.yaml", "surveys.yaml"], names.Order());
    }

    [Fact]
    public void What_the_documentation_calls_usual_is_what_an_absent_file_means()
    {
        var written = SmallPlaybook.Read(("policies.yaml",
            "{ zone: UTC, locale: en, currency: EUR, sender: Shop, sender-address: shop@example.com, leap-day: february-28, consent-needed: [promotional], quiet: { from: '21:00', to: '08:00' }, stale-after: 7d, day-starts: '00:05', value: { middle: 100, high: 500 } }"));

        var absent = SmallPlaybook.Read();

        Assert.Equal(PlaybookOutline.Of(absent.Playbook!), PlaybookOutline.Of(written.Playbook!));
    }

    static List<string> Examples(string page) => [.. Yaml().Matches(Text(page)).Select(match => match.Groups[1].Value)];

    static List<string> Headings(string page) => [.. Heading().Matches(Text(page)).Select(match => match.Groups[1].Value)];

    static string Text(string page) => File.ReadAllText(Path.Combine(PlaybookGolden.Root, "docs", page)).ReplaceLineEndings("\n");

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^## (\w+\.yaml)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
