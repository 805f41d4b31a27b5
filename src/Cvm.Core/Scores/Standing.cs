namespace Cvm;

/// <summary>All that scoring has to know of one customer: small enough to be read of everybody every night. Who has not ordered has none.</summary>
public readonly record struct Standing
{
    public required string Customer { get; init; }

    /// <summary>Days of the first and last order, as <see cref="DateOnly.DayNumber"/>, where the customer lives; UTC where that is not known.</summary>
    public int First { get; init; }
    public int Last { get; init; }

    /// <summary>Different days with an order.</summary>
    public int Days { get; init; }

    public int Orders { get; init; }

    /// <summary>Orders with a coupon.</summary>
    public int Coupons { get; init; }

    /// <summary>Complaints and unhappy answers.</summary>
    public int Troubles { get; init; }

    public int Cases { get; init; }
    public int Tasks { get; init; }
    public int Emails { get; init; }
    public int SmsSegments { get; init; }

    /// <summary>Points spent.</summary>
    public long Points { get; init; }

    public double Spent { get; init; }

    /// <summary>Spent on the day of the first order.</summary>
    public double FirstSpent { get; init; }

    public double Refunded { get; init; }
    public double Discounts { get; init; }

    /// <summary>The <see cref="Scores.Mark"/> of the last scores; empty before the first.</summary>
    public required string Mark { get; init; }

    /// <summary>Spent less refunded.</summary>
    public double Net => Spent - Refunded;

    /// <summary>The standing of a dossier; null without an order.</summary>
    public static Standing? Of(Dossier dossier)
    {
        var purchases = dossier.Purchases;
        if (purchases.First is not { } first || purchases.Last is not { } last) return null;

        var home = dossier.Profile.Zone ?? "UTC";
        return new()
        {
            Customer = dossier.Customer,
            First = LocalTimes.Day(home, first).DayNumber,
            Last = LocalTimes.Day(home, last).DayNumber,
            Days = purchases.Days,
            Orders = purchases.Orders,
            Coupons = purchases.WithCoupon,
            Troubles = dossier.Satisfaction.Complaints + dossier.Satisfaction.Unhappy,
            Cases = dossier.Effort.Cases,
            Tasks = dossier.Effort.Tasks,
            Emails = dossier.Effort.Emails,
            SmsSegments = dossier.Effort.SmsSegments,
            Points = dossier.Ledger.Spent,
            Spent = (double)purchases.Spent,
            FirstSpent = (double)purchases.FirstSpent,
            Refunded = (double)purchases.Refunded,
            Discounts = (double)purchases.Discounts,
            Mark = dossier.Scores.AsOf is null ? "" : dossier.Scores.Mark,
        };
    }

    /// <summary>Whether the two may differ in standing. Cheap; what it lets pass may still be equal.</summary>
    public static bool MayDiffer(Dossier before, Dossier after) =>
        !ReferenceEquals(before.Purchases, after.Purchases) || !ReferenceEquals(before.Satisfaction, after.Satisfaction) || !ReferenceEquals(before.Effort, after.Effort)
        || !ReferenceEquals(before.Scores, after.Scores) || before.Ledger.Spent != after.Ledger.Spent || before.Profile.Zone != after.Profile.Zone;

    /// <summary>What the models of lifetime value read.</summary>
    public Past Past(int today) => new(Math.Max(0, Days - 1), Math.Max(0, Last - First), Math.Max(0, Math.Max(today, Last) - First), Math.Max(0, Spent - FirstSpent - Refunded));

    /// <summary>What contribution is reckoned from.</summary>
    public Dealings Dealings => new()
    {
        Spent = (decimal)Spent,
        Refunded = (decimal)Refunded,
        Discounts = (decimal)Discounts,
        Points = Points,
        Cases = Cases,
        Tasks = Tasks,
        Emails = Emails,
        SmsSegments = SmsSegments,
    };
}
