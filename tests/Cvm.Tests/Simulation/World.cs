using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What one seed makes: a playbook with random sound journeys, customers, and sixty days of signals.</summary>
sealed class World
{
    public static readonly DateTimeOffset Start = new(2027, 2, 20, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddDays(60); // over the clock changes of March, on both sides of the Atlantic

    static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Pacific/Auckland", "America/St_Johns"];
    static readonly string[] Events = ["order", "complaint", "survey", "day", "birthday", "points", "tier-up", "refund", "consent", "opened", "clicked", "case-opened"];

    /// <summary>Ids that a careless key would take for one another.</summary>
    public static readonly string[] Customers = ["c0", "c0:1", "c0/1", "j0:c0", "c0:1/s0/1", "客户 5", "c", "C0"];

    /// <summary>When the journeys are published anew, with other steps and one of them gone.</summary>
    public static readonly DateTimeOffset Republished = Start.AddDays(30);

    readonly Random random;

    /// <param name="steady">The playbook stays as it is.</param>
    public World(int seed, bool steady = false)
    {
        random = new(seed);
        Playbook = Some.Playbook([.. Enumerable.Range(0, random.Next(2, 6)).Select(RandomJourney), Witness]);
        Playbook = Playbook with
        {
            Policies = Playbook.Policies with
            {
                Caps =
                [
                    new(Channel.Email, Purpose.Promotional, random.Next(1, 3), TimeSpan.FromDays(random.Next(1, 8))),
                    new(null, null, random.Next(2, 5), TimeSpan.FromDays(3)),
                ],
                DoubleOptIn = random.Next(3) == 0 ? [(Channel.Email, Purpose.Promotional)] : [],
                SmsReplies = new("stopped", "started", "helped"),
                QuietIn = ImmutableSortedDictionary<string, QuietHours>.Empty
                    .Add("US-FL", new(new(20, 0), new(8, 0))).Add("FR", new(new(22, 0), new(8, 0), Sundays: true, Holidays: true)),
            },
            Holidays = new([new("easter-monday", new HolidayDay.FromEaster(1), ["FR"], Public: true)]),
        };
        Playbook = Playbook with { Loyalty = RandomLoyalty() };
        Pauses = [.. Enumerable.Range(0, random.Next(4)).Select(RandomPause)];
        Later = Playbook with { Earlier = Playbook.Journeys, Journeys = [.. Playbook.Journeys.Skip(1).SkipLast(1).Select((_, i) => RandomJourney(i + 1) with { Version = 2 }), Witness] };
        if (steady) Later = Playbook;
        Moves = [.. Later.Journeys.Where(journey => journey.Version == 2).Select(RandomMove)];
        Signals = [.. Enumerable.Range(0, Customers.Length).SelectMany(RandomLife).OrderBy(signal => signal.At)];
    }

    public Playbook Playbook { get; }

    public Playbook Later { get; }

    public IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)> Signals { get; }

    /// <summary>Who is moved when the journeys are published anew; to places that make sense and to some that do not.</summary>
    public ImmutableArray<Signal.Moved> Moves { get; }

    /// <summary>When sending was paused, of one journey or of all; and when journeys were drained or stopped.</summary>
    public ImmutableArray<(DateTimeOffset From, DateTimeOffset Until, Pause Pause)> Pauses { get; }

    public Playbook At(DateTimeOffset now) => (now < Republished ? Playbook : Later) with { Pauses = [.. Pauses.Where(pause => pause.From <= now && now < pause.Until).Select(pause => pause.Pause)] };

    /// <summary>The same in every version.</summary>
    public static string? TopicOf(string journey) => journey.StartsWith('j') && journey[^1] % 2 == 0 ? "news" : null;

    /// <summary>Sees every birthday, and nothing else.</summary>
    public static Journey Witness { get; } = Some.Journey("witness", new("birthday"), new Step.End("end", "seen"));

    T One<T>(params T[] of) => of[random.Next(of.Length)];

    LoyaltyRules RandomLoyalty() => Playbook.Loyalty with
    {
        ReturnDays = One(0, 0, 5, 14),
        OwesReturned = random.Next(3) != 0,
        ExpireMonths = One(1, 12),
        GraceDays = One(0, 10),
        TierBy = One(TierBasis.Points, TierBasis.Spend),
        TierMonths = One(1, 12),
        SoftLanding = random.Next(2) == 0,
        Multipliers = random.Next(2) == 0 ? [] : [new("spring", 1.5m, null, new(2027, 3, 1), new(2027, 3, 20)), new("regulars", 2, Some.When("orders >= 4"))],
        Tiers = [new("silver", 150), new("gold", 400, 1.25m)],
    };

    (DateTimeOffset From, DateTimeOffset Until, Pause Pause) RandomPause(int number)
    {
        var from = Start.AddHours(random.Next(24 * 50));
        return (from, from.AddHours(random.Next(1, 100)), number == 0 ? new(null, from, "maria") : new($"j{random.Next(6)}", from, "maria", One(Enum.GetValues<PauseKind>())));
    }

    Signal.Moved RandomMove(Journey next)
    {
        var places = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var step in Playbook.Find(next.Name)!.Steps.Select(step => step.Id).Append(Enrollment.Holdout))
            if (random.Next(4) != 0) places[Cvm.Moves.PlaceOf(1, step)] = random.Next(2) == 0 ? step : One([.. next.Steps.Select(other => other.Id), Enrollment.Holdout]);
        return new($"move:{next.Name}:2", Republished, next.Name, 2, places.ToImmutable(), "maria");
    }

    Journey RandomJourney(int number)
    {
        var length = random.Next(1, 8);
        var steps = Enumerable.Range(0, length).Select(i => RandomStep(i, i + 1 < length ? i + 1 : Step.Done, length)).ToArray();
        var on = One(Events);

        return Some.Journey($"j{number}", new(on, random.Next(3) == 0 ? Some.When("spent >= 50 or not open-case") : null), steps) with
        {
            Purpose = One(Purpose.Promotional, Purpose.Promotional, Purpose.Service, Purpose.Transactional),
            AgainAfter = on == "day" ? Some.Lapse("9d") : One<Lapse?>(null, Some.Lapse("5d"), Some.Lapse("1d")),
            Holdout = One(0, 0, 0.2),
            Leave = random.Next(3) == 0 ? [new(new("order"), "bought")] : [],
            Goal = new(new("order"), Some.Lapse("10d")),
            Topic = TopicOf($"j{number}"),
        };
    }

    Step RandomStep(int i, int next, int length)
    {
        int Ahead() => next == Step.Done ? Step.Done : random.Next(i + 1, length);
        var id = $"s{i}";

        return random.Next(18) switch
        {
            <= 3 => new Step.Send(id, next, RandomSending(One("hello", "letter", "text"))),
            <= 6 => new Step.Wait(id, next, RandomRest(), One(null, new Trigger("opened"), new Trigger("order"), new Trigger("survey"), new Trigger("case-resolved"))),
            7 => new Step.If(id, next, Some.When("orders >= 2 and points > 20"), Ahead(), Ahead()),
            8 => new Step.Split(id, next, [new("a", 0.5, Ahead()), new("b", 0.5, Ahead())]),
            9 => new Step.Ask(id, next, "csat", RandomSending("survey"), Some.Lapse("3d")),
            10 => new Step.Give(id, next, One<Gift>(new Gift.Points(Some.When("10", FactType.Number)), new Gift.Coupon("GIFT", "10%", Some.Lapse("9d"), One(0L, 40L)), new Gift.Tier("silver", Some.Lapse("20d")))),
            11 => new Step.Case(id, next, One<CaseStep>(new CaseStep.Open("{{reason}}", null, "agent", Some.Lapse("4bh")), new CaseStep.Open("{{reason}}", null, null, null), new CaseStep.Reopen("{{reason}}", One<string?>(null, "manager")), new CaseStep.Escalate("manager", Some.Lapse("4bh")), new CaseStep.Close("done"))),
            12 => new Step.Hold(id, next, One<Lapse?>(null, Some.Lapse("4d"))),
            13 => new Step.Release(id, next),
            14 => new Step.Start(id, next, $"j{random.Next(6)}"),
            15 => new Step.Webhook(id, next, "https://example.com/hook", ["orders", "points", "tier"]),
            16 => new Step.Set(id, next, ImmutableSortedDictionary<string, string>.Empty.Add("mood", One("good", "bad")), [One("vip", "new")], []),
            _ => new Step.Task(id, next, "agent", "Call {{name}}", Some.Lapse("2d")),
        };
    }

    Sending RandomSending(string template) => Some.Sending(
        template,
        One<Channel[]>([Channel.Email, Channel.Sms], [Channel.Sms, Channel.Email], [Channel.Email]),
        One<TimeOnly?>(null, null, new TimeOnly(10, 0), new TimeOnly(2, 30)),
        One("2h", "1d", "3d"),
        One(OnLate.Skip, OnLate.Send, OnLate.Shift),
        One<Purpose?>(null, null, Purpose.Service));

    Rest RandomRest() => One<Rest>(new(Some.Lapse("1d")), new(Some.Lapse("30m")), new(Some.Lapse("3d")), new(Some.Lapse("6bh")), new(At: new TimeOnly(2, 30)), new(On: new DateOnly(2027, 3, 15)));

    IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> RandomLife(int number)
    {
        var customer = Customers[number];
        var count = 0;
        yield return Take(Start, (id, at) => new Signal.Told(id, at, RandomProfile(number), [.. RandomConsents(at)], random.Next(3) == 0 ? One(Customers) : null));

        for (var at = Start; at < End; at += TimeSpan.FromHours(random.NextDouble() * 96))
        {
            var signal = Take(at, RandomSignal);
            yield return signal;
            if (random.Next(5) == 0) yield return signal with { At = signal.At.AddHours(random.NextDouble() * 48) }; // the world says things twice
        }

        (DateTimeOffset At, string Customer, Signal Signal) Take(DateTimeOffset at, Func<string, DateTimeOffset, Signal> make) => (at, customer, make($"{customer}-{count++}", at));
    }

    Profile RandomProfile(int number) => new()
    {
        Name = $"Customer {number}",
        Email = random.Next(6) == 0 ? null : $"c{number}@example.com",
        Phone = random.Next(3) == 0 ? null : $"+491511234567{number}",
        Birthday = new(1990, random.Next(2, 5), random.Next(1, 29)),
        Zone = One(Zones),
        Country = CountryOf(number),
        Region = number % 4 == 1 ? "US-FL" : null,
    };

    /// <summary>Of the customer with this number; nobody moves to another country.</summary>
    public static string CountryOf(int number) => (number % 4) switch { 0 => "DE", 1 => "US", 2 => "CN", _ => "FR" };

    IEnumerable<Consent> RandomConsents(DateTimeOffset at)
    {
        foreach (var channel in Enum.GetValues<Channel>())
            if (random.Next(4) != 0) yield return new(channel, Purpose.Promotional, random.Next(5) != 0, at, "world");
    }

    Signal.CaseWorked RandomWork(string id, DateTimeOffset at)
    {
        var (customer, work) = (id.Split('-')[0], Enum.GetValues<CaseWork>()[random.Next(Enum.GetValues<CaseWork>().Length)]);
        var to = work switch { CaseWork.Merge => $"{customer}/{random.Next(1, 4)}", CaseWork.Escalate => One("agent", "manager", null), CaseWork.LinkIssue => "slow", _ => null };
        return new(id, at, $"{customer}/{random.Next(1, 4)}", work, "maria", "fixed", to);
    }

    Signal RandomSignal(string id, DateTimeOffset at) => random.Next(30) switch
    {
        <= 4 => new Signal.Ordered(id, at, $"o-{id}", random.Next(1, 200)),
        5 => new Signal.Refunded(id, at, $"o-{id.Split('-')[0]}-{random.Next(20)}", random.Next(1, 100)),
        6 => new Signal.Answered(id, at, "csat", random.Next(1, 6)),
        7 => new Signal.Complained(id, at, "not good", One("low", "high")),
        8 => new Signal.Consented(id, at, new(One(Channel.Email, Channel.Sms), Purpose.Promotional, random.Next(2) == 0, at, "world")),
        9 => new Signal.Told(id, at, new() { Zone = One(Zones) }, []),
        10 => RandomWork(id, at),
        22 or 23 => RandomWork(id, at),
        11 => new Signal.Answered(id, at, "unknown survey", 3),
        12 => new Signal.Confirmed(id, at, Channel.Email, Purpose.Promotional, One("customer", "somebody@example.com")),
        13 => new Signal.Preferred(id, at, One<Preferences>(new() { TopicsOff = ["news"] }, new() { TopicsOn = ["news"] }, new() { PauseUntil = at.AddDays(3) }, new() { EndPause = true })),
        14 or 15 => new Signal.Texted(id, at, One("STOP", "START", "HELP", "When do you open?"), random.Next(6) == 0),
        16 => new Signal.Texted(id, at.AddMinutes(-random.Next(600)), One("STOP", "START")),
        17 or 18 => new Signal.RedemptionAsked(id, at, $"r-{id.Split('-')[0]}-{random.Next(9)}", random.Next(1, 120), random.Next(6) == 0 ? "GIFT-GUESSED" : null),
        19 or 20 => new Signal.RedemptionSettled(id, at, $"r-{id.Split('-')[0]}-{random.Next(9)}", random.Next(3) != 0, One(null, $"o-{id.Split('-')[0]}-{random.Next(20)}")),
        21 => new Signal.PointsAdjusted(id, at, random.Next(-60, 90), "maria", "a mistake at the till"),
        _ => new Signal.Ordered(id, at.AddDays(-random.Next(40)), $"o-{id}", random.Next(1, 50)),
    };
}
