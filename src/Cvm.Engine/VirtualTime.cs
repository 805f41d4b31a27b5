namespace Cvm.Engine;

/// <summary>A clock that stands still until it is moved: for the demo, examples, rehearsal and tests.</summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves on; never back.</summary>
    public void To(DateTimeOffset moment) => now = moment > now ? moment : now;
}

/// <summary>Plays signals and whatever becomes due between them, in order of time, on the real engine.</summary>
public sealed class Playing(CustomerEngine engine, Rounds rounds, Sweep sweep, IStore store, VirtualTime clock)
{
    const int Together = 200;

    /// <summary>Takes the signals, which stand in order of time, and everything due until the end; then the clock shows the end.</summary>
    /// <param name="reactions">Signals that answer what has just happened; asked after every step of time. May be null.</param>
    /// <param name="passed">Told the time after every step of it. May be null.</param>
    public async Task Play(
        IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)> signals,
        DateTimeOffset until,
        Func<ValueTask<IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)>>>? reactions,
        Action<DateTimeOffset>? passed,
        CancellationToken stop)
    {
        var waiting = new PriorityQueue<(DateTimeOffset At, string Customer, Signal Signal), (DateTimeOffset, long)>();
        var number = 0L;
        foreach (var signal in signals) waiting.Enqueue(signal, (signal.At, number++));

        while (await NextMoment(waiting, stop) is { } next && next <= until)
        {
            clock.To(next);
            await rounds.Make(stop);
            await sweep.Make(stop);
            await TakeDue(waiting, stop);
            await WakeDue(stop);
            if (reactions is not null) foreach (var signal in await reactions()) waiting.Enqueue(signal, (signal.At, number++));
            passed?.Invoke(next);
        }

        clock.To(until);
    }

    async Task<DateTimeOffset?> NextMoment(PriorityQueue<(DateTimeOffset At, string, Signal), (DateTimeOffset, long)> waiting, CancellationToken stop)
    {
        var next = await rounds.Next(stop);
        if (await sweep.Next(stop) is var night && night < next) next = night;
        if (waiting.TryPeek(out var signal, out _) && signal.At < next) next = signal.At;
        return await store.Due(next, 1, stop) is [var (_, at)] && at < next ? at : next;
    }

    async Task TakeDue(PriorityQueue<(DateTimeOffset At, string Customer, Signal Signal), (DateTimeOffset, long)> waiting, CancellationToken stop)
    {
        var batch = new List<(string, Signal)>();
        while (waiting.TryPeek(out var signal, out _) && signal.At <= clock.GetUtcNow())
        {
            waiting.Dequeue();
            batch.Add((signal.Customer, signal.Signal));
        }

        if (batch.Count > 0) await engine.Take(batch, stop);
    }

    async Task WakeDue(CancellationToken stop)
    {
        while (await store.Due(clock.GetUtcNow(), Together, stop) is { Count: > 0 } due)
            await Task.WhenAll(due.Select(entry => engine.Wake(entry.Customer, stop)));
    }
}
