namespace Cvm.Tests;

/// <summary>The books balance, over two million operations that nobody would do in this order.</summary>
public sealed class LedgerBooksTests
{
    const int Runs = 2_000, Operations = 1_000;

    [Fact]
    public void The_books_balance_whatever_happens()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var life = new Life(new(seed));
            for (var i = 0; i < Operations; i++)
            {
                life.Next();
                if (life.Wrong() is { } wrong) Assert.Fail($"seed {seed}, operation {i} ({life.Last}): {wrong}");
            }
        }
    }

    // One customer's points, and a plain account of them beside: every point is in one place.
    sealed class Life(Random random)
    {
        static readonly DateTimeOffset Start = Some.Now;

        Ledger ledger = Ledger.Empty;
        long earned, adjusted, spent, expired, reversed;
        int day, orders;

        public string Last { get; private set; } = "";

        DateOnly Today => new DateOnly(2027, 3, 1).AddDays(day);
        DateTimeOffset Now => Start.AddDays(day);

        public void Next()
        {
            var before = ledger;
            var points = random.Next(4) == 0 ? random.Next(3) : random.Next(1, 400);
            Last = $"{random.Next(13)}";
            switch (Last)
            {
                case "0" or "1": Earn(points); break;
                case "2": Await(points); break;
                case "3": day += random.Next(40); ledger = ledger.Mature(Today); break;
                case "4": ledger = ledger.Expire(Today); expired += ledger.Expired - before.Expired; break;
                case "5": ledger = ledger.Spend(points) ?? ledger; spent += ledger.Spent - before.Spent; break;
                case "6" or "7": Reverse(points); break;
                case "8": Adjust(random.Next(2) == 0 ? points : -points); break;
                case "9": ledger = ledger.Reserve(Id(random.Next(200)) is var id && ledger.Redemption(id) is null ? id : Id(orders++ + 1000), points, Now, Now.AddMinutes(30)); break;
                case "10": ledger = ledger.Confirm(Some1(), "o", Now); spent += ledger.Spent - before.Spent; break;
                case "11": GiveBack(); break;
                case "12": Join(); break;
            }
        }

        static string Id(int number) => $"r{number}";

        string Some1() => ledger.Redemptions is { Length: > 0 } known ? known[random.Next(known.Length)].Id : "none";

        void Earn(int points)
        {
            ledger = ledger.Earn(points, Today.AddDays(random.Next(60))).Count(Now, points, points);
            earned += Math.Max(0, points);
        }

        void Await(int points)
        {
            ledger = ledger.Await(new($"o{orders++}", points, points, Now, Today.AddDays(random.Next(1, 90)), Today.AddDays(100)));
            earned += points;
        }

        void Reverse(int points)
        {
            var before = ledger;
            ledger = ledger.Reverse($"o{random.Next(orders + 1)}", Math.Min(points, earned - reversed), points, Now, Today.AddDays(random.Next(60)), owes: random.Next(2) == 0);
            reversed += ledger.Reversed - before.Reversed;
        }

        void Adjust(int points)
        {
            var after = ledger.Adjust(points, Today.AddDays(50));
            if (after is null) return;
            adjusted += points;
            ledger = after;
        }

        void GiveBack()
        {
            var before = ledger;
            ledger = random.Next(4) == 0 ? ledger.ReserveAgain(Some1(), Now.AddMinutes(30)) ?? ledger
                : ledger.GiveBack(Some1(), Now, Today, random.Next(2) == 0 ? RedemptionState.Lapsed : RedemptionState.Cancelled);
            spent += ledger.Spent - before.Spent;
        }

        void Join()
        {
            if (random.Next(20) != 0) return;
            var other = new Life(new(random.Next()));
            for (var i = 0; i < 30; i++) other.Next();
            ledger = ledger.Join(other.ledger);
            (earned, adjusted, spent, expired, reversed) = (earned + other.earned, adjusted + other.adjusted, spent + other.spent, expired + other.expired, reversed + other.reversed);
            day = Math.Max(day, other.day);
        }

        public string? Wrong()
        {
            if (!ledger.Balances) return $"{ledger.Earned} + {ledger.Adjusted} is not {ledger.Spent} + {ledger.Expired} + {ledger.Reversed} + {ledger.Balance} + {ledger.Coming} + {ledger.Reserved}";
            if ((ledger.Earned, ledger.Adjusted, ledger.Spent, ledger.Expired, ledger.Reversed) != (earned, adjusted, spent, expired, reversed)) return "a total is not what was asked for";
            if (ledger.Lots.Any(lot => lot.Left <= 0) || ledger.Lots.Length > Ledger.MaxLots) return "lots";
            if (ledger.Pending.Any(lot => lot.Points < 0 || lot.Spend < 0) || ledger.Pending.Length > Ledger.MaxPending) return "pending";
            if (ledger.Redemptions.Length > Ledger.MaxRedemptions) return "redemptions";
            if (ledger.Owed < 0 || (ledger.Owed > 0 && !ledger.Lots.IsEmpty)) return $"owes {ledger.Owed} beside a balance of {ledger.Balance}";
            if (!ledger.Lots.Select(lot => lot.Expires).SequenceEqual(ledger.Lots.Select(lot => lot.Expires).Order())) return "order of lots";
            if (!ledger.Pending.Select(lot => lot.From).SequenceEqual(ledger.Pending.Select(lot => lot.From).Order())) return "order of pending";
            foreach (var known in ledger.Redemptions)
                if (known.State is RedemptionState.Reserved or RedemptionState.Confirmed && known.Lots.Sum(lot => lot.Left) != known.Points) return $"redemption {known.Id} lost its lots";
            return null;
        }
    }
}
