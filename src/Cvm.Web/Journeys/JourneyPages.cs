using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class JourneyPages
{
    static readonly string[] Kinds = [Tallies.At, Tallies.Entered, Tallies.HeldOut, Tallies.NotEntered, Tallies.Ended, Tallies.Goal, Tallies.Sent, Tallies.Reported, Tallies.Measured];

    public static async Task<IResult> List(IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (tallies, whole) = (await records.Tallies(new TallyQuery([.. Kinds]) { Whole = true }, stop), playbook());
        var loaded = whole.Playbook;
        return Site.Show<JourneysPage>(new JourneysView([.. loaded.Journeys.Select(journey => Glance.Of(journey, tallies))])
        {
            Drafts = [.. (await new Drafts(memo, clock).All(stop)).Select(draft => new DraftRow(draft, loaded.Find(draft.Journey)?.Version))],
            Pressure = PlaybookCheck.AsItStands(whole, clock.GetUtcNow()).Pressure,
            Now = clock.GetUtcNow(),
        });
    }

    public static async Task<IResult> One(string name, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var loaded = playbook();
        if (loaded.Playbook.Find(name) is not { } journey)
            return Site.Lacks(new(T("No journey '{0}'", name), T("It may have been renamed, or taken out of the playbook."), "/journeys", T("See all journeys")));

        var tallies = await records.Tallies(new TallyQuery([.. Kinds, Tallies.Came, Tallies.Left]) { Journey = name }, stop);
        var yaml = loaded.Texts.FirstOrDefault(text => text.Journey == name && text.Version == journey.Version)?.Yaml;
        var proof = ProofReport.Of(tallies, loaded.Playbook, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).Journeys.First(one => one.Journey.Name == name);
        return Site.Show<JourneyPage>(JourneyView.Of(journey, yaml, tallies) with { Proof = proof, Currency = loaded.Playbook.Policies.Currency });
    }
}

public sealed record JourneysView(ImmutableArray<Glance> Journeys)
{
    /// <summary>Journeys that somebody is writing, the newest first.</summary>
    public ImmutableArray<DraftRow> Drafts { get; init; } = [];

    /// <summary>The most that one person can get; null where that is not shown.</summary>
    public Pressure? Pressure { get; init; }

    public DateTimeOffset Now { get; init; }
}

/// <param name="Live">The version that is live; null where none is.</param>
public sealed record DraftRow(Draft Draft, int? Live);

/// <summary>One journey: how it goes, who is where, and what came of it.</summary>
public sealed record JourneyView
{
    public required Journey Journey { get; init; }
    public required string? Yaml { get; init; }
    public required Glance Glance { get; init; }

    /// <summary>What it earned; null where that is not shown.</summary>
    public JourneyProof? Proof { get; init; }

    public string Currency { get; init; } = "";

    /// <summary>People at each step of this version, by step id.</summary>
    public required ImmutableDictionary<string, long> Here { get; init; }

    /// <summary>Who came to each step of this version, waits there, and left there; empty where nobody has.</summary>
    public ImmutableArray<FunnelStep> Steps { get; init; } = [];

    /// <summary>People in other versions, newest version first.</summary>
    public required ImmutableArray<(int Version, long People)> Elsewhere { get; init; }

    /// <summary>How it ended, the commonest first.</summary>
    public required ImmutableArray<(string Outcome, long Count)> Outcomes { get; init; }

    /// <summary>Why people did not enter, the commonest first.</summary>
    public required ImmutableArray<(string Reason, long Count)> Refusals { get; init; }

    /// <summary>What became of its messages.</summary>
    public Deliverability News { get; init; } = Deliverability.None;

    public static JourneyView Of(Journey journey, string? yaml, IReadOnlyList<(Tally Tally, long Count)> tallies)
    {
        var own = tallies.Where(t => t.Tally.Journey == journey.Name).ToList();
        var places = own.Where(t => t.Tally.Kind == Tallies.At).Select(t => (Place: PlaceOf(t.Tally.Detail), t.Count)).ToList();

        return new()
        {
            Journey = journey,
            Yaml = yaml,
            Glance = Glance.Of(journey, tallies),
            Here = places.Where(p => p.Place.Version == journey.Version).GroupBy(p => p.Place.Step).ToImmutableDictionary(g => g.Key, g => g.Sum(p => p.Count)),
            Elsewhere = [.. places.Where(p => p.Place.Version != journey.Version).GroupBy(p => p.Place.Version).Select(g => (g.Key, g.Sum(p => p.Count))).OrderByDescending(p => p.Key)],
            Steps = JourneyFunnel.Of(journey, own),
            Outcomes = ByDetail(Tallies.Ended),
            News = Deliverability.Of(own),
            Refusals = ByDetail(Tallies.NotEntered),
        };

        ImmutableArray<(string, long)> ByDetail(string kind) =>
            [.. own.Where(t => t.Tally.Kind == kind).GroupBy(t => t.Tally.Detail).Select(g => (g.Key, Count: g.Sum(t => t.Count))).OrderByDescending(g => g.Count).ThenBy(g => g.Key, StringComparer.Ordinal)];
    }

    static (int Version, string Step) PlaceOf(string detail)
    {
        var slash = detail.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(detail.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture), detail[(slash + 1)..]);
    }
}
