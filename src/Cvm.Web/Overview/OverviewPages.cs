using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class OverviewPages
{
    const int MostListed = 200;

    public static async Task<IResult> Show(
        IRecords records, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, IMemo memo, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var loaded = playbook();
        var latest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var tallies = await Lately(records, latest.AddDays(1), stop);
        var outbox = await records.Outbox(null, MostListed, stop);
        var doubtful = await records.Outbox(OutboxState.InDoubt, MostListed, stop);
        var cases = await records.OpenCases(MostListed, stop);

        var attention = new Attention
        {
            InDoubt = [.. doubtful],
            Overdue = [.. cases.Where(c => c.Case.WaitingSince is null && SlaClock.Next(c.Case) < now)],
            LateTasks = (await records.OpenTasks(MostListed, stop)).Count(one => one.Task.DueAt <= now),
            Blocked = await Blockage.Of(senders, records, now, stop),
            Alerts = await Alerts(loaded, records, memo, latest, stop),
            Currency = loaded.Playbook.Policies.Currency,
            TryingAgain = outbox.Count(e => e.Entry is { State: OutboxState.Queued, LastProblem: not null }),
        };

        var current = loaded.Playbook;
        return Site.Show<OverviewPage>(new OverviewView(Overview.Of(tallies, current, DateOnly.FromDateTime(now.UtcDateTime), attention), current.Policies.Zone, now, current.Pauses.Any(pause => pause.Journey is null)));
    }

    // Of the days that are shown each; of all that came before, and of what stands, the sums.
    static async Task<IReadOnlyList<(Tally, long)>> Lately(IRecords records, DateOnly today, CancellationToken stop)
    {
        var first = today.AddDays(1 - 2 * Overview.Window);
        var days = await records.Tallies(new TallyQuery(Tallies.Sent, Tallies.Skipped, Tallies.Shifted, Tallies.Failed, Tallies.Happened, Tallies.Reported) { From = first }, stop);
        var sums = await records.Tallies(new TallyQuery(Tallies.Now, Tallies.At, Tallies.Entered, Tallies.HeldOut, Tallies.Goal) { Whole = true }, stop);
        return [.. days, .. sums];
    }

    static async Task<ImmutableArray<MeasureWeek>> Alerts(LoadedPlaybook loaded, IRecords records, IMemo memo, DateOnly latest, CancellationToken stop)
    {
        var watched = loaded.Measures.Where(measure => measure is { Alert: not null, Monthly: false }).ToList();
        if (watched.Count == 0) return [];
        var books = await MeasureBooks.Read(records, memo, loaded.Playbook, watched, MeasureWeek.Begin(watched, latest), latest, stop);
        return [.. MeasureWeek.Of(watched, books, latest).Where(week => week.Side != 0)];
    }
}

/// <param name="Now">When the page was made.</param>
/// <param name="Paused">Whether no message goes out at all.</param>
public sealed record OverviewView(Overview Overview, string Zone, DateTimeOffset Now, bool Paused);
