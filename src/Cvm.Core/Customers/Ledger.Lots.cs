namespace Cvm;

/// <summary>How lots are filled and emptied.</summary>
public sealed partial record Ledger
{
    // What is owed is paid off first.
    Ledger Put(long points, DateOnly expires)
    {
        var paid = Math.Min(points, Owed);
        return this with { Owed = Owed - paid, Lots = points == paid ? Lots : Add(Lots, new(points - paid, expires)) };
    }

    static ImmutableArray<Lot> Add(ImmutableArray<Lot> lots, Lot lot)
    {
        var at = lots.Length;
        while (at > 0 && lots[at - 1].Expires > lot.Expires) at--;

        if (at > 0 && lots[at - 1].Expires == lot.Expires) return lots.SetItem(at - 1, lot with { Left = lot.Left + lots[at - 1].Left });
        lots = lots.Insert(at, lot);

        // Full: the two that expire first join and keep the later day, so that nobody loses points early.
        return lots.Length <= MaxLots ? lots : lots.RemoveAt(0).SetItem(0, lots[1] with { Left = lots[0].Left + lots[1].Left });
    }

    // First in, first out. What was taken keeps its days, so that it can be put back as it was.
    static (ImmutableArray<Lot> Left, ImmutableArray<Lot> Taken) Take(ImmutableArray<Lot> from, long missing)
    {
        var left = ImmutableArray.CreateBuilder<Lot>(from.Length);
        var taken = ImmutableArray.CreateBuilder<Lot>();

        foreach (var lot in from)
        {
            var part = Math.Min(lot.Left, missing);
            missing -= part;
            if (part > 0) taken.Add(new(part, lot.Expires));
            if (lot.Left > part) left.Add(lot with { Left = lot.Left - part });
        }

        return (left.ToImmutable(), taken.ToImmutable());
    }

    /// <summary>With points of an order taken back: from what is pending of it, then from lots that expire on the day its points do, then from those that
    /// expire last. What is no longer there is owed, or forgiven.</summary>
    /// <param name="spend">Money that went back.</param>
    /// <param name="owes">Whether spent points are owed; else only what is there is taken.</param>
    public Ledger Reverse(string order, long points, decimal spend, DateTimeOffset earnedAt, DateOnly expires, bool owes = true)
    {
        if (points <= 0 && spend <= 0) return this;

        var at = FindPending(order, earnedAt);
        if (at < 0) return Withdraw(points, expires, owes).Count(earnedAt, -points, -spend);

        var lot = Pending[at];
        var taken = Math.Min(lot.Points, points);
        var rest = lot with { Points = lot.Points - taken, Spend = Math.Max(0, lot.Spend - spend) };
        var ledger = this with { Reversed = Reversed + taken, Pending = rest is { Points: 0, Spend: 0 } ? Pending.RemoveAt(at) : Pending.SetItem(at, rest) };
        return ledger.Withdraw(points - taken, expires, owes);
    }

    // Its own lot; else one that stands for several, which it may be among.
    int FindPending(string order, DateTimeOffset at)
    {
        var several = -1;
        for (var i = 0; i < Pending.Length; i++)
        {
            if (Pending[i].Order == order) return i;
            if (Pending[i].Order == "" && at <= Pending[i].At && several < 0) several = i;
        }

        return several;
    }

    Ledger Withdraw(long points, DateOnly expires, bool owes)
    {
        if (points <= 0) return this;

        var lots = Lots.ToBuilder();
        var left = points;
        for (var i = 0; i < lots.Count && left > 0; i++) if (lots[i].Expires == expires) TakeFrom(i);
        for (var i = lots.Count - 1; i >= 0 && left > 0; i--) TakeFrom(i);
        lots.RemoveAll(lot => lot.Left == 0);

        return this with { Reversed = Reversed + (owes ? points : points - left), Owed = Owed + (owes ? left : 0), Lots = lots.ToImmutable() };

        void TakeFrom(int i)
        {
            var taken = Math.Min(lots[i].Left, left);
            left -= taken;
            lots[i] = lots[i] with { Left = lots[i].Left - taken };
        }
    }

    /// <summary>The points of two customers who are one person, as if they had been one ledger from the start.</summary>
    /// <param name="renamed">What a redemption of the other is called where both have one of its id; left out where ids cannot meet.</param>
    public Ledger Join(Ledger other, Func<string, string>? renamed = null)
    {
        var joined = this with
        {
            Earned = Earned + other.Earned,
            Spent = Spent + other.Spent,
            Expired = Expired + other.Expired,
            Reversed = Reversed + other.Reversed,
            Adjusted = Adjusted + other.Adjusted,
            Owed = Owed + other.Owed,
            Redemptions = Room(Redemptions.AddRange(other.Redemptions.Select(theirs => renamed is null || Redemption(theirs.Id) is null ? theirs : theirs with { Id = renamed(theirs.Id) }))),
            TierFallsOn = null,
            WarnedFor = WarnedFor < other.WarnedFor ? WarnedFor : other.WarnedFor ?? WarnedFor,
        };

        foreach (var lot in other.Lots) joined = joined with { Lots = Add(joined.Lots, lot) };
        foreach (var lot in other.Pending) joined = joined.Await(lot) with { Earned = joined.Earned };
        foreach (var month in other.ByMonth) joined = joined with { ByMonth = joined.AddTo(month.Month, month.Points, month.Spend) };

        // What one of them owes, the other pays off.
        var paid = Math.Min(joined.Owed, joined.Balance + joined.Owed);
        return joined with { Owed = joined.Owed - paid, Lots = Take(joined.Lots, paid).Left };
    }
}
