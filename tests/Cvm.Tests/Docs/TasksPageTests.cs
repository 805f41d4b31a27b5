using System.Text.RegularExpressions;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests;

/// <summary>What the page on tasks shows must be right.</summary>
public sealed partial class TasksPageTests
{
    static readonly List<string> Blocks = [.. Yaml().Matches(File.ReadAllText(Repository.File("docs/tasks.md")).ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)];

    const string Rest = "version: 1\nabout: Shown.\npurpose: service\n";

    [Fact]
    public void The_journeys_read_without_a_mistake()
    {
        var sources = SmallPlaybook.With(
            ("journeys/shown/journey.yaml", $"journey: shown\n{Rest}enter: {{ on: order }}\n{Blocks[0]}"),
            ("journeys/late/journey.yaml", $"journey: late\n{Rest}{Blocks[1]}"),
            ("messages/gift-on-its-way.en.md", "---\nsubject: A box\n---\n# A box\n"),
            ("policies.yaml", "staff: { agent: a@b.example, manager: m@b.example, account-manager: c@b.example }"));

        Assert.Empty(sources.Problems);
    }

    [Fact]
    public void The_contact_plan_is_the_shipped_one()
    {
        static string Bare(string yaml) => string.Join('\n', yaml.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split('#')[0].TrimEnd())).Trim();

        Assert.Equal(Bare(File.ReadAllText(Repository.File("src/Playbook/contacts.yaml")).ReplaceLineEndings("\n")), Bare(Blocks[2]));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
