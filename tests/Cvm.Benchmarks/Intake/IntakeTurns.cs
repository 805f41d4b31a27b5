using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Benchmarks.Intake;

/// <summary>Order turns as the kernel would hand them to a store: customers with some history, one order and its lines each. Seeded.</summary>
static class IntakeTurns
{
    static readonly DateTimeOffset Start = new(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>One order after the other, of customers drawn at random; each change stands on the customer's one before.</summary>
    public static Change[] Of(int orders, int customers, int seed = 1)
    {
        var random = new Random(seed);
        var latest = new (Dossier Dossier, long Revision)[customers];
        var changes = new Change[orders];

        for (var i = 0; i < orders; i++)
        {
            var at = random.Next(customers);
            var (before, revision) = latest[at].Dossier is null ? (Dossier.For($"customer-{at:D7}"), 0) : latest[at];
            changes[i] = Order(before, revision, Start.AddSeconds(i * 37), $"order-{i:D8}", random.Next(500, 20_000) / 100m);
            latest[at] = (changes[i].After, revision + 1);
        }

        return changes;
    }

    static Change Order(Dossier before, long revision, DateTimeOffset at, string order, decimal amount)
    {
        var points = (long)amount;
        var expires = new DateOnly(at.Year + 1, at.Month, DateTime.DaysInMonth(at.Year + 1, at.Month));
        ImmutableArray<Line> lines =
        [
            new(at, Happening.Ordered) { Subject = order, Figure = amount },
            new(at, Happening.PointsEarned) { Subject = order, Figure = points, Because = "1 point per unit" },
        ];
        var after = (revision == 0 ? Introduced(before, at) : before) with
        {
            Purchases = before.Purchases.With(new(order, at, amount, Points: points), "UTC"),
            Ledger = before.Ledger.Earn(points, at, expires),
            Lines = before.Lines + lines.Length,
        };
        return new(before, revision, after, order, lines);
    }

    static Dossier Introduced(Dossier dossier, DateTimeOffset at) => dossier with
    {
        Profile = new() { Name = $"Ann {dossier.Customer}", Email = $"{dossier.Customer}@example.com", Zone = "Europe/Paris", Locale = "en", Joined = at },
        Consents = [new(Channel.Email, Purpose.Promotional, true, at, "checkout", "Yes, send me news")],
        Enrollments =
        [
            new()
            {
                Id = $"loyalty-rewards:{dossier.Customer}:1",
                Journey = "loyalty-rewards",
                Version = 1,
                Occurrence = "1",
                EnteredAt = at,
                EnteredOn = "order",
                Step = "wait-30d",
                WakeAt = at.AddDays(30),
            },
        ],
    };
}
