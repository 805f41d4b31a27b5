namespace Cvm.Engine;

/// <summary>Keeps a rate exactly: never more within any span of that length, and no less while somebody waits. Who finds no room is given a
/// time of his own to come back, so that a crowd does not come back together. Not for several threads at once.</summary>
/// <param name="rate">Null for as many as come.</param>
public sealed class Pace(Rate? rate)
{
    static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(30);

    // When those of the last span went, oldest first.
    readonly Queue<DateTimeOffset> gone = new();

    // Where each line ends. Who has waited, or must not wait behind a campaign, stands in the first.
    DateTimeOffset first, second;

    // Places given to the first line: those to come; and those whose time has come, until they are used or lost.
    readonly Queue<(DateTimeOffset At, string Key)> promised = new(), lapsing = new();
    readonly Dictionary<string, DateTimeOffset> awaited = new(StringComparer.Ordinal);

    /// <summary>Whether this one may go now: where there is room, and nobody else has a right to it.</summary>
    public bool HasRoom(string key, DateTimeOffset now)
    {
        if (rate is null) return true;
        while (gone.TryPeek(out var oldest) && oldest + rate.Within <= now) gone.Dequeue();

        while (promised.TryPeek(out var next) && next.At <= now)
        {
            awaited[next.Key] = next.At;
            lapsing.Enqueue(promised.Dequeue());
        }

        var grace = rate.Within < LongestGrace ? rate.Within : LongestGrace;
        while (lapsing.TryPeek(out var late) && late.At + grace < now)
        {
            if (awaited.GetValueOrDefault(late.Key) == late.At) awaited.Remove(late.Key);
            lapsing.Dequeue();
        }

        return rate.Most - gone.Count > (awaited.ContainsKey(key) ? 0 : awaited.Count);
    }

    /// <summary>One goes. Only where there is room.</summary>
    public void Go(string key, DateTimeOffset now)
    {
        if (rate is null) return;
        awaited.Remove(key);
        gone.Enqueue(now);

        // With room to spare nobody needs to stand in line, whatever has become of those who did.
        if (gone.Count + awaited.Count >= rate.Most) return;
        (first, second) = (default, default);
        promised.Clear();
    }

    /// <summary>When to come back: not before that time, and after those in line already.</summary>
    public DateTimeOffset Line(string key, bool ahead, DateTimeOffset notBefore)
    {
        if (rate is null) return Whole(notBefore);
        awaited.Remove(key);

        // Where there is room it is somebody else's, who is on his way.
        var apart = rate.Within / rate.Most;
        var free = gone.Count < rate.Most ? notBefore + apart : Later(gone.Peek() + rate.Within, notBefore);
        ref var end = ref ahead ? ref first : ref second;
        end = Later(end + apart, free);
        if (ahead) promised.Enqueue((Whole(end), key));
        return Whole(end);
    }

    // Stores keep milliseconds, and must not wake anybody before his time.
    static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks((TimeSpan.TicksPerMillisecond - at.Ticks % TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond);

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
