using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Sixty years of real rounds, for people with every kind of birthday who move between zones with every kind of clock.</summary>
public sealed class YearsTests
{
    static readonly DateTimeOffset Start = new(2027, 5, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset End = Start.AddYears(60);

    // Half hours, no clock changes, changes at midnight, both sides of the date line.
    static readonly string[] Zones =
        ["Europe/Berlin", "America/Santiago", "Africa/Cairo", "Asia/Kolkata", "Asia/Beirut", "America/Havana", "Pacific/Apia", "Pacific/Honolulu", "Pacific/Kiritimati", "Australia/Lord_Howe"];

    static readonly string[] Birthdays =
        ["1992-02-29", "--02-28", "--03-01", "1990-01-01", "1990-12-31", "1990-03-28", "1990-10-31", "lunar:1990-01-01", "lunar:1990-08-15", "lunar:1990-12-30", "lunar:2001-04L-30", "lunar:1963-06L-29", "lunar:2033-11L-01"];

    [Theory]
    [InlineData(LeapDay.February28, 1)]
    [InlineData(LeapDay.March1, 2)]
    public async Task Nobody_is_congratulated_twice_or_never(LeapDay policy, int seed)
    {
        var journey = Some.Journey("greeting", new("birthday"), new Step.End("end", "done"));
        var playbook = Some.Playbook(journey, journey with { Name = "ahead", Enter = [new("birthday", BeforeDays: 3)] });
        playbook = playbook with { Policies = playbook.Policies with { LeapDay = policy } };
        var (store, clock) = (new MemoryStore(), new VirtualTime(Start));
        var loaded = new LoadedPlaybook(playbook, MessageTemplates.Load([], playbook.Policies).Templates, []);
        var engine = new CustomerEngine(store, () => loaded, new Dictionary<OutboxKind, ISender>(), clock);
        var rounds = new Rounds(store, store, () => loaded, engine, clock);

        for (var i = 0; i < Birthdays.Length; i++)
        {
            Assert.True(Birthday.TryParse(Birthdays[i], out var born));
            await engine.Take($"c{i}", new Signal.Told("told", Start, new() { Birthday = born, Zone = Zones[i % Zones.Length] }, []), CancellationToken.None);
        }

        var random = new Random(seed);
        for (var (moves, next) = (0, Start.AddDays(9)); clock.GetUtcNow() < End;)
        {
            var round = await rounds.Next(CancellationToken.None);
            clock.To(round < next ? round : next);
            if (round <= next)
            {
                await rounds.Make(CancellationToken.None);
                continue;
            }

            await engine.Take($"c{random.Next(Birthdays.Length)}", new Signal.Told($"move-{moves++}", next, new() { Zone = Zones[random.Next(Zones.Length)] }, []), CancellationToken.None);
            next += TimeSpan.FromHours(random.Next(1, 24 * 12));
        }

        for (var i = 0; i < Birthdays.Length; i++) await KeptInEachYear($"c{i}", Birthdays[i], policy, store);
    }

    static async Task KeptInEachYear(string customer, string born, LeapDay policy, MemoryStore store)
    {
        Assert.True(Birthday.TryParse(born, out var birthday));
        var due = new List<int>();
        for (var day = new DateOnly(2027, 5, 30); day < new DateOnly(2087, 5, 10); day = day.AddDays(1)) if (birthday.KeptOn(day, policy) is { } year) due.Add(year);

        var lines = await store.Timeline(customer, long.MaxValue, int.MaxValue, CancellationToken.None);
        foreach (var journey in (string[])["greeting", "ahead"])
        {
            var kept = lines.Select(pair => pair.Line).Where(line => line.What == Happening.Entered && line.Journey == journey).Select(line => int.Parse(line.Subject!)).Order().ToList();

            Assert.Equal(kept.Distinct(), kept);
            Assert.True(due.All(kept.Contains), $"{born} in {journey}: {string.Join(", ", due.Except(kept))}");
            Assert.True(kept.Count <= due.Count + 1, $"{born} in {journey}: {string.Join(", ", kept.Except(due))}");
        }

        Assert.DoesNotContain(lines, pair => pair.Line.What == Happening.NotEntered);
    }
}
