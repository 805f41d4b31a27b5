namespace Cvm;

/// <summary>What things cost the shop, in its currency.</summary>
public sealed record CostRules
{
    /// <summary>Share of the undiscounted price that is left after the goods are paid.</summary>
    public decimal Margin { get; init; } = 0.40m;

    /// <summary>One point of loyalty.</summary>
    public decimal Point { get; init; } = 0.01m;

    /// <summary>One case of complaint.</summary>
    public decimal Case { get; init; } = 8;

    /// <summary>One task of the team.</summary>
    public decimal Task { get; init; } = 4;

    public decimal Email { get; init; } = 0.001m;

    /// <summary>One segment of an SMS.</summary>
    public decimal Sms { get; init; } = 0.07m;
}

/// <summary>What a customer brought and took. Money and counts are never below 0.</summary>
public readonly record struct Dealings
{
    /// <summary>Paid for orders, before refunds.</summary>
    public decimal Spent { get; init; }

    public decimal Refunded { get; init; }

    /// <summary>Taken off the price by coupons.</summary>
    public decimal Discounts { get; init; }

    public long Points { get; init; }
    public int Cases { get; init; }
    public int Tasks { get; init; }
    public int Emails { get; init; }
    public int SmsSegments { get; init; }
}

/// <summary>What a customer contributed: margin less discounts, points, service and messages. Each part is a positive number; the total may be negative.</summary>
public readonly record struct Contribution(decimal Margin, decimal Discounts, decimal Points, decimal Service, decimal Messages)
{
    public decimal Total => Margin - Discounts - Points - Service - Messages;

    /// <summary>The margin is reckoned on the undiscounted price of what was kept, because the goods cost the same with a coupon or without.</summary>
    public static Contribution Of(in Dealings dealings, CostRules costs) => new(
        (dealings.Spent + dealings.Discounts - dealings.Refunded) * costs.Margin,
        dealings.Discounts,
        dealings.Points * costs.Point,
        dealings.Cases * costs.Case + dealings.Tasks * costs.Task,
        dealings.Emails * costs.Email + dealings.SmsSegments * costs.Sms);

    /// <summary>The sum as people check it.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Margin:0.00} margin - {Discounts:0.00} discounts - {Points:0.00} points - {Service:0.00} service - {Messages:0.00} messages = {Total:0.00}");
}
