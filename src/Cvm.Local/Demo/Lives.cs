using System.Globalization;

namespace Cvm.Local;

/// <summary>What the people of the demo shop do of their own accord: join, order, send back, complain.</summary>
sealed class Lives(int seed, DateTimeOffset start, DateTimeOffset end)
{
    static readonly string[] Complaints =
    [
        "The parcel arrived a week late.", "The handle broke on the first day.", "I was charged twice.", "Wrong colour, and nobody answers the phone.",
        "The box was open when it came.", "It does not look like the picture.", "My refund has not arrived.",
    ];

    static readonly string[] ChineseComplaints = ["包裹晚到了一周。", "第一天就坏了。", "重复扣款了。", "颜色发错了，电话没人接。", "和图片不一样。"];

    /// <summary>All that this person does until the end, in order of time; what lies before the start is history.</summary>
    public IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> Of(Person person)
    {
        var random = new Random(unchecked(seed * 7_368_787 + int.Parse(person.Id.AsSpan(1)) * 31 + 5));
        var joined = person.Profile.Joined!.Value;
        yield return (joined > start ? joined : start, person.Id, new Signal.Told($"told:{person.Id}", joined, person.Profile, person.Consents, FriendOf(person, joined)));

        var number = 0;
        var earliest = start.AddDays(-330);
        for (var at = Next(random, person, joined > earliest ? joined : earliest, first: true); at < end; at = Next(random, person, at, first: false))
        {
            number++;
            var order = $"{person.Id}-{number}";
            var amount = Math.Round((decimal)(person.AverageOrder * Math.Exp(0.35 * People.Normal(random))), 2);
            yield return Take(at, person, new Signal.Ordered($"order:{order}", at, order, Math.Max(amount, 1)) { Product = Opinions.ProductOf(order) });

            foreach (var signal in Trouble(random, person, order, amount, at)) yield return signal;
            if (random.NextDouble() < person.LosesInterest) yield break;
        }
    }

    // One in eight of those who come new was told of the shop by somebody who was there before.
    string? FriendOf(Person person, DateTimeOffset joined)
    {
        var number = int.Parse(person.Id.AsSpan(1), CultureInfo.InvariantCulture);
        var friend = (int)(number * Chance.Of($"{seed}", "friend", person.Id));
        return joined > start && friend > 0 && Chance.Of($"{seed}", "brought", person.Id) < 0.125 ? $"C{friend:D5}" : null;
    }

    DateTimeOffset Next(Random random, Person person, DateTimeOffset from, bool first)
    {
        var gap = -Math.Log(1 - random.NextDouble()) * 365 / person.OrdersPerYear;
        if (first) gap = Math.Min(gap, 40);

        // People order in the daytime and evening, more in the weeks before Christmas.
        var day = from.AddDays(gap * (from.Month is 11 or 12 ? 0.7 : 1));
        var hour = 8 + (int)(14 * Math.Sqrt(random.NextDouble()));
        return LocalTimes.At(person.Profile.Zone!, LocalTimes.Day(person.Profile.Zone!, day), new(Math.Min(hour, 23), random.Next(60))) is var at && at > from ? at : from.AddHours(3);
    }

    IEnumerable<(DateTimeOffset, string, Signal)> Trouble(Random random, Person person, string order, decimal amount, DateTimeOffset at)
    {
        var luck = random.NextDouble();
        var later = at.AddDays(2 + random.NextDouble() * 8);
        if (later >= end) yield break;

        if (luck < 0.04)
        {
            var back = random.NextDouble() < 0.6 ? amount : Math.Round(amount / 2, 2);
            if (back > 0) yield return Take(later, person, new Signal.Refunded($"refund:{order}", later, order, back));
        }

        if (random.NextDouble() < 0.06)
        {
            var score = Math.Clamp((int)Math.Round(1 + 4 * (person.Content + 0.18 * People.Normal(random))), 1, 5);
            yield return Take(later, person, new Signal.Answered($"review:{order}", later, "reviews", score) { Product = Opinions.ProductOf(order), By = "Honest Reviews" });
        }

        // The last week was a bad one, so that the team has its hands full.
        if (luck > (later > end.AddDays(-9) ? 0.7 : 0.975) - 0.03 * (1 - person.Content))
        {
            var texts = person.Profile.Locale == "zh-CN" ? ChineseComplaints : Complaints;
            var severity = random.NextDouble() < 0.25 ? "high" : "normal";
            yield return Take(later, person, new Signal.Complained($"complaint:{order}", later, texts[random.Next(texts.Length)], severity));
        }
    }

    // Nobody was there to hear it before the start: history is told on the first day.
    (DateTimeOffset, string, Signal) Take(DateTimeOffset at, Person person, Signal signal) => (at > start ? at : start, person.Id, signal);
}
