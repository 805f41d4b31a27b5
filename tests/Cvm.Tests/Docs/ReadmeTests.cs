using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What the README tells people to write must work as written.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_journey_of_five_minutes_checks_and_runs()
    {
        var readme = await File.ReadAllTextAsync(Repository.File("README.md"));
        var sources = PlaybookFolder.Read([.. Shipped(), new("journeys/thank-you/journey.yaml", Block(readme, "yaml")), new("journeys/thank-you/messages/thanks.en.md", Block(readme, "markdown"))]);
        var (templates, problems) = MessageTemplates.Load(sources.Templates, sources.Policies, null, sources.Products);
        Assert.Empty(sources.Problems.Concat(problems));

        var (example, _) = ExampleFile.Read("readme", Story, "thank-you", sources.Playbook!);
        var transcript = await ExampleRun.Transcript(example!, new(sources.Playbook!, templates, sources.Texts), default);

        Assert.Contains("Subject: Thank you, Ann", transcript);
        Assert.Contains("Was given 100 points", transcript);
        Assert.Contains("Finished thank-you as 'thanked'", transcript);
    }

    const string Story = """
        example: Three orders and one more
        from: 2027-03-01
        until: 2027-03-20
        customer: { id: ann, name: Ann, email: ann@example.com, zone: Europe/Berlin, joined: 2027-01-01, consents: [email promotional] }
        history:
          - 2027-02-01 10:00: { order: { id: o1, amount: 20 } }
          - 2027-02-10 10:00: { order: { id: o2, amount: 20 } }
        signals:
          - 2027-03-02 12:00: { order: { id: o3, amount: 20 } }
          - 2027-03-07 12:00: { order: { id: o4, amount: 20 } }
        """;

    // The policies name messages of their own.
    static IEnumerable<PlaybookFile> Shipped() =>
    [
        .. new[] { "policies.yaml", "loyalty.yaml" }.Select(name => new PlaybookFile(name, File.ReadAllText(Repository.File($"src/Playbook/{name}")))),
        .. Directory.EnumerateFiles(Repository.File("src/Playbook/messages")).Select(path => new PlaybookFile($"messages/{Path.GetFileName(path)}", File.ReadAllText(path))),
    ];

    static string Block(string text, string language) => Regex.Match(text, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
