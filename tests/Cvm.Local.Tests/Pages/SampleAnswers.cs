using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

/// <summary>A year of answers to one survey, one answer to another, and none to a third.</summary>
static class SampleAnswers
{
    static readonly ImmutableSortedDictionary<string, string> NoLabels = ImmutableSortedDictionary<string, string>.Empty;
    static readonly string[] Products = ["earl-grey", "teapot", "<script>alert('sku')</script>/with/slashes", new('m', 64)];

    public static ImmutableSortedDictionary<string, Survey> Surveys { get; } = ImmutableSortedDictionary<string, Survey>.Empty
        .Add("after-order", new("after-order", SurveyKind.Csat, "happy-birthday", 2) { Question = NoLabels.Add("en", "How happy are you with your <b>order</b>?"), Reasons = [Reason("delivery", "Delivery"), Reason("quality", "Quality"), Reason("price", "Price")] })
        .Add("effort", new("effort", SurveyKind.Ces, null, 3))
        .Add("recommend", new("recommend", SurveyKind.Nps, "tier-news", 6));

    static SurveyReason Reason(string name, string label) => new(name, NoLabels.Add("en", label));

    public static void AddTo(Dictionary<Tally, long> tallies)
    {
        var answers = ImmutableArray.CreateBuilder<GivenAnswer>();
        for (var i = 0; i < 420; i++)
        {
            var score = (i * 7 % 10) switch { 0 => 1, 1 => 2, 2 => 3, 3 or 4 or 5 => 4, _ => 5 };
            answers.Add(new("after-order", score, null, SampleRecords.Now.AddDays(-i * 0.9))
            {
                Number = i + 1,
                Unhappy = score <= 2,
                Reasons = i % 3 == 0 ? [] : [score <= 2 && i % 4 != 0 ? "delivery" : i % 2 == 0 ? "quality" : "price"],
                Segment = i % 2 == 0 ? "champion" : "lost",
                Product = Products[i % Products.Length],
                Agent = i % 5 == 0 ? "maria" : null,
            });
        }

        answers.Add(new("recommend", 10, null, SampleRecords.Now) { Number = 421 });
        AnswerTallies.Add(new(), new() { Answers = answers.ToImmutable(), Given = 421 }, (tally, by) => tallies[tally] = tallies.GetValueOrDefault(tally) + by);
    }
}
