namespace Cvm;

/// <summary>How much a customer is worth; also how much could still come.</summary>
public enum Band { Low, Middle, High }

/// <summary>The value band, with hysteresis: a customer near a bound does not go up and down with every order and refund.</summary>
public static class ValueBands
{
    /// <summary>The band of a customer worth so much. Up from the bound itself; down only below it by more than the slack.</summary>
    /// <param name="before">The band so far; null for the first time.</param>
    /// <param name="from">As <see cref="Policies.ValueFrom"/>.</param>
    /// <param name="slack">Share of the bound, from 0 to 1.</param>
    public static Band Of(decimal worth, Band? before, (decimal Middle, decimal High) from, double slack)
    {
        var kept = 1 - (decimal)slack;
        var high = before >= Band.High ? from.High * kept : from.High;
        var middle = before >= Band.Middle ? from.Middle * kept : from.Middle;
        return worth >= high ? Band.High : worth >= middle ? Band.Middle : Band.Low;
    }
}

/// <summary>When a customer's potential is middle, and high.</summary>
public sealed record PotentialRules
{
    /// <summary>Margin to be expected within a year.</summary>
    public double MiddleFrom { get; init; } = 25;

    public double HighFrom { get; init; } = 100;

    /// <summary>Below this chance of still being a customer the potential is low whatever was bought.</summary>
    public double LeastAlive { get; init; } = 0.2;
}

/// <summary>What could still come from a customer, by the lifetime models.</summary>
public static class Potentials
{
    /// <summary>The potential. What is unknown (NaN) counts as nothing to be expected.</summary>
    /// <param name="alive">Chance of still being a customer.</param>
    /// <param name="expected">Margin to be expected within a year.</param>
    public static Band Of(double alive, double expected, PotentialRules rules) =>
        !(alive >= rules.LeastAlive) ? Band.Low
        : expected >= rules.HighFrom ? Band.High
        : expected >= rules.MiddleFrom ? Band.Middle
        : Band.Low;
}

/// <summary>How closely a customer is looked after: personally, with care, or by the journeys alone.</summary>
public enum Relationship { General, Core, Strategic }

/// <summary>From how many points of value and potential (each low 0, middle 1, high 2) a relationship is core, and strategic.</summary>
public sealed record RelationshipRules(int CoreFrom = 2, int StrategicFrom = 4);

/// <summary>The relationship tier: what a customer is worth and what could still come, side by side (as in the key account matrix of McDonald and Woodburn,
/// Key Account Management, 2011).</summary>
public static class Relationships
{
    public static Relationship Of(Band value, Band potential, RelationshipRules rules)
    {
        var points = (int)value + (int)potential;
        return points >= rules.StrategicFrom ? Relationship.Strategic : points >= rules.CoreFrom ? Relationship.Core : Relationship.General;
    }
}

/// <summary>What a customer cares for most.</summary>
public enum Need { Product, Service, Price }

/// <summary>From what shares a customer counts as one who looks at prices, or at service.</summary>
public sealed record NeedRules
{
    /// <summary>Orders with a coupon, as a share of all.</summary>
    public double PriceFrom { get; init; } = 0.5;

    /// <summary>Complaints and unhappy answers, for each order.</summary>
    public double ServiceFrom { get; init; } = 0.25;

    /// <summary>Signs that are needed before a customer is taken to care for price or service.</summary>
    public int LeastSigns { get; init; } = 2;
}

/// <summary>The need type, from what a customer did.</summary>
public static class Needs
{
    /// <summary>Product, unless the signs for price or service are many enough; where both are, the one further above its bound, service where they are even.</summary>
    /// <param name="withCoupon">Orders with a coupon.</param>
    /// <param name="troubles">Complaints and unhappy answers.</param>
    public static Need Of(int orders, int withCoupon, int troubles, NeedRules rules)
    {
        var of = Math.Max(1, orders);
        var price = withCoupon >= rules.LeastSigns ? (double)withCoupon / of / rules.PriceFrom : 0;
        var service = troubles >= rules.LeastSigns ? (double)troubles / of / rules.ServiceFrom : 0;
        return service >= 1 && service >= price ? Need.Service : price >= 1 ? Need.Price : Need.Product;
    }
}
