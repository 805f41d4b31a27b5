using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Every score explains itself.</summary>
public sealed class ScoreExplanationTests
{
    static readonly DateOnly Today = new(2027, 3, 1);
    static readonly Playbook Playbook = Some.Playbook();

    static readonly ScoreModel Model = new(
        Today, Today, new(new BgNbd(0.243, 4.414, 0.793, 2.426), [new("r", 0.243, 0.013), new("alpha", 4.414, 0.38), new("a", 0.793, 0.19), new("b", 2.426, 0.71)], -9582, true, 0, null), new(new GammaGamma(6.25, 3.74, 15), [new("p", 6.25, 0.5)], 0, true, 0, null),
        new(new(739_000, 739_100, 739_200, 739_270, Ties.Best), new(1, 2, 3, 5, Ties.Lowest), new(20, 40, 80, 160, Ties.Lowest)), 2357);

    [Fact]
    public void The_chance_of_staying_is_told_with_its_inputs_its_formula_and_its_numbers()
    {
        var alive = Of(Buying(280, 210, 140, 70))["alive"]!;

        Assert.Equal(("Chance of staying", Percent(Model.Buying.Model.Alive(3, 30, 40))), (alive.Name, alive.Value));
        Assert.Equal(
            [("First order", "25 May 2026"), ("Last order", "21 Dec 2026"), ("Silent for", "70 days"), ("Days with an order after the first, x", "3"), ("First to last order, tx", "30 weeks"), ("First order to 1 Mar 2027, T", "40 weeks")],
            alive.Inputs.AsEnumerable());
        Assert.Equal($"= 1 / (1 + 0.793 / 4.426 × ((4.414 + 40) / (4.414 + 30))^(0.243 + 3)) = {alive.Value}", alive.Formula[^1]);
        Assert.Equal("BG/NBD as of 1 Mar 2027, fitted to 2,357 customers, time in weeks: r 0.243 ± 0.013, alpha 4.414 ± 0.38, a 0.793 ± 0.19, b 2.426 ± 0.71.", alive.Rule);
    }

    [Fact]
    public void The_value_follows_from_the_numbers_that_are_shown()
    {
        var dossier = Buying(280, 210, 140, 70);
        var worth = new LifetimeValue(Model.Buying, Model.Spending, 7) { Margin = 0.4 };
        var past = Standing.Of(dossier)!.Value.Past(Today.DayNumber);
        var expected = worth.Over(365, past);

        var section = Of(dossier)["lifetime-value"]!;

        Assert.StartsWith(FormattableString.Invariant($"{expected.Value:#,0.00} EUR within a year, between {expected.Low:#,0.00} EUR and {expected.High:#,0.00} EUR with 80% probability"), section.Value);
        Assert.Contains(FormattableString.Invariant($" = {worth.PerOrder(past):#,0.00} EUR"), section.Formula[2]);
        Assert.EndsWith(FormattableString.Invariant($" = {expected.Value:#,0.00} EUR"), section.Formula[3]);
        Assert.Contains(section.Inputs, input => input.Name == "Spent on those, less refunds, z" && input.Value == "60.00 EUR");
    }

    [Fact]
    public void Stage_band_need_and_contribution_show_the_rule_that_decided()
    {
        var explained = Of(Buying(280, 210, 140, 70));

        Assert.Contains("rhythm = (210 + 45) / 4 = 63.8 days", explained["stage"]!.Formula);
        Assert.Contains("silence / rhythm = 70 / 63.8 = 1.1, so: mature", explained["stage"]!.Formula);
        Assert.Contains("80.00 EUR − 0.00 EUR = 80.00 EUR, so: low", explained["value"]!.Formula);
        Assert.Contains("32.00 margin - 0.00 discounts - 0.00 points - 0.00 service - 0.00 messages = 32.00 EUR", explained["contribution"]!.Formula);
        Assert.Equal("product", explained["need"]!.Value);
    }

    [Fact]
    public void Fifths_are_told_with_their_bounds()
    {
        var dossier = Buying(280, 210, 140, 70);
        var rfm = Model.Cuts.Of(Standing.Of(dossier)!.Value.Last, 4, 80);

        var section = Of(dossier)["rfm-segment"]!;

        Assert.Contains($"Frequency {rfm.Frequency}: more than 3 and up to 5 days with an order", section.Formula);
        Assert.Contains($"Money {rfm.Monetary}: more than 40.00 EUR and up to 80.00 EUR spent", section.Formula);
        Assert.Contains(section.Formula, line => line.StartsWith($"Recency {rfm.Recency}: last order ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_recorded_is_shown_and_where_the_working_comes_to_something_else_it_says_so()
    {
        var dossier = Buying(280, 210, 140, 70);
        var recorded = new Scorer(Model, Playbook).Of(Standing.Of(dossier)!.Value) with { Alive = 0.42, AsOf = Today.AddDays(-3), Model = "bg-nbd 2027-02-26" };

        var explained = Of(dossier with { Scores = recorded });

        Assert.Equal("42%", explained["alive"]!.Value);
        Assert.StartsWith("Journeys go by what was recorded on 26 Feb 2027, by bg-nbd 2027-02-26: 42%.", explained["alive"]!.Formula[^1]);
        Assert.DoesNotContain(explained["stage"]!.Formula, line => line.StartsWith("Journeys go by", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_ordered_once_is_told_why_the_chance_is_whole()
    {
        var alive = Of(Buying(300))["alive"]!;

        Assert.Equal("100%", alive.Value);
        Assert.Contains("nobody leave before the second", Assert.Single(alive.Formula));
    }

    [Fact]
    public void Without_a_model_what_needs_none_is_told()
    {
        var explained = ScoreExplanation.Of(Buying(280, 70), null, Playbook, Today);

        Assert.Equal(["stage", "value", "need", "contribution"], explained.Sections.Select(section => section.Key));
        Assert.Contains("first nightly sweep", explained.Note);
    }

    [Fact]
    public void Who_has_not_ordered_is_a_prospect()
    {
        var explained = Of(Dossier.For("ann"));

        Assert.Empty(explained.Sections);
        Assert.Contains("a prospect", explained.Note);
    }

    [Fact]
    public void Hostile_customers_get_a_clear_answer()
    {
        Dossier[] hostile =
        [
            Buying(10, 5) with { Purchases = Buying(10, 5).Purchases.WithRefund("none", 900) },
            Buying(10, -30), Buying([.. Enumerable.Range(0, 900).Select(i => 900 - i)]), Buying(0),
        ];

        var texts = hostile.SelectMany(dossier => Of(dossier).Sections).SelectMany(section => section.Inputs.Select(input => input.Value).Concat(section.Formula).Append(section.Value).Append(section.Rule));

        Assert.All(texts, text => Assert.False(text.Contains("NaN", StringComparison.Ordinal) || text.Contains('∞') || text.Contains("Infinity", StringComparison.Ordinal), text));
    }

    static ScoreExplanation Of(Dossier dossier) => ScoreExplanation.Of(dossier, Model, Playbook, Today);

    static string Percent(double share) => share.ToString("0%", System.Globalization.CultureInfo.InvariantCulture);

    static Dossier Buying(params int[] daysAgo)
    {
        var bought = Purchases.None;
        foreach (var days in daysAgo) bought = bought.With(new($"o{days}", new DateTimeOffset(Today, new(12, 0), TimeSpan.Zero).AddDays(-days), 20), "UTC");
        return Dossier.For("ann") with { Purchases = bought };
    }
}
