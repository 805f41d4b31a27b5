using System.Runtime.CompilerServices;

namespace Cvm.Engine;

/// <summary>Plays a playbook over the whole audience in virtual time, on the real kernel, and touches nothing: customers are read, their lives are played in memory, numbers are kept.
/// Customers do not depend on each other, so they are played in batches side by side, and the same plan gives the same numbers.</summary>
public static class Rehearsal
{
    // Scoring fills tables that serve a whole batch.
    const int BatchSize = 8_192;

    /// <summary>Plays the plan over everybody in the store.</summary>
    /// <param name="show">Told now and then how many customers have been played. May be null.</param>
    public static async Task<RehearsalCount> Play(RehearsalPlan plan, IStore store, Action<int>? show, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Days, 1);
        var (sum, guard, rows) = (new RehearsalCount(), new Lock(), new OutlookRows());

        await Parallel.ForEachAsync(Batches(store, stop), new ParallelOptions { MaxDegreeOfParallelism = plan.AtOnce == 0 ? Environment.ProcessorCount : plan.AtOnce, CancellationToken = stop }, async (batch, cancelled) =>
        {
            var part = await PlayBatch(plan, store, batch, rows, cancelled);
            lock (guard)
            {
                sum.Add(part);
                show?.Invoke(sum.Customers);
            }
        });

        return sum;
    }

    static async IAsyncEnumerable<IReadOnlyList<string>> Batches(IStore store, [EnumeratorCancellation] CancellationToken stop)
    {
        var after = "";
        while (await store.Page(after, BatchSize, stop) is [.., var last] page)
        {
            yield return [.. page.Select(row => row.Customer)];
            after = last.Customer;
        }
    }

    static async Task<RehearsalCount> PlayBatch(RehearsalPlan plan, IStore store, IReadOnlyList<string> customers, OutlookRows rows, CancellationToken stop)
    {
        var count = new RehearsalCount();
        var lives = new List<RehearsedLife>(customers.Count);
        foreach (var customer in customers)
        {
            var present = (await store.Load(customer, "", stop)).Dossier;
            if (present.MergedInto is not null) continue; // it is lived by the one it became part of
            var dossier = await plan.Responses.Before(present, plan.From, plan.Playbook, stop);
            lives.Add(new(plan, dossier, await plan.Responses.Of(present, plan.From, plan.Until, stop), count));
        }

        PlayNights(plan, lives, rows, stop);
        foreach (var life in lives) life.PlayUntil(plan.Until);
        foreach (var life in lives) life.End();
        return count;
    }

    // Night by night, because a night scores the whole batch at once.
    static void PlayNights(RehearsalPlan plan, List<RehearsedLife> lives, OutlookRows rows, CancellationToken stop)
    {
        if (plan.Model is not { } model) return;

        var standings = new StandingList(lives.Count);
        foreach (var (day, night) in Nights(plan))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var life in lives) life.PlayUntil(night);

            var who = standings.Fill(lives);
            foreach (var (place, scores) in new Scorer(model with { AsOf = day }, plan.Playbook).Moved(standings.Known, rows: rows)) lives[who[place]].Score(scores, night);
        }
    }

    static IEnumerable<(DateOnly Day, DateTimeOffset Night)> Nights(RehearsalPlan plan)
    {
        var zone = plan.Playbook.Policies.Zone;
        for (var day = LocalTimes.Day(zone, plan.From); ; day = day.AddDays(1))
        {
            var night = LocalTimes.At(zone, day, plan.Playbook.Scores.At);
            if (night > plan.Until) yield break;
            if (night > plan.From) yield return (day, night);
        }
    }

    // Standings of those who have ordered; made anew only where something may have changed.
    sealed class StandingList(int size)
    {
        readonly Dossier?[] seen = new Dossier?[size];
        readonly Standing?[] made = new Standing?[size];

        public List<Standing> Known { get; } = [];

        public List<int> Fill(List<RehearsedLife> lives)
        {
            Known.Clear();
            var who = new List<int>(size);
            for (var i = 0; i < lives.Count; i++)
            {
                var dossier = lives[i].Dossier;
                if (seen[i] is not { } before || Standing.MayDiffer(before, dossier)) made[i] = Standing.Of(dossier);
                seen[i] = dossier;
                if (made[i] is not { } standing) continue;
                Known.Add(standing);
                who.Add(i);
            }

            return who;
        }
    }
}
