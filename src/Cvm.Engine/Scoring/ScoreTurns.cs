namespace Cvm.Engine;

/// <summary>The smallest changes that would turn what the rules make of a customer, each as it ends "it would be ...". They are found by asking the rules themselves, so that they hold.</summary>
public sealed class ScoreTurns(Standing standing, Playbook playbook, DateOnly day)
{
    const int MostDays = 3_660, MostSigns = 200;
    const decimal Cent = 0.01m;

    readonly ScoreRules rules = playbook.Scores;
    readonly string currency = playbook.Policies.Currency;
    readonly Past past = standing.Past(day.DayNumber);

    int Silence => Math.Max(0, day.DayNumber - standing.Last);

    /// <summary>With time, and with orders.</summary>
    public ImmutableArray<string> Stage()
    {
        Stage Found(int days, int orders) => orders == 0 ? Stages.Of(standing.Days, past.AgeDays + days, Silence + days, rules.Stages) : Stages.Of(standing.Days + orders, past.AgeDays, 0, rules.Stages);
        return
        [
            .. First(MostDays, days => Found(days, 0), Found(0, 0), (stage, days) => $"{ScoreWords.Of(stage)} after {ScoreText.Days(days)} more without an order"),
            .. First(MostSigns, orders => Found(0, orders), Found(0, 0), (stage, orders) => orders == 1 ? $"{ScoreWords.Of(stage)} with an order on that day" : $"{ScoreWords.Of(stage)} with orders on {orders} more days"),
        ];
    }

    /// <summary>With money spent, and paid back.</summary>
    public ImmutableArray<string> Value()
    {
        var (net, before, from) = (Math.Round((decimal)standing.Net, 2), Scores.ValueOf(standing.Mark), playbook.Policies.ValueFrom);
        Band Found(decimal worth) => ValueBands.Of(worth, before, from, rules.ValueSlack);
        decimal Bound(Band band) => (band == Band.High ? from.High : from.Middle) * (before >= band ? 1 - (decimal)rules.ValueSlack : 1);
        var (found, turns) = (Found(net), ImmutableArray.CreateBuilder<string>());

        if (found < Band.High && Math.Ceiling((Bound(found + 1) - net) / Cent) * Cent is var more && Found(net + more) is var higher && higher > found)
            turns.Add($"{ScoreWords.Of(higher)} with {ScoreText.Money(more, currency)} more spent");
        if (found > Band.Low && Math.Floor((net - Bound(found)) / Cent) * Cent + Cent is var less && Found(net - less) is var lower && lower < found)
            turns.Add($"{ScoreWords.Of(lower)} with {ScoreText.Money(less, currency)} more refunded");
        return turns.ToImmutable();
    }

    /// <summary>With more or less to expect, and another chance of staying.</summary>
    public ImmutableArray<string> Potential(Scores scores)
    {
        var p = rules.Potential;
        var (found, turns) = (Potentials.Of(scores.Alive, scores.Value365, p), ImmutableArray.CreateBuilder<string>());
        if (!(scores.Alive >= p.LeastAlive))
        {
            var then = Potentials.Of(p.LeastAlive, scores.Value365, p);
            return then == found ? [] : [$"{ScoreWords.Of(then)} from a chance of staying of {ScoreText.Percent(p.LeastAlive)} on"];
        }

        if (found < Band.High) turns.Add($"{ScoreWords.Of(found + 1)} with {ScoreText.Money((found == Band.Low ? p.MiddleFrom : p.HighFrom) - scores.Value365, currency)} more to expect within a year");
        if (found > Band.Low)
        {
            turns.Add($"{ScoreWords.Of(found - 1)} with more than {ScoreText.Money(scores.Value365 - (found == Band.High ? p.HighFrom : p.MiddleFrom), currency)} less to expect within a year");
            turns.Add($"{ScoreWords.Of(Band.Low)} below a chance of staying of {ScoreText.Percent(p.LeastAlive)}");
        }

        return turns.ToImmutable();
    }

    /// <summary>With the value or the potential a band higher or lower.</summary>
    public ImmutableArray<string> Relationship(Scores scores)
    {
        var found = Relationships.Of(scores.Value, scores.Potential, rules.Relationship);
        return
        [
            .. Beside(scores.Value, band => Relationships.Of(band, scores.Potential, rules.Relationship), "a value"),
            .. Beside(scores.Potential, band => Relationships.Of(scores.Value, band, rules.Relationship), "a potential"),
        ];

        IEnumerable<string> Beside(Band band, Func<Band, Relationship> then, string what) => new[] { band + 1, band - 1 }
            .Where(other => other is >= Band.Low and <= Band.High && then(other) != found).Select(other => $"{ScoreWords.Of(then(other))} with {what} that is {ScoreWords.Of(other)}");
    }

    /// <summary>With more signs of one kind or the other.</summary>
    public ImmutableArray<string> Need()
    {
        Need Found(int orders, int coupons, int troubles) => Needs.Of(standing.Orders + orders, standing.Coupons + coupons, standing.Troubles + troubles, rules.Needs);
        return
        [
            .. First(MostSigns, n => Found(n, n, 0), Found(0, 0, 0), (need, n) => $"{ScoreWords.Of(need)} with {Count(n, "more order", "more orders")} with a coupon"),
            .. First(MostSigns, n => Found(0, 0, n), Found(0, 0, 0), (need, n) => $"{ScoreWords.Of(need)} with {Count(n, "more complaint or unhappy answer", "more complaints or unhappy answers")}"),
            .. First(MostSigns, n => Found(n, 0, 0), Found(0, 0, 0), (need, n) => $"{ScoreWords.Of(need)} with {Count(n, "more order", "more orders")} without a coupon"),
        ];
    }

    /// <summary>The customer with one more order on that day, of what their orders come to on average.</summary>
    public Standing WithOrder() => standing with
    {
        Last = Math.Max(standing.Last, day.DayNumber),
        Days = standing.Last == day.DayNumber ? standing.Days : standing.Days + 1,
        Orders = standing.Orders + 1,
        Spent = standing.Spent + MeanOrder,
    };

    /// <summary>How that order is told of.</summary>
    public string Order => $"with an order of {ScoreText.Money(MeanOrder, currency)} on that day";

    double MeanOrder => Math.Round(standing.Spent / Math.Max(1, standing.Orders), 2);

    static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    static IEnumerable<string> First<T>(int most, Func<int, T> then, T now, Func<T, int, string> said) where T : struct, Enum
    {
        for (var n = 1; n <= most; n++) if (!then(n).Equals(now)) return [said(then(n), n)];
        return [];
    }
}
