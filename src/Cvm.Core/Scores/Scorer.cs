using System.Globalization;
using System.Runtime.InteropServices;

namespace Cvm;

/// <summary>What one night's scores are worked out with: fitted to everybody, the same for all of them.</summary>
/// <param name="AsOf">The day scores speak of, and whose quintiles these are.</param>
/// <param name="Fitted">The day of the fit.</param>
/// <param name="Customers">How many it was fitted to.</param>
public sealed record ScoreModel(DateOnly AsOf, DateOnly Fitted, Fit<RepeatModel> Buying, Fit<GammaGamma> Spending, RfmCuts Cuts, int Customers)
{
    const int DaysOfService = 7;
    const double MostGrowth = 1.1;

    /// <summary>Lifetime value is told in weeks, as in the papers it comes from.</summary>
    public const double DaysPerUnit = 7;

    /// <summary>The kind of model and the day of the fit, such as <c>bg-nbd 2027-03-01</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Buying.Model.Name} {Fitted:yyyy-MM-dd}");

    /// <summary>Whether it may score a day as well: within a week of its fit, unless the shop has grown by more than a tenth since.</summary>
    public bool Serves(DateOnly day, int customers, string buying) =>
        day >= Fitted && day.DayNumber - Fitted.DayNumber < DaysOfService && customers <= Customers * MostGrowth && customers >= Customers / MostGrowth && Buying.Model.Name == buying;
}

/// <summary>What the model is fitted to: six numbers of each customer, 32 bytes, in flat lists; and a sample of them whole.</summary>
public sealed class ScoreCrowd
{
    readonly List<int> last = [], days = [], span = [], first = [];
    readonly List<double> net = [], repeatSpent = [];
    readonly List<Standing> sample = [];
    readonly Lots lots = new(seed: 4);
    double spent, orders;

    public int Customers => last.Count;

    public void Add(in Standing standing)
    {
        last.Add(standing.Last);
        days.Add(standing.Days);
        span.Add(Math.Max(0, standing.Last - standing.First));
        first.Add(standing.First);
        net.Add(standing.Net);
        repeatSpent.Add(Math.Max(0, standing.Spent - standing.FirstSpent - standing.Refunded));
        (spent, orders) = (spent + Math.Max(0, standing.Spent), orders + standing.Orders);
        Sample(standing);
    }

    /// <summary>What sets these customers apart, from a sample of them.</summary>
    public CrowdPortrait Portrait(DateOnly asOf, ScoreRules rules) => CrowdPortrait.Of(sample, asOf, rules);

    // Each customer with the same chance, however many there will be (Vitter 1985, algorithm R).
    void Sample(in Standing standing)
    {
        if (sample.Count < CrowdPortrait.MostSampled) sample.Add(standing);
        else if ((int)(lots.Next() * Customers) is var place && place < sample.Count) sample[place] = standing;
    }

    /// <summary>The model of another day, with today's quintiles.</summary>
    public ScoreModel With(ScoreModel fitted, DateOnly asOf) => fitted with { AsOf = asOf, Cuts = Cuts() };

    RfmCuts Cuts() => RfmCuts.Of(CollectionsMarshal.AsSpan(last), CollectionsMarshal.AsSpan(days), CollectionsMarshal.AsSpan(net));

    /// <summary>Fits a model of repeat buying (see <see cref="Fitting.Models"/>), Gamma-Gamma and the quintiles. With few customers the fits lean on their priors, and say how far.</summary>
    public ScoreModel Fit(DateOnly asOf, string buying)
    {
        var (repeats, ages) = (new int[Customers], new int[Customers]);
        for (var i = 0; i < Customers; i++)
        {
            repeats[i] = Math.Max(0, days[i] - 1);
            ages[i] = Math.Max(0, Math.Max(asOf.DayNumber, last[i]) - first[i]);
        }

        return new(
            asOf,
            asOf,
            Fitting.Repeats(buying, Histories.Of(repeats, CollectionsMarshal.AsSpan(span), ages, ScoreModel.DaysPerUnit)),
            Fitting.GammaGamma(new Spendings(repeats, CollectionsMarshal.AsSpan(repeatSpent)), orders == 0 ? 0 : spent / orders),
            Cuts(),
            Customers);
    }
}

/// <summary>Scores customers with a fitted model and the playbook's rules. Same standing, same scores.</summary>
public sealed class Scorer
{
    readonly ScoreModel model;
    readonly ScoreRules rules;
    readonly (decimal Middle, decimal High) valueFrom;
    readonly LifetimeValue worth;

    public Scorer(ScoreModel model, Playbook playbook)
    {
        (this.model, rules, valueFrom) = (model, playbook.Scores, playbook.Policies.ValueFrom);
        worth = new(model.Buying, model.Spending, ScoreModel.DaysPerUnit) { Margin = (double)rules.Costs.Margin };
    }

    /// <summary>Scores of those for whom something has moved, with their place in the list; see <see cref="Scores.Mark"/>.</summary>
    /// <param name="into">Takes in all of them, moved or not, as the list is gone through; null for nothing.</param>
    /// <param name="rows">Kept by whoever rehearses many days with the same model; null for one real day. Without intervals, which no condition asks for.</param>
    public IEnumerable<(int Place, Scores Scores)> Moved(IReadOnlyList<Standing> standings, ScoreSummary? into = null, OutlookRows? rows = null)
    {
        var pasts = new Past[standings.Count];
        var (repeats, spans, ages) = (new int[pasts.Length], new int[pasts.Length], new int[pasts.Length]);
        for (var i = 0; i < pasts.Length; i++)
        {
            pasts[i] = standings[i].Past(model.AsOf.DayNumber);
            (repeats[i], spans[i], ages[i]) = (pasts[i].Repeats, pasts[i].LastDays, pasts[i].AgeDays);
        }

        var forecast = rows is null ? Forecast.Of(model.Buying.Model, repeats, spans, ages, ScoreModel.DaysPerUnit, worth.YearlyDiscount, 90, 365)
            : Forecast.Of(model.Buying.Model, repeats, spans, ages, ScoreModel.DaysPerUnit, worth.YearlyDiscount, rows, 90, 365);
        for (var i = 0; i < pasts.Length; i++)
        {
            var scores = Rough(standings[i], pasts[i], forecast, i);
            into?.Add(model.Cuts.Of(standings[i].Last, standings[i].Days, standings[i].Net), standings[i].Net, scores);
            if (scores.Mark != standings[i].Mark) yield return (i, Whole(scores, standings[i], pasts[i], forecast, i, intervals: rows is null));
        }
    }

    /// <summary>The scores of one customer.</summary>
    public Scores Of(in Standing standing)
    {
        var past = standing.Past(model.AsOf.DayNumber);
        var forecast = Forecast.Of(model.Buying.Model, [past.Repeats], [past.LastDays], [past.AgeDays], ScoreModel.DaysPerUnit, worth.YearlyDiscount, 90, 365);
        return Whole(Rough(standing, past, forecast, 0), standing, past, forecast, 0);
    }

    // All that the mark tells of.
    Scores Rough(in Standing standing, Past past, Forecast forecast, int i)
    {
        var value365 = worth.Margin * worth.PerOrder(past) * forecast.Discounted[1][i];
        var value = ValueBands.Of((decimal)standing.Net, Scores.ValueOf(standing.Mark), valueFrom, rules.ValueSlack);
        var potential = Potentials.Of(forecast.Alive[i], value365, rules.Potential);
        var rfm = model.Cuts.Of(standing.Last, standing.Days, standing.Net);

        return new()
        {
            AsOf = model.AsOf,
            Model = model.Name,
            Rfm = rfm.ToString(),
            Segment = rules.Segments.Of(rfm).Name,
            Stage = Stages.Of(standing.Days, past.AgeDays, model.AsOf.DayNumber - standing.Last, rules.Stages),
            Alive = Math.Round(forecast.Alive[i], 4),
            Value365 = Math.Round(value365, 2),
            Value = value,
            Potential = potential,
            Relationship = Relationships.Of(value, potential, rules.Relationship),
            Need = Needs.Of(standing.Orders, standing.Coupons, standing.Troubles, rules.Needs),
        };
    }

    // What is costly, or follows from the rest.
    Scores Whole(Scores rough, in Standing standing, Past past, Forecast forecast, int i, bool intervals = true)
    {
        var (low, high) = (rough.Value365, rough.Value365);
        if (intervals)
        {
            var year = worth.Over(365, past, forecast.Alive[i], forecast.Orders[1][i], forecast.Discounted[1][i]);
            (low, high) = (year.Low, year.High);
        }

        return rough with
        {
            Orders90 = Math.Round(forecast.Orders[0][i], 3),
            Orders365 = Math.Round(forecast.Orders[1][i], 3),
            Value90 = Math.Round(worth.Margin * worth.PerOrder(past) * forecast.Discounted[0][i], 2),
            Low365 = Math.Round(low, 2),
            High365 = Math.Round(high, 2),
            Grade = worth.Evidence(past).Grade.ToString(),
            Contribution = Math.Round(Contribution.Of(standing.Dealings, rules.Costs).Total, 2),
        };
    }
}
