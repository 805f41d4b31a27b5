using Cvm.Engine;

namespace Cvm.Tests;

public sealed class SurveyReportTests
{
    static readonly DateOnly Today = new(2027, 3, 14);

    static Dictionary<Tally, long> Tallied(params GivenAnswer[] answers)
    {
        var counts = new Dictionary<Tally, long>();
        var numbered = answers.Select((answer, i) => answer with { Number = i + 1 }).ToImmutableArray();
        AnswerTallies.Add(new(), new() { Answers = numbered, Given = numbered.Length }, (tally, by) => counts[tally] = counts.GetValueOrDefault(tally) + by);
        return counts;
    }

    static SurveyReport Report(IEnumerable<GivenAnswer> answers, string survey = "csat", int months = 12) =>
        SurveyReport.Of([.. Tallied([.. answers]).Select(pair => (pair.Key, pair.Value))], Polls.Playbook, months, Today).Single(report => report.Survey.Name == survey);

    static GivenAnswer Answer(int score, string day = "2027-03-01", string? product = null, bool unhappy = false, params string[] reasons) =>
        new("csat", score, null, new(DateOnly.Parse(day), new(12, 0), TimeSpan.Zero)) { Product = product, Unhappy = unhappy, Reasons = [.. reasons] };

    [Fact]
    public void The_figure_is_that_of_the_raw_answers()
    {
        int[] scores = [1, 2, 3, 4, 4, 5, 5, 5];
        var report = Report(scores.Select(score => Answer(score)));

        Assert.Equal(SurveyFigures.Csat(scores), report.Figure);
        Assert.Equal([0, 1, 1, 1, 2, 3, 0, 0, 0, 0, 0], report.Scores.ToArray());
        Assert.Null(Report([Answer(3)], "nps").Figure);
    }

    [Theory]
    [InlineData(SurveyKind.Csat), InlineData(SurveyKind.Nps), InlineData(SurveyKind.Ces)]
    public void Counts_lead_to_the_same_figure_as_answers_do(SurveyKind kind)
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var answers = Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Next(0, 11)).ToArray();
            var counts = new long[11];
            foreach (var answer in answers) counts[answer]++;

            Assert.Equal(SurveyFigures.Of(kind, answers), SurveyFigures.OfCounts(kind, counts));
        }
    }

    [Fact]
    public void Months_go_from_the_first_answer_to_this_month_with_gaps()
    {
        var report = Report([Answer(5, "2026-12-31"), Answer(1, "2027-02-01"), Answer(5, "2025-01-01"), Answer(5, "2027-03-15")]);

        Assert.Equal([("2026-12", 1), ("2027-01", 0), ("2027-02", 1), ("2027-03", 0)], report.Months.Select(month => ($"{month.Month:yyyy-MM}", month.Figure?.Answers ?? 0)));
        Assert.Equal((2, new DateOnly(2026, 4, 1)), (report.Figure!.Value.Answers, report.From));
        Assert.Equal(1, Report([Answer(5, "2026-12-31"), Answer(1, "2027-03-01")], months: 1).Figure!.Value.Answers);
    }

    [Fact]
    public void Groups_stand_by_number_of_answers_and_names_may_hold_anything()
    {
        var report = Report([Answer(5, product: "a/b/c"), Answer(4, product: "tea"), Answer(1, product: "tea"), Answer(1)]);

        Assert.Equal([("tea", 2, 50.0), ("a/b/c", 1, 100.0)], report.Products.Select(group => (group.Name, group.Figure!.Value.Answers, group.Figure.Value.Value)));
        Assert.Empty(report.Agents);
    }

    [Fact]
    public void A_driver_is_what_the_unhappy_name_clearly_more_often()
    {
        var unhappy = Enumerable.Range(0, 30).Select(i => Answer(1, unhappy: true, reasons: i < 24 ? ["delivery"] : ["price"]));
        var others = Enumerable.Range(0, 60).Select(i => Answer(5, reasons: i < 12 ? ["delivery"] : ["price"]));
        var report = Report([.. unhappy, .. others, Answer(2, unhappy: true), Answer(4)]);

        Assert.Equal([("delivery", true), ("price", false)], report.Drivers.Select(driver => (driver.Name, driver.Drives)));
        Assert.Equal((new SurveyShare(24, 30), new SurveyShare(12, 60)), (report.Drivers[0].Unhappy, report.Drivers[0].Others));
        Assert.Equal((new SurveyShare(31, 92), new SurveyShare(30, 31)), (report.Unhappy, report.Reasoned));
    }

    [Fact]
    public void A_few_answers_drive_nothing()
    {
        var report = Report([Answer(1, unhappy: true, reasons: "delivery"), Answer(5, reasons: "price")]);

        Assert.DoesNotContain(report.Drivers, driver => driver.Drives);
    }
}
