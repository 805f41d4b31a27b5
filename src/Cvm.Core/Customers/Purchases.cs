namespace Cvm;

/// <summary>What was bought, kept as running statistics so that no score ever reads the orders again.</summary>
public sealed record Purchases
{
    public static Purchases None { get; } = new();

    public int Orders { get; init; }

    /// <summary>Different days with an order, local to the customer. Exact while orders come in order of time; a late order
    /// on a day other than those of <see cref="Recent"/> counts as a day of its own.</summary>
    public int Days { get; init; }

    public DateTimeOffset? First { get; init; }
    public DateTimeOffset? Last { get; init; }

    /// <summary>Sum of orders before refunds.</summary>
    public decimal Spent { get; init; }

    /// <summary>The part of <see cref="Spent"/> that was spent on the day of the first order.</summary>
    public decimal FirstSpent { get; init; }

    /// <summary>Orders with a coupon of this customer, and what those took off the price.</summary>
    public int WithCoupon { get; init; }
    public decimal Discounts { get; init; }

    public int Refunds { get; init; }
    public decimal Refunded { get; init; }

    /// <summary>The newest orders, oldest first, so that refunds find theirs; at most <see cref="MaxRecent"/>.</summary>
    public ImmutableArray<RecentOrder> Recent { get; init; } = [];

    public const int MaxRecent = 12;

    /// <summary>The days a customer without history is taken to have between orders.</summary>
    public const double PriorRhythmDays = 45;

    public decimal Net => Spent - Refunded;

    /// <summary>The customer's own days between orders: the mean of the gaps, drawn towards <see cref="PriorRhythmDays"/>
    /// as if that gap had been seen once. NaN before the first order.</summary>
    public double RhythmDays => First is not { } first || Last is not { } last ? double.NaN
        : ((last - first).TotalDays + PriorRhythmDays) / Days;

    /// <summary>Days since the last order; NaN before the first.</summary>
    public double SilenceDays(DateTimeOffset now) => Last is { } last ? Math.Max(0, (now - last).TotalDays) : double.NaN;

    /// <summary>With one more order. The same order id twice is the caller's to prevent.</summary>
    public Purchases With(RecentOrder order, string zone)
    {
        var known = Last is { } newest && LocalTimes.SameDay(zone, newest, order.At)
            || First is { } oldest && LocalTimes.SameDay(zone, oldest, order.At)
            || (Last > order.At && Recent.Any(recent => LocalTimes.SameDay(zone, recent.At, order.At)));

        return this with
        {
            Orders = Orders + 1,
            Days = known ? Days : Days + 1,
            First = First < order.At ? First : order.At,
            Last = Last > order.At ? Last : order.At,
            Spent = Spent + order.Amount,
            FirstSpent = First is not { } began || (order.At < began && !LocalTimes.SameDay(zone, began, order.At)) ? order.Amount
                : LocalTimes.SameDay(zone, began, order.At) ? FirstSpent + order.Amount
                : FirstSpent,
            Recent = Insert(order),
        };
    }

    /// <summary>With a refund against an order, as far as that order is still at hand.</summary>
    public Purchases WithRefund(string order, decimal amount)
    {
        var at = Find(order);
        return this with
        {
            Refunds = Refunds + 1,
            Refunded = Refunded + amount,
            Recent = at < 0 ? Recent : Recent.SetItem(at, Recent[at] with { Refunded = Recent[at].Refunded + amount }),
        };
    }

    /// <summary>The order, where it is among the recent ones.</summary>
    public RecentOrder? Order(string id) => Find(id) is >= 0 and var at ? Recent[at] : null;

    int Find(string id)
    {
        for (var i = Recent.Length - 1; i >= 0; i--) if (Recent[i].Id == id) return i;
        return -1;
    }

    ImmutableArray<RecentOrder> Insert(RecentOrder order)
    {
        var at = Recent.Length;
        while (at > 0 && Recent[at - 1].At > order.At) at--;
        if (Recent.Length < MaxRecent) return Recent.Insert(at, order);
        return at == 0 ? Recent : [.. Recent.AsSpan()[1..at], order, .. Recent.AsSpan()[at..]];
    }
}

/// <summary>One order as the dossier remembers it.</summary>
/// <param name="Points">Points it earned.</param>
/// <param name="Reckoned">What they were rounded down from, so that a refund takes back exactly its share.</param>
public sealed record RecentOrder(string Id, DateTimeOffset At, decimal Amount, decimal Refunded = 0, long Points = 0, decimal Reckoned = 0);
