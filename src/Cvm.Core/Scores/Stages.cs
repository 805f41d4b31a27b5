namespace Cvm;

/// <summary>Where a customer stands in the course of the relationship.</summary>
public enum Stage { Prospect, New, Repeat, Mature, Loyal, AtRisk, Lapsed }

/// <summary>When a customer passes from one stage to the next.</summary>
public sealed record StageRules
{
    /// <summary>Order days from which a customer is mature.</summary>
    public int MatureFrom { get; init; } = 4;

    /// <summary>Order days from which a customer is loyal, if a customer for long enough, too.</summary>
    public int LoyalFrom { get; init; } = 8;

    /// <summary>Days since the first order from which a customer may be loyal.</summary>
    public int LoyalAfterDays { get; init; } = 365;

    /// <summary>Silent for longer than so many times the customer's own rhythm: at risk.</summary>
    public double AtRiskAfter { get; init; } = 2;

    /// <summary>Silent for longer than so many times the customer's own rhythm: lapsed.</summary>
    public double LapsedAfter { get; init; } = 6;
}

/// <summary>The lifecycle stage, from the customer's own rhythm.</summary>
public static class Stages
{
    /// <summary>The stage after <paramref name="days"/> different days with an order. Silence counts first: who is silent for long is at risk
    /// or lapsed, however many orders there were.</summary>
    /// <param name="age">Days since the first order.</param>
    /// <param name="silence">Days since the last order; below 0 counts as 0.</param>
    public static Stage Of(int days, double age, double silence, StageRules rules)
    {
        if (days <= 0) return Stage.Prospect;

        var rhythm = Rhythm(days, age - silence);
        if (silence > rules.LapsedAfter * rhythm) return Stage.Lapsed;
        if (silence > rules.AtRiskAfter * rhythm) return Stage.AtRisk;
        if (days >= rules.LoyalFrom && age >= rules.LoyalAfterDays) return Stage.Loyal;
        return days >= rules.MatureFrom ? Stage.Mature : days > 1 ? Stage.Repeat : Stage.New;
    }

    /// <summary>As <see cref="Purchases.RhythmDays"/>: the mean of the gaps, drawn towards the prior as if that gap had been seen once.</summary>
    /// <param name="span">Days from the first order to the last.</param>
    public static double Rhythm(int days, double span) => (Math.Max(0, span) + Purchases.PriorRhythmDays) / Math.Max(1, days);
}
