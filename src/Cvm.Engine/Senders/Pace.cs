namespace Cvm.Engine;

/// <summary>Keeps a rate exactly: never more within any span of that length, and no less while somebody waits. Who finds no room is given a
/// time of his own to come back, so that a crowd does not come back together. Not for several threads at once.</summary>
/// <param name="rate">Null for as many as come.</param>
sealed class Pace(Rate? rate)
{
    // When those of the last span went, oldest first.
    readonly Queue<DateTimeOffset> gone = new();

    // Where each line ends. Who has waited, or must not wait behind a campaign, stands in the first.
    DateTimeOffset first, second;

    public bool HasRoom(DateTimeOffset now)
    {
        if (rate is null) return true;
        while (gone.TryPeek(out var oldest) && oldest + rate.Within <= now) gone.Dequeue();
        return gone.Count < rate.Most;
    }

    /// <summary>One goes. Only where there is room.</summary>
    public void Go(DateTimeOffset now)
    {
        if (rate is null) return;
        gone.Enqueue(now);

        // With room to spare nobody needs to stand in line, whatever has become of those who did.
        if (gone.Count < rate.Most) (first, second) = (default, default);
    }

    /// <summary>When to come back: not before that time, and after those in line already.</summary>
    public DateTimeOffset Line(bool ahead, DateTimeOffset notBefore)
    {
        if (rate is null) return Whole(notBefore);

        var free = gone.Count < rate.Most ? notBefore : Later(gone.Peek() + rate.Within, notBefore);
        ref var end = ref ahead ? ref first : ref second;
        return end = Whole(Later(end + rate.Within / rate.Most, free));
    }

    // Stores keep milliseconds, and must not wake anybody before his time.
    static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks((TimeSpan.TicksPerMillisecond - at.Ticks % TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond);

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
