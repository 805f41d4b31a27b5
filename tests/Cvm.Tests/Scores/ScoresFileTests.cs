using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests;

public sealed class ScoresFileTests
{
    [Fact]
    public void The_shipped_file_says_what_an_absent_one_means()
    {
        var (shipped, absent) = (Read(File.ReadAllText(Repository.File("src/Playbook/scores.yaml"))).Playbook!.Scores, SmallPlaybook.Read().Playbook!.Scores);

        Assert.Equal(absent with { Segments = shipped.Segments }, shipped);
        Assert.Equal(Cells(absent.Segments), Cells(shipped.Segments));
    }

    [Fact]
    public void What_is_written_counts_and_the_rest_stays_usual()
    {
        var scores = Read("""
            rfm:
              best: "[345][12345]"
              rest: { label: all the rest, cells: ["1[12345]", "2[12345]"] }
            stages: { at-risk-after: 1.5 }
            costs: { margin: 25%, sms: 0.09 }
            """).Playbook!.Scores;

        Assert.Equal(("best", "all the rest"), (scores.Segments[3, 1].Label, scores.Segments[2, 5].Label));
        Assert.Equal(new() { AtRiskAfter = 1.5 }, scores.Stages);
        Assert.Equal(new() { Margin = 0.25m, Sms = 0.09m }, scores.Costs);
        Assert.Equal(ScoreRules.Usual.Needs, scores.Needs);
    }

    [Theory]
    [InlineData("rfm:\n  best: \"[345][12345]\"\n", "scores.yaml(2,3): The cell 11 (recency 1, frequency 1) is in no segment. Every one of the 25 cells needs a name.")]
    [InlineData("rfm:\n  all: \"[12345][12345]\"\n  top: \"55\"\n", "scores.yaml(3,3): The cell 55 (recency 5, frequency 5) is in 'all' and in 'top'. Leave it in one of them.")]
    [InlineData("rfm:\n  all: [\"[12345][12345]\", \"55\"]\n", "scores.yaml(2,3): The cell 55 (recency 5, frequency 5) is in 'all' twice. Leave it in one of them.")]
    [InlineData("rfm:\n  top: \"[45]\"\n", "scores.yaml(2,8): '[45]' is not a part of the map. Write recency and frequency, each a number from 1 to 5 or several in brackets, in quotes: \"[12][34]\".")]
    [InlineData("rfm:\n  top: { cell: \"55\" }\n", "scores.yaml(2,10): There is no 'cell' in a segment of recency and frequency. Did you mean 'cells'?")]
    [InlineData("stage: { mature-from: 4 }\n", "scores.yaml(1,1): There is no 'stage' in the rules of scores. Did you mean 'stages'?")]
    [InlineData("stages: { lapsed-after: 2 }\n", "scores.yaml(1,25): A customer would lapse before being at risk. Raise 'lapsed-after', or lower 'at-risk-after'.")]
    [InlineData("stages: { mature-from: 9 }\n", "scores.yaml(1,9): A customer would be loyal before being mature. Raise 'loyal-from', or lower 'mature-from'.")]
    [InlineData("stages: { at-risk-after: NaN }\n", "scores.yaml(1,26): 'NaN' is not a number above 0, at most 100. Write it like 2 or 2.5.")]
    [InlineData("value: { slack: 0.1 }\n", "scores.yaml(1,17): '0.1' is not a share between 0% and 100%. Write it like 10%.")]
    [InlineData("potential: { middle: 200 }\n", "scores.yaml(1,12): 'high' is not above 'middle'. Raise it.")]
    [InlineData("relationship: { core-from: 4 }\n", "scores.yaml(1,15): 'strategic-from' is not above 'core-from'. Raise it.")]
    [InlineData("clusters: 1\n", "scores.yaml(1,11): '1' is not a whole number from 2 to 20.")]
    public void A_mistake_is_told_with_its_place(string text, string problem) =>
        Assert.Contains(problem, Read(text).Problems.Select(one => one.ToString()));

    static PlaybookSources Read(string text) => SmallPlaybook.Read(("scores.yaml", text));

    static string Cells(RfmMap map) => string.Join(" ", Enumerable.Range(0, 25).Select(cell => map[cell / 5 + 1, cell % 5 + 1].Label));
}
