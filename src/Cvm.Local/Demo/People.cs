namespace Cvm.Local;

/// <summary>One customer of the demo shop, with the habits that nobody but the demo knows.</summary>
/// <param name="OrdersPerYear">While active.</param>
/// <param name="LosesInterest">Chance, after each order, of never coming back.</param>
/// <param name="Content">0 to 1: how easily pleased.</param>
sealed record Person(string Id, Profile Profile, ImmutableArray<Consent> Consents, double OrdersPerYear, double AverageOrder, double LosesInterest, double Content);

/// <summary>Makes believable people, the same ones for the same seed.</summary>
sealed class People(int seed, DateTimeOffset start, int days)
{
    static readonly (string Country, string Zone, string Locale, string Prefix, int Weight)[] Homes =
    [
        ("DE", "Europe/Berlin", "en", "+4915", 16),
        ("GB", "Europe/London", "en", "+447", 18),
        ("US", "America/New_York", "en", "+1212", 14),
        ("US", "America/Los_Angeles", "en", "+1415", 8),
        ("FR", "Europe/Paris", "en", "+336", 8),
        ("AU", "Australia/Sydney", "en", "+614", 6),
        ("CN", "Asia/Shanghai", "zh-CN", "+86138", 24),
        ("SG", "Asia/Singapore", "zh-CN", "+65", 6),
    ];

    static readonly string[] GivenNames =
    [
        "Anna", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Henry", "Isla", "Jack", "Karin", "Leo", "Maria", "Noah", "Olivia", "Paul",
        "Quentin", "Rosa", "Sam", "Thea", "Uwe", "Vera", "Will", "Yara", "Zoe", "Amira", "Björn", "Chloé", "Diego", "Élise", "Fatima", "Giulia",
    ];

    static readonly string[] FamilyNames =
    [
        "Adams", "Baker", "Clarke", "Dubois", "Evans", "Fischer", "Garcia", "Hughes", "Ivanova", "Jones", "Keller", "Lambert", "Müller", "Nguyen",
        "O'Brien", "Patel", "Quinn", "Rossi", "Schmidt", "Taylor", "Ueda", "Vogel", "Walker", "Young", "Zimmermann", "van den Berg",
    ];

    static readonly string[] ChineseFamily = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "欧阳"];
    static readonly string[] ChineseGiven = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "明", "秀英", "志强", "雨欣", "子涵", "浩然"];

    public Person Make(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var home = Pick(random);
        var chinese = home.Locale == "zh-CN";
        var id = $"C{number:D5}";
        var joined = random.NextDouble() < 0.7 ? start.AddDays(-random.Next(20, 900)) : start.AddHours(random.NextDouble() * days * 24 * 0.9);

        var profile = new Profile
        {
            Name = chinese ? One(random, ChineseFamily) + One(random, ChineseGiven) : $"{One(random, GivenNames)} {One(random, FamilyNames)}",
            Email = random.NextDouble() < 0.96 ? $"c{number}@mail.example" : null,
            Phone = random.NextDouble() < 0.7 ? $"{home.Prefix}{random.Next(1_000_000, 9_999_999)}" : null,
            Birthday = BirthdayOf(random, chinese),
            Zone = home.Zone,
            Locale = home.Locale,
            Country = home.Country,
            Joined = joined,
        };

        // Gamma-distributed rates make a few buy often and many seldom, as in every shop.
        var rate = 1.2 + Gamma(random, 1.1) * 4;
        return new(
            id,
            profile,
            [.. ConsentsOf(random, joined)],
            OrdersPerYear: Math.Min(rate, 40),
            AverageOrder: Math.Exp(3.4 + 0.6 * Normal(random)),
            LosesInterest: 0.02 + 0.18 * Math.Pow(random.NextDouble(), 2),
            Content: Math.Clamp(0.8 + 0.15 * Normal(random), 0, 1));
    }

    static (string Country, string Zone, string Locale, string Prefix, int Weight) Pick(Random random)
    {
        var at = random.Next(Homes.Sum(home => home.Weight));
        foreach (var home in Homes)
        {
            if (at < home.Weight) return home;
            at -= home.Weight;
        }

        return Homes[0];
    }

    static Birthday? BirthdayOf(Random random, bool chinese)
    {
        var kind = random.NextDouble();
        var year = random.Next(1948, 2007);
        if (kind < 0.15) return null;
        if (kind < 0.18) return new(1970, 1, 1); // what a form writes for "not told"
        if (kind < 0.19) return new(1992, 2, 29);
        if (chinese && kind < 0.5) return new(year, random.Next(1, 13), random.Next(1, 30), Lunar: true);

        var day = new DateOnly(year, 1, 1).AddDays(random.Next(365));
        return new(year, day.Month, day.Day);
    }

    static IEnumerable<Consent> ConsentsOf(Random random, DateTimeOffset joined)
    {
        if (random.NextDouble() < 0.78) yield return new(Channel.Email, Purpose.Promotional, true, joined, "sign-up form");
        if (random.NextDouble() < 0.45) yield return new(Channel.Sms, Purpose.Promotional, true, joined, "sign-up form");
    }

    static string One(Random random, string[] of) => of[random.Next(of.Length)];

    /// <summary>Standard normal, by Box and Muller.</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // Marsaglia and Tsang 2000; shape at least 1.
    static double Gamma(Random random, double shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
