namespace Cvm;

/// <summary>Two ledgers of one person become one.</summary>
public sealed partial record Ledger
{
    /// <summary>With everything of another ledger added: every total is the sum of both, and what one owes is paid from the points of the other. The
    /// tier stays this one's; which of two is higher only the loyalty rules know.</summary>
    public Ledger Join(Ledger other)
    {
        var joined = this with
        {
            Earned = Earned + other.Earned,
            Spent = Spent + other.Spent,
            Expired = Expired + other.Expired,
            Reversed = Reversed + other.Reversed,
            Owed = Owed + other.Owed,
            WarnedFor = WarnedFor > other.WarnedFor ? WarnedFor : other.WarnedFor ?? WarnedFor,
        };
        foreach (var lot in other.Lots) joined = joined with { Lots = joined.Add(lot) };
        foreach (var (month, points) in other.ByMonth) joined = joined with { ByMonth = joined.AddTo(month, points) };
        return joined.PayOwed();
    }

    Ledger PayOwed()
    {
        var (lots, owed) = (Lots.ToBuilder(), Owed);
        for (var i = 0; i < lots.Count && owed > 0; i++)
        {
            var taken = Math.Min(lots[i].Left, owed);
            owed -= taken;
            lots[i] = lots[i] with { Left = lots[i].Left - taken };
        }

        lots.RemoveAll(lot => lot.Left == 0);
        return this with { Lots = lots.ToImmutable(), Owed = owed };
    }
}
