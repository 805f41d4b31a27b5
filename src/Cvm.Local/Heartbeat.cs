using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cvm.Local;

/// <summary>Keeps everything moving while the process runs: the daily rounds, and whoever is due.</summary>
sealed class Heartbeat(Workplace workplace, ILogger<Heartbeat> log) : BackgroundService
{
    const int AtOnce = 8;
    const int MostAtOnce = 500;
    const int MostReported = 10;
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(5);

    readonly Channel<bool> nudges = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        workplace.Nudged = () => nudges.Writer.TryWrite(true);
        workplace.Failed = failure => log.LogError(failure, "The new day passed {Customer} by.", failure.Customer);
        await Task.Yield(); // the pages should not wait for the first round
        var told = false;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!told) await workplace.Issues.GoOn(stoppingToken); // telling that was cut off
                told = true;
                await Beat(stoppingToken);
                await Rest(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // What is due stays due: a full disk or a bug in one journey must not stop the rest for good.
                log.LogError(failure, "A beat failed; the next comes in {Seconds} seconds.", LongestRest.TotalSeconds);
                await Task.Delay(LongestRest, workplace.Clock, CancellationToken.None);
            }
        }
    }

    async Task Beat(CancellationToken stop)
    {
        if (await workplace.Moving.GoOn(stop) is { People: > 0 and var moved }) log.LogInformation("{People} people in flight were moved, or ended with a stopped journey.", moved);
        if (await workplace.Rounds.Make(stop) is > 0 and var told) log.LogInformation("A new day for {Customers} customers.", told);

        if (await workplace.Sweep.Make(stop) is { } sweep)
            log.LogInformation("Scored {Customers} customers by {Model}; {Moved} have moved.", sweep.Customers, sweep.Model.Name, sweep.Moved);

        var failed = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        while (true)
        {
            var due = await workplace.Store.Due(workplace.Clock.GetUtcNow(), MostAtOnce + failed.Count, stop);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
            var able = due.Where(entry => !failed.ContainsKey(entry.Customer)).ToList();
            if (able.Count == 0) break;
            await Parallel.ForEachAsync(able, parallel, async (entry, inner) => await Wake(entry.Customer, failed, inner));
        }

        if (!failed.IsEmpty) throw new AggregateException($"{failed.Count} customers could not be woken.", failed.Values.Take(MostReported));
    }

    // One customer's trouble must not keep the others waiting; it comes round again with the next beat.
    async Task Wake(string customer, ConcurrentDictionary<string, Exception> failed, CancellationToken stop)
    {
        try
        {
            await workplace.Engine.Wake(customer, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            failed[customer] = failure;
        }
    }

    async Task Rest(CancellationToken stop)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);
        rest.CancelAfter(await UntilNext(stop));
        try
        {
            await nudges.Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nobody called. Look anyway.
        }
    }

    // Exactly, where it is near: a rate is used up only by those who come on time.
    async Task<TimeSpan> UntilNext(CancellationToken stop)
    {
        var now = workplace.Clock.GetUtcNow();
        if (await workplace.Store.Due(now + LongestRest, 1, stop) is not [var (_, at)]) return LongestRest;
        return at - now > ShortestRest ? at - now : ShortestRest;
    }
}
