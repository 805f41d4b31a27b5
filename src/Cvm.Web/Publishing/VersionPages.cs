using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>Every version of a journey that was ever live, and two of them side by side.</summary>
static class VersionPages
{
    public static async Task<IResult> Show(string name, int? old, int? @new, [FromServices] Publisher publisher, [FromServices] LivePlaybook live, IRecords records, IMemo memo, TimeProvider clock, CancellationToken stop)
    {
        await live.Look(stop);
        var rows = JourneyHistory.Of(name, live, await records.Tallies([Tallies.At], stop));
        if (rows.IsEmpty && await publisher.Next(name, stop) is null) return PublishPages.Lacks(name, live.Now);

        var known = live.Now.Playbook.Journeys.Concat(live.Now.Playbook.Earlier).Where(journey => journey.Name == name).OrderBy(journey => journey.Version).ToImmutableArray();
        var (left, right) = Pair(known, rows, old, @new);
        var next = await publisher.Next(name, stop);
        return Site.Show<VersionsPage>(new VersionsView
        {
            Journey = name,
            Rows = [.. rows.Reverse()],
            Moved = await Moved(rows, memo, stop),
            Versions = [.. known.Select(journey => journey.Version)],
            Difference = left is not null && right is not null ? JourneyDifference.Of(left, right) : null,
            Old = left?.Version ?? 0,
            New = right?.Version ?? 0,
            Waits = next is var (yaml, draft) && live.Now.Texts.FirstOrDefault(text => text.Journey == name)?.Yaml != yaml ? draft is null ? Waiting.Folder : Waiting.Draft : Waiting.Nothing,
            Back = rows.IsEmpty ? null : rows.LastOrDefault(row => row.Publication.Version != rows[^1].Publication.Version)?.Publication.Version,
            Zone = live.Now.Playbook.Policies.Zone,
            Now = clock.GetUtcNow(),
        });
    }

    // As asked; else what is live beside what was live before.
    static (Journey? Old, Journey? New) Pair(ImmutableArray<Journey> known, ImmutableArray<JourneyHistory.Row> rows, int? old, int? next)
    {
        var (now, before) = (rows.LastOrDefault()?.Publication.Version, rows.LastOrDefault(row => row.Publication.Version != rows[^1].Publication.Version)?.Publication.Version);
        return (known.FirstOrDefault(journey => journey.Version == (old ?? before)), known.FirstOrDefault(journey => journey.Version == (next ?? now)));
    }

    static async Task<ImmutableDictionary<int, Moving.Progress>> Moved(ImmutableArray<JourneyHistory.Row> rows, IMemo memo, CancellationToken stop)
    {
        var moved = ImmutableDictionary.CreateBuilder<int, Moving.Progress>();
        foreach (var row in rows.Where(row => !row.Publication.Places.IsEmpty)) moved[row.Publication.Number] = await Moving.Of(row.Publication, memo, stop) ?? new();
        return moved.ToImmutable();
    }
}

/// <summary>Whether there is a text that is not live.</summary>
public enum Waiting { Nothing, Folder, Draft }

/// <summary>How a journey came to be as it is.</summary>
public sealed record VersionsView
{
    public required string Journey { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<JourneyHistory.Row> Rows { get; init; }

    /// <summary>How far moving has come, by the number of the publication.</summary>
    public required ImmutableDictionary<int, Moving.Progress> Moved { get; init; }

    /// <summary>Versions that can be shown side by side.</summary>
    public required ImmutableArray<int> Versions { get; init; }

    public required JourneyDifference? Difference { get; init; }
    public required int Old { get; init; }
    public required int New { get; init; }
    public required Waiting Waits { get; init; }

    /// <summary>The version to go back to; null where there is none.</summary>
    public required int? Back { get; init; }

    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }
}
