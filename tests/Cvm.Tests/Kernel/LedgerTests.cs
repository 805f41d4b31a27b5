using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class LedgerTests
{
    [Fact]
    public void Points_are_spent_in_order_of_expiry()
    {
        var ledger = Ledger.Empty.Earn(100, Some.Now, new(2028, 4, 30)).Earn(50, Some.Now, new(2028, 3, 31));

        var after = ledger.Spend(70)!;

        Assert.Equal(new Lot(80, new(2028, 4, 30)), Assert.Single(after.Lots));
        Assert.Null(after.Spend(81));
    }

    [Fact]
    public void Points_taken_back_after_they_were_spent_are_owed_and_paid_off()
    {
        var ledger = Ledger.Empty.Earn(100, Some.Now, new(2028, 4, 30)).Spend(80)!.Reverse(100, Some.Now);

        Assert.Equal(-80, ledger.Balance);
        Assert.Equal(20, ledger.Earn(100, Some.Now, new(2028, 5, 31)).Balance);
    }

    [Fact]
    public void The_books_balance_whatever_happens()
    {
        var operation = Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(0, 300).SelectMany(points => Gen.Choose(0, 900).Select(day => (kind, points, day))));

        Prop.ForAll(operation.ListOf().ToArbitrary(), operations =>
        {
            var ledger = Ledger.Empty;
            foreach (var (kind, points, day) in operations)
            {
                var date = new DateOnly(2027, 1, 1).AddDays(day);
                ledger = kind switch
                {
                    0 => ledger.Earn(points, Some.Now.AddDays(day), date),
                    1 => ledger.Spend(points) ?? ledger,
                    2 => ledger.Reverse(Math.Min(points, ledger.Earned - ledger.Reversed), Some.Now),
                    _ => ledger.Expire(date),
                };

                if (ledger.Balance != ledger.Earned - ledger.Spent - ledger.Expired - ledger.Reversed) return false;
                if (ledger.Lots.Any(lot => lot.Left <= 0) || ledger.Lots.Length > Ledger.MaxLots || ledger.Owed < 0) return false;
                if (!ledger.Lots.Select(lot => lot.Expires).SequenceEqual(ledger.Lots.Select(lot => lot.Expires).Order())) return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
    }
}
