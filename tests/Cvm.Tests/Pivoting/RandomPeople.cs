using Cvm.Engine;

namespace Cvm.Tests.Pivoting;

/// <summary>Customers made by lot, with everything that a portrait tells of, and gaps.</summary>
static class RandomPeople
{
    public static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Dossier One(Random random, string customer)
    {
        var orders = random.Next(3) == 0 ? 0 : random.Next(1, 30);
        var dossier = Dossier.For(customer) with
        {
            Profile = new()
            {
                Name = "Somebody",
                Email = random.Next(3) == 0 ? null : $"{customer}@example.com",
                Phone = random.Next(2) == 0 ? null : "+4915112345678",
                Country = Pick<string?>(random, null, "DE", "CN", "US"),
                Region = Pick<string?>(random, null, "US-FL", "US-CA"),
                Locale = Pick<string?>(random, null, "en", "zh-CN", "de-AT"),
                Zone = Pick<string?>(random, null, "Asia/Tokyo", "America/Los_Angeles"),
                Joined = random.Next(4) == 0 ? null : Noon.AddDays(-random.Next(1_500)),
                Tags = [.. new[] { "=cmd", "b2b", "vip" }.Where(_ => random.Next(3) == 0)],
            },
            Consents = [new(Channel.Email, Purpose.Promotional, random.Next(2) == 0, Noon, "form"), new(Channel.Sms, Purpose.Promotional, true, Noon, "form", Pending: random.Next(2) == 0)],
            Effort = new(random.Next(3), random.Next(3), random.Next(40), random.Next(9)),
            Ledger = Ledger.Empty.Earn(random.Next(2_000), new(2028, 3, 31)) with { Tier = Pick<string?>(random, null, "silver", "gold") },
            Holds = random.Next(5) == 0 ? [new("them", Noon, null, "they asked")] : [],
            Satisfaction = new()
            {
                Answers = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new GivenAnswer(Pick(random, "recommend", "after-order", "gone"), random.Next(1, 6) + random.Next(6), null, Noon))],
                Complaints = random.Next(4) == 0 ? random.Next(1, 6) : 0,
            },
            Enrollments = [.. new[] { "win-back", "birthday-care", "care" }.Where(_ => random.Next(4) == 0).Select(journey => In(journey, customer))],
        };
        return orders == 0 ? dossier : Scored(random, Bought(random, dossier, orders));
    }

    static Dossier Bought(Random random, Dossier dossier, int orders)
    {
        var (first, spent) = (Noon.AddDays(-random.Next(200, 900)), Math.Round((decimal)(random.NextDouble() * 3_000), 2));
        return dossier with
        {
            Purchases = new()
            {
                Orders = orders,
                Days = orders,
                First = first,
                Last = first.AddDays(random.Next(200)),
                Spent = spent,
                FirstSpent = Math.Round(spent / orders, 2),
                WithCoupon = random.Next(orders + 1),
                Discounts = random.Next(90),
                Refunded = random.Next(4) == 0 ? Math.Round(spent / 3, 2) : 0,
            },
        };
    }

    static Dossier Scored(Random random, Dossier dossier) => random.Next(5) == 0 ? dossier : dossier with
    {
        Scores = new()
        {
            AsOf = new(2027, 3, 1),
            Rfm = $"{random.Next(1, 6)}{random.Next(1, 6)}{random.Next(1, 6)}",
            Segment = Pick(random, "champion", "loyal", "lost"),
            Stage = Pick(random, Enum.GetValues<Stage>()),
            Value = Pick(random, Enum.GetValues<Band>()),
            Potential = Pick(random, Enum.GetValues<Band>()),
            Relationship = Pick(random, Enum.GetValues<Relationship>()),
            Need = Pick(random, Enum.GetValues<Need>()),
            Alive = random.NextDouble(),
            Orders365 = random.NextDouble() * 9,
            Value365 = random.NextDouble() * 900,
            Contribution = Math.Round((decimal)(random.NextDouble() * 400 - 50), 2),
        },
    };

    static Enrollment In(string journey, string customer) => new()
    {
        Id = Enrollment.IdOf(journey, customer, "1"),
        Journey = journey,
        Version = 1,
        Occurrence = "1",
        EnteredAt = Noon,
        EnteredOn = "order",
        Step = "s1",
    };

    public static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];
}
