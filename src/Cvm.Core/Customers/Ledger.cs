namespace Cvm;

/// <summary>A customer's points: lots, spent first in first out, and the totals they must always add up to:
/// <c>Earned + Adjusted == Spent + Expired + Reversed + Available + Pending + Reserved - Owed</c>.</summary>
public sealed partial record Ledger
{
    public static Ledger Empty { get; } = new();

    /// <summary>Lots with points left that can be spent, in order of expiry.</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    /// <summary>Points of orders that may still be returned, in order of the day they become available; at most <see cref="MaxPending"/>.</summary>
    public ImmutableArray<PendingLot> Pending { get; init; } = [];

    /// <summary>What checkouts have reserved, spent, given back or been refused, oldest first; at most <see cref="MaxRedemptions"/>.</summary>
    public ImmutableArray<Redemption> Redemptions { get; init; } = [];

    /// <summary>When checkouts last named codes that the customer does not have, oldest first; at most <see cref="MaxWrongCodes"/>.</summary>
    public ImmutableArray<DateTimeOffset> WrongCodes { get; init; } = [];

    /// <summary>Points from orders and presents, pending ones included.</summary>
    public long Earned { get; init; }

    public long Spent { get; init; }
    public long Expired { get; init; }
    public long Reversed { get; init; }

    /// <summary>Points that people of the team added, less those they took off.</summary>
    public long Adjusted { get; init; }

    /// <summary>Points taken back after they were spent; the next ones earned pay it off.</summary>
    public long Owed { get; init; }

    /// <summary>What orders brought by month, oldest first, for tiers over a window; at most 36 months.</summary>
    public ImmutableArray<Monthly> ByMonth { get; init; } = [];

    public string? Tier { get; init; }
    public DateTimeOffset? TierSince { get; init; }

    /// <summary>A tier given by a person or a journey holds until this day, whatever the points say.</summary>
    public DateTimeOffset? TierGrantedUntil { get; init; }

    /// <summary>The tier is no longer reached, and is lost on this day unless it is reached again.</summary>
    public DateOnly? TierFallsOn { get; init; }

    /// <summary>The expiry day that the customer was last warned about.</summary>
    public DateOnly? WarnedFor { get; init; }

    public const int MaxLots = 64;
    public const int MaxPending = 64;
    public const int MaxRedemptions = 32;

    /// <summary>So many wrong codes within an hour, and no code is looked at until the hour is over.</summary>
    public const int MaxWrongCodes = 10;

    static readonly TimeSpan WrongCodesFor = TimeSpan.FromHours(1);
    const int MaxMonths = 36;

    /// <summary>Points that can be spent, less what is owed.</summary>
    public long Balance
    {
        get
        {
            var sum = -Owed;
            foreach (var lot in Lots) sum += lot.Left;
            return sum;
        }
    }

    /// <summary>Points that become available once their orders can no longer be returned.</summary>
    public long Coming
    {
        get
        {
            var sum = 0L;
            foreach (var lot in Pending) sum += lot.Points;
            return sum;
        }
    }

    /// <summary>Points that checkouts have reserved and neither spent nor given back.</summary>
    public long Reserved
    {
        get
        {
            var sum = 0L;
            foreach (var redemption in Redemptions) if (redemption.State == RedemptionState.Reserved) sum += redemption.Points;
            return sum;
        }
    }

    /// <summary>Whether the customer has ever had points or a tier.</summary>
    public bool IsUsed => Earned != 0 || Adjusted != 0 || Tier is not null;

    /// <summary>Whether the totals add up to what the lots say.</summary>
    public bool Balances => Earned + Adjusted == Spent + Expired + Reversed + Balance + Coming + Reserved;

    /// <summary>With points that can be spent at once; what is owed is paid off first. Lots of the same expiry day merge, so that the
    /// number of lots is bounded by the days on which points can expire.</summary>
    public Ledger Earn(long points, DateOnly expires) => points <= 0 ? this : (this with { Earned = Earned + points }).Put(points, expires);

    /// <summary>With points of an order that may still be returned.</summary>
    public Ledger Await(PendingLot lot)
    {
        var at = Pending.Length;
        while (at > 0 && Pending[at - 1].From > lot.From) at--;
        var pending = Pending.Insert(at, lot);

        // Full: the two that come first wait for the later day together, and it is no longer known which order they are of.
        if (pending.Length > MaxPending) pending = pending.RemoveAt(0).SetItem(0, pending[0].With(pending[1]));
        return this with { Earned = Earned + lot.Points, Pending = pending };
    }

    /// <summary>With what was pending until <paramref name="today"/> or before made available, and counted towards tiers.</summary>
    public Ledger Mature(DateOnly today)
    {
        var ledger = this;
        while (ledger.Pending is [var lot, ..] && lot.From <= today)
        {
            ledger = (ledger with { Pending = ledger.Pending.RemoveAt(0) }).Put(lot.Points, lot.Expires).Count(lot.At, lot.Points, lot.Spend);
        }

        return ledger;
    }

    /// <summary>With what an order brought counted towards tiers; negative figures for what went back.</summary>
    public Ledger Count(DateTimeOffset at, long points, decimal spend) => points == 0 && spend == 0 ? this : this with { ByMonth = AddTo(Month(at), points, spend) };

    /// <summary>With points spent, oldest expiry first; null where the balance does not cover them.</summary>
    public Ledger? Spend(long points) => points < 0 || points > Balance ? null
        : this with { Spent = Spent + points, Lots = Take(Lots, points).Left };

    /// <summary>Without the lots whose last day is before <paramref name="today"/>.</summary>
    public Ledger Expire(DateOnly today)
    {
        var lost = 0L;
        foreach (var lot in Lots) if (lot.Expires < today) lost += lot.Left;

        return lost == 0 ? this : this with { Expired = Expired + lost, Lots = Lots.RemoveAll(lot => lot.Expires < today) };
    }

    /// <summary>With points that a person of the team adds, or takes off; null where more would be taken than there is.</summary>
    public Ledger? Adjust(long points, DateOnly expires) =>
        points >= 0 ? (this with { Adjusted = Adjusted + points }).Put(points, expires)
        : -points > Balance ? null
        : this with { Adjusted = Adjusted + points, Lots = Take(Lots, -points).Left };

    /// <summary>What orders brought in the months that reach into the window, the month of its start included.</summary>
    public (long Points, decimal Spend) Since(DateTimeOffset start)
    {
        var month = Month(start);
        var (points, spend) = (0L, 0m);
        foreach (var known in ByMonth)
        {
            if (known.Month < month) continue;
            points += known.Points;
            spend += known.Spend;
        }

        return (points, spend);
    }

    static int Month(DateTimeOffset at) => at.UtcDateTime.Year * 12 + at.UtcDateTime.Month - 1;

    ImmutableArray<Monthly> AddTo(int month, long points, decimal spend)
    {
        var at = ByMonth.Length;
        while (at > 0 && ByMonth[at - 1].Month > month) at--;

        if (at > 0 && ByMonth[at - 1].Month == month)
            return ByMonth.SetItem(at - 1, new(month, Math.Max(0, ByMonth[at - 1].Points + points), Math.Max(0, ByMonth[at - 1].Spend + spend)));
        if (points < 0 || spend < 0) return ByMonth;
        return ByMonth.Length < MaxMonths ? ByMonth.Insert(at, new(month, points, spend))
            : at == 0 ? ByMonth
            : ByMonth.RemoveAt(0).Insert(at - 1, new(month, points, spend));
    }
}

/// <summary>Points that expire together, at the end of a day.</summary>
public sealed record Lot(long Left, DateOnly Expires);

/// <summary>Points of an order that may still be returned.</summary>
/// <param name="Order">Empty where it stands for several.</param>
/// <param name="Spend">What the order counts towards tiers by spend.</param>
/// <param name="From">The first day on which they can be spent.</param>
public sealed record PendingLot(string Order, long Points, decimal Spend, DateTimeOffset At, DateOnly From, DateOnly Expires)
{
    internal PendingLot With(PendingLot later) => new(
        "", Points + later.Points, Spend + later.Spend, later.At, From > later.From ? From : later.From, Expires > later.Expires ? Expires : later.Expires);
}

/// <summary>What orders of a calendar month (UTC) brought.</summary>
/// <param name="Month">Year times 12 plus month from 0.</param>
public readonly record struct Monthly(int Month, long Points, decimal Spend = 0);
