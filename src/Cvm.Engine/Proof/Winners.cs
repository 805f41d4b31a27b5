using System.Globalization;
using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Splits whose winner is to be promoted by rule, kept by the host: since when each runs, what won and by which figures, and who took that back. Looked at with every day's round; because
/// the intervals stay right however often one looks, that is not too often.</summary>
/// <param name="changed">Told what stands after every change, so that the host need not look again.</param>
public sealed class Winners(IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, Action<ImmutableArray<Winner>>? changed = null)
{
    const string Name = "winners";

    /// <summary>What everybody new takes now.</summary>
    public ValueTask<ImmutableArray<Winner>> Standing(CancellationToken stop) => Standing(memo, stop);

    /// <summary>The same, as a host keeps it.</summary>
    public static async ValueTask<ImmutableArray<Winner>> Standing(IMemo memo, CancellationToken stop) => [.. (await Read(memo, stop)).Select(run => run.Stands).OfType<Winner>()];

    /// <summary>Every split that runs by a rule, or did.</summary>
    public async ValueTask<ImmutableArray<SplitRun>> Runs(CancellationToken stop) => await Read(stop);

    /// <summary>Notes splits that have begun, and promotes what has won.</summary>
    public async Task Look(CancellationToken stop)
    {
        var current = playbook().Playbook;
        var ruled = current.Journeys.Where(journey => journey.Steps.Any(step => step is Step.Split { Promote: not null })).ToList();
        if (ruled.Count == 0) return;

        var now = clock.GetUtcNow();
        var groups = MeasuredTallies.Groups(await records.Tallies([Tallies.Measured], stop));
        await Change(runs =>
        {
            foreach (var journey in ruled)
                foreach (var split in ProofReport.Splits([.. groups.Where(group => group.Journey == journey.Name && group.Version == journey.Version)], journey, journey, current)) runs = Look(runs, journey, split, now);
            return runs;
        }, stop);
    }

    /// <summary>Takes a promotion back, in every version in which it stands: the lot decides again, and the rule does not promote there any more. False where none stands.</summary>
    public async Task<bool> TakeBack(string journey, string step, string by, CancellationToken stop)
    {
        var taken = false;
        await Change(runs =>
        {
            bool Concerned(SplitRun run) => run.Stands is not null && run.Journey == journey && run.Step == step;
            taken = runs.Any(Concerned);
            return [.. runs.Select(run => Concerned(run) ? run with { TakenBack = clock.GetUtcNow(), By = by } : run)];
        }, stop);
        return taken;
    }

    static ImmutableArray<SplitRun> Look(ImmutableArray<SplitRun> runs, Journey journey, SplitProof split, DateTimeOffset now)
    {
        if (journey.Find(split.Step) is not Step.Split { Promote: { } rule } || split.Arms.All(arm => arm.Group.Joined == 0)) return runs;

        var run = runs.FirstOrDefault(known => known.Journey == journey.Name && known.Version == journey.Version && known.Step == split.Step);
        if (run is null) return runs.Add(new(journey.Name, journey.Version, split.Step, now));
        if (run.Won is not null || now - run.Since < rule.After || Winner(split, rule) is not { } won) return runs;
        return runs.Replace(run, run with { Won = new(journey.Name, journey.Version, split.Step, won.Arm, now, won.Because) });
    }

    // The best against every other, each with the interval that leaves room for all pairs.
    static (string Arm, string Because)? Winner(SplitProof split, Promotion rule)
    {
        if (split.Mismatch || split.Arms.Any(arm => arm.Group.Ended < rule.Least)) return null;

        var best = split.BestBy(group => rule.By switch { PromoteBy.Profit => group.Profit.Mean, PromoteBy.Revenue => group.Revenue.Mean, _ => group.Goals / (double)group.Ended })!;
        var said = new List<string>();
        foreach (var other in split.Arms.Where(arm => arm != best))
        {
            var beside = split.Between(best, other);
            var lift = rule.By switch { PromoteBy.Profit => beside.Profit, PromoteBy.Revenue => beside.Revenue, _ => beside.Goal };
            if (!lift.Certain || lift.Low <= 0) return null;

            var scale = rule.By == PromoteBy.Goal ? 100 : 1;
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{lift.Low * scale:0.00} to {lift.High * scale:0.00} more than {other.Name}"));
        }

        var what = rule.By switch { PromoteBy.Profit => "profit per person", PromoteBy.Revenue => "revenue per person", _ => "of a hundred who reach the goal" };
        return (best.Name, $"{what}: {string.Join(", ", said)}");
    }

    ValueTask<ImmutableArray<SplitRun>> Read(CancellationToken stop) => Read(memo, stop);

    static async ValueTask<ImmutableArray<SplitRun>> Read(IMemo memo, CancellationToken stop) => Parse(await memo.Kept(Name, stop));

    static ImmutableArray<SplitRun> Parse(string? kept) => kept is null ? [] : JsonSerializer.Deserialize<ImmutableArray<SplitRun>>(kept, DossierText.Options);

    // Over what is kept at that moment: a look must not undo what somebody has taken back meanwhile.
    async Task Change(Func<ImmutableArray<SplitRun>, ImmutableArray<SplitRun>> change, CancellationToken stop)
    {
        while (true)
        {
            var kept = await memo.Kept(Name, stop);
            var before = Parse(kept);
            var runs = change(before);
            if (runs.SequenceEqual(before)) return;
            if (!await memo.Keep(Name, JsonSerializer.Serialize(runs, DossierText.Options), kept, stop)) continue;

            changed?.Invoke([.. runs.Select(run => run.Stands).OfType<Winner>()]);
            return;
        }
    }
}

/// <summary>A split that runs by a rule.</summary>
/// <param name="Since">When somebody was first seen in it.</param>
/// <param name="Won">Null while nothing has won.</param>
/// <param name="By">Who took it back.</param>
public sealed record SplitRun(string Journey, int Version, string Step, DateTimeOffset Since, Winner? Won = null, DateTimeOffset? TakenBack = null, string? By = null)
{
    /// <summary>What everybody new takes.</summary>
    public Winner? Stands => TakenBack is null ? Won : null;
}
