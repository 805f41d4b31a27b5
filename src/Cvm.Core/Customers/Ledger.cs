namespace Cvm;

/// <summary>A customer's points: lots, spent first in first out, and the totals they must always add up to:
/// <c>Balance == Earned - Spent - Expired - Reversed</c>.</summary>
public sealed partial record Ledger
{
    public static Ledger Empty { get; } = new();

    /// <summary>Lots with points left, in order of expiry.</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    public long Earned { get; init; }
    public long Spent { get; init; }
    public long Expired { get; init; }
    public long Reversed { get; init; }

    /// <summary>Points taken back after they were spent; the next ones earned pay it off.</summary>
    public long Owed { get; init; }

    /// <summary>Points earned by month, oldest first, for tiers over a window; at most 36 months.</summary>
    public ImmutableArray<MonthlyPoints> ByMonth { get; init; } = [];

    public string? Tier { get; init; }
    public DateTimeOffset? TierSince { get; init; }

    /// <summary>A tier given by a person or a journey holds until this day, whatever the points say.</summary>
    public DateTimeOffset? TierGrantedUntil { get; init; }

    /// <summary>The expiry day that the customer was last warned about.</summary>
    public DateOnly? WarnedFor { get; init; }

    public const int MaxLots = 64;
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

    /// <summary>With points earned; what is owed is paid off first. Lots of the same expiry day merge, so that the
    /// number of lots is bounded by the days on which points can expire.</summary>
    public Ledger Earn(long points, DateTimeOffset at, DateOnly expires, bool towardsTier = true)
    {
        if (points <= 0) return this;

        var paid = Math.Min(points, Owed);
        var left = points - paid;
        return this with
        {
            Earned = Earned + points,
            Owed = Owed - paid,
            Lots = left == 0 ? Lots : Add(new(left, expires)),
            ByMonth = towardsTier ? AddTo(Month(at), points) : ByMonth,
        };
    }

    /// <summary>With points spent, oldest expiry first; null where the balance does not cover them.</summary>
    public Ledger? Spend(long points) => points < 0 || points > Balance ? null
        : this with { Spent = Spent + points, Lots = Take(points) };

    /// <summary>With points taken back after a refund, from the lots that expire last; what is no longer there is owed.</summary>
    public Ledger Reverse(long points, DateTimeOffset earnedAt)
    {
        if (points <= 0) return this;

        var lots = Lots.ToBuilder();
        var left = points;
        for (var i = lots.Count - 1; i >= 0 && left > 0; i--)
        {
            var taken = Math.Min(lots[i].Left, left);
            left -= taken;
            lots[i] = lots[i] with { Left = lots[i].Left - taken };
        }

        lots.RemoveAll(lot => lot.Left == 0);

        return this with
        {
            Reversed = Reversed + points,
            Owed = Owed + left,
            Lots = lots.ToImmutable(),
            ByMonth = AddTo(Month(earnedAt), -points),
        };
    }

    /// <summary>Without the lots whose last day is before <paramref name="today"/>.</summary>
    public Ledger Expire(DateOnly today)
    {
        var lost = 0L;
        foreach (var lot in Lots) if (lot.Expires < today) lost += lot.Left;

        return lost == 0 ? this : this with { Expired = Expired + lost, Lots = Lots.RemoveAll(lot => lot.Expires < today) };
    }

    /// <summary>Points earned in the months that reach into the window, the month of its start included.</summary>
    public long EarnedSince(DateTimeOffset start)
    {
        var month = Month(start);
        var sum = 0L;
        foreach (var known in ByMonth) if (known.Month >= month) sum += known.Points;
        return sum;
    }

    static int Month(DateTimeOffset at) => at.UtcDateTime.Year * 12 + at.UtcDateTime.Month - 1;

    ImmutableArray<MonthlyPoints> AddTo(int month, long points)
    {
        var at = ByMonth.Length;
        while (at > 0 && ByMonth[at - 1].Month > month) at--;

        if (at > 0 && ByMonth[at - 1].Month == month) return ByMonth.SetItem(at - 1, new(month, Math.Max(0, ByMonth[at - 1].Points + points)));
        if (points < 0) return ByMonth;
        return ByMonth.Length < MaxMonths ? ByMonth.Insert(at, new(month, points))
            : at == 0 ? ByMonth
            : ByMonth.RemoveAt(0).Insert(at - 1, new(month, points));
    }

    ImmutableArray<Lot> Add(Lot lot)
    {
        var at = Lots.Length;
        while (at > 0 && Lots[at - 1].Expires > lot.Expires) at--;

        if (at > 0 && Lots[at - 1].Expires == lot.Expires) return Lots.SetItem(at - 1, lot with { Left = lot.Left + Lots[at - 1].Left });
        var lots = Lots.Insert(at, lot);

        // Full: the two that expire first join and keep the later day, so that nobody loses points early.
        return lots.Length <= MaxLots ? lots : lots.RemoveAt(0).SetItem(0, lots[1] with { Left = lots[0].Left + lots[1].Left });
    }

    ImmutableArray<Lot> Take(long missing)
    {
        var lots = ImmutableArray.CreateBuilder<Lot>(Lots.Length);

        foreach (var lot in Lots)
        {
            var taken = Math.Min(lot.Left, missing);
            missing -= taken;
            if (lot.Left > taken) lots.Add(lot with { Left = lot.Left - taken });
        }

        return lots.ToImmutable();
    }
}

/// <summary>Points that expire together, at the end of a day.</summary>
public sealed record Lot(long Left, DateOnly Expires);

/// <summary>Points earned in a calendar month (UTC).</summary>
/// <param name="Month">Year times 12 plus month from 0.</param>
public readonly record struct MonthlyPoints(int Month, long Points);
