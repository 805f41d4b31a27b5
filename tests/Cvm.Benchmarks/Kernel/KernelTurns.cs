using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Cvm.Benchmarks.Kernel;

/// <summary>One turn of the kernel, beside an empty switch over the same signals.</summary>
static class KernelTurns
{
    const int Rounds = 15;
    const int TurnsPerRound = 100_000;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    // Those it has been measured with from the start.
    static readonly string[] Four = ["birthday-care", "complaint-escalation", "loyalty-rewards", "win-back"];

    sealed record Case(string Name, Dossier Dossier, Signal Signal, DateTimeOffset Now);

    public static Task<IReadOnlyList<Row>> Run()
    {
        var playbook = Measure.Playbook.Playbook;
        playbook = playbook with { Journeys = [.. playbook.Journeys.Where(journey => Four.Contains(journey.Name))] };
        var rows = new List<Row>();

        foreach (var each in Cases(playbook))
        {
            Turn Take() => Cvm.Kernel.Take(playbook, each.Dossier, each.Signal, each.Now);

            Measure.ForgetPeak();
            var (empty, _) = Timed(() => Empty(each.Signal));
            var (turn, bytes) = Timed(Take);
            rows.Add(new($"kernel turn: {each.Name}", $"{turn:N0} ns, {bytes:N0} bytes, {bytes - Kept(Take):N0} of them garbage")
            {
                Floor = $"{empty:N1} ns, empty switch",
                Ratio = $"{turn / empty:N0}",
                Promise = "about 1,000 ns, under 1,024 bytes of garbage",
                Peak = Measure.Peak(),
            });
        }

        return Task.FromResult<IReadOnlyList<Row>>(rows);
    }

    static Case[] Cases(Playbook playbook)
    {
        var waiting = Regular.Waiting(playbook);
        var greeting = Regular.BeforeTheGreeting(playbook);
        var now = new DateTimeOffset(2027, 6, 16, 10, 0, 0, TimeSpan.Zero);
        var today = new DateOnly(2027, 6, 16);

        var order = new Case("an order, journeys looking on", waiting, new Signal.Ordered("order:new", now, "new", 30), now);
        var day = new Case("a day on which nothing is due", waiting, new Signal.Day("day:2027-06-16", now, today, today.AddDays(-1)), now);
        var woke = new Case("a wake-up that sends", greeting, new Signal.Woke(greeting.DueAt!.Value), greeting.DueAt.Value);

        Expect(Take(order) is { Changed: true, Lines.Length: 2 } && waiting.Enrollments.Length == 1, "the order adds two lines beside one waiting enrollment");
        Expect(!Take(day).Changed, "the day changes nothing");
        Expect(Take(woke).Dossier.Outbox.Length == 1, "the wake-up queues a message");
        return [order, day, woke];

        Turn Take(Case each) => Cvm.Kernel.Take(playbook, each.Dossier, each.Signal, each.Now);
    }

    static void Expect(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"The benchmark does not measure what it says: expected that {what}.");
    }

    // Nanoseconds and bytes a turn, the median of some rounds.
    static (double Nanoseconds, double Bytes) Timed<T>(Func<T> act)
    {
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;) act();

        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < TurnsPerRound; i++) act();
            var took = Stopwatch.GetElapsedTime(begun);

            times.Add(took.TotalNanoseconds / TurnsPerRound);
            bytes.Add((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)TurnsPerRound);
        }

        return (Measure.Median(times), Measure.Median(bytes));
    }

    // Bytes that the turn hands over: what is left of it while its result lives.
    static double Kept(Func<Turn> take)
    {
        var turns = new Turn[TurnsPerRound / 10];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < turns.Length; i++) turns[i] = take();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(turns);
        return kept / (double)turns.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Empty(Signal signal) => signal switch
    {
        Signal.Told => 1,
        Signal.Consented => 2,
        Signal.Ordered => 3,
        Signal.Refunded => 4,
        Signal.Answered => 5,
        Signal.Complained => 6,
        Signal.Reported => 7,
        Signal.CaseWorked => 8,
        Signal.TaskDone => 9,
        Signal.Day => 10,
        Signal.Woke => 11,
        _ => 0,
    };
}
