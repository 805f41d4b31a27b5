using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Tests;

static class IntakeSamples
{
    public static Playbook Playbook(string zone) => new()
    {
        Journeys = [],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty,
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty,
        Loyalty = new(),
        Policies = new() { Zone = zone },
        Holidays = HolidayCalendar.Empty,
        Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty,
    };

    public sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>Remembers what it took, as the engine does; fails on the chunk after so many signals.</summary>
sealed class Taker
{
    readonly HashSet<(string Customer, string Signal)> known = [];

    public List<(string Customer, Signal Signal)> Signals { get; } = [];
    public List<int> Chunks { get; } = [];
    public int FailAfter { get; set; } = int.MaxValue;

    public Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        if (Signals.Count >= FailAfter) throw new TimeoutException("killed");

        Chunks.Add(signals.Count);
        return Task.FromResult(signals.Select(Take).ToArray());
    }

    Taking Take((string Customer, Signal Signal) signal)
    {
        if (!known.Add((signal.Customer, signal.Signal.Id))) return Taking.TakenBefore;
        Signals.Add(signal);
        return Taking.Taken;
    }
}
