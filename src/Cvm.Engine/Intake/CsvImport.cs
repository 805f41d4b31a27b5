using CsvHelper;

namespace Cvm.Engine;

/// <summary>Takes in a CSV file of any size: good rows land, bad rows go to quarantine, and the same file again changes nothing,
/// even where the first import was killed.</summary>
public static class CsvImport
{
    /// <summary>Rows that share a commit.</summary>
    public const int Chunk = 1_000;

    /// <summary>Imports the file. Reports progress after each commit. Cancelled, it stops between commits; run again, it goes on.</summary>
    public static async Task<ImportResult> Run(ImportJob job, TakeSignals take, Action<ImportProgress> progress, CancellationToken stop)
    {
        var begun = job.Clock.GetTimestamp();
        var tally = new ImportTally();
        Problem? problem = null;

        try
        {
            problem = await Read(job, take, tally, () => progress(tally.Progress(job.Clock.GetElapsedTime(begun))), stop);
        }
        catch (CsvFormatException e)
        {
            problem = new(new(job.Path, (int)e.LineNumber), "A row begins here that does not end within 1 MB.", "A closing quote is missing.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new(new(job.Path), e.Message);
        }

        return tally.Result(job, problem, job.Clock.GetElapsedTime(begun));
    }

    static async Task<Problem?> Read(ImportJob job, TakeSignals take, ImportTally tally, Action progress, CancellationToken stop)
    {
        using var table = CsvTable.Open(job.Path);
        if (table.Columns.IsEmpty) return new(new(job.Path), "The file is empty.", "Its first line must name the columns.");
        if (ColumnMap.Find(job.Kind, table.Columns, job.Map, out var what, out var fix) is not { } columns) return new(new(job.Path, 1), what, fix);

        if (job.Kind == ImportKind.Reviews && ReviewRows.Lacks(job.Playbook) is { } lack) return lack;

        tally.Columns = columns.Pairs;
        var check = new Check(IntakeRules.Of(job.Playbook, job.Clock.GetUtcNow())) { LocalTimesAllowed = true };
        CsvRows rows = job.Kind switch
        {
            ImportKind.Orders => new OrderRows(columns, check, Learn(job.Path, columns, stop)),
            ImportKind.Answers => new AnswerRows(columns, check, Learn(job.Path, columns, stop)),
            ImportKind.Reviews => new ReviewRows(columns, check, Learn(job.Path, columns, stop)),
            _ => new CustomerRows(columns, check),
        };

        using var quarantine = new Quarantine(job.Quarantine, table);
        await using var flight = new Flight(take, tally, progress, stop);
        while (table.Read())
        {
            tally.Read(table);
            var arrival = rows.Read(table);
            if (rows is ReviewRows reviews) arrival = await reviews.Find(arrival, job.Store!, job.People!, stop);
            if (arrival.Signal is { } signal) await flight.Add(arrival.Customer, signal);
            else quarantine.Add(columns, arrival.Problems);
            tally.Quarantined = quarantine.Count;
        }

        tally.End();
        await flight.Land();
        return null;
    }

    static RowKeys Learn(string path, ColumnMap columns, CancellationToken stop)
    {
        using var table = CsvTable.Open(path);
        return RowKeys.Learn(table, columns.Of("id"), stop);
    }

    /// <summary>Fills one chunk while the one before is being committed.</summary>
    sealed class Flight(TakeSignals take, ImportTally tally, Action progress, CancellationToken stop) : IAsyncDisposable
    {
        List<(string Customer, Signal Signal)> chunk = new(Chunk);
        Task<Taking[]> pending = Task.FromResult<Taking[]>([]);

        public ValueTask Add(string customer, Signal signal)
        {
            tally.Saw(customer);
            chunk.Add((customer, signal));
            return chunk.Count < Chunk ? ValueTask.CompletedTask : new(Leave());
        }

        public async Task Land()
        {
            await Leave();
            await Leave();
        }

        async Task Leave()
        {
            tally.Add(await pending);
            pending = Task.FromResult<Taking[]>([]);
            stop.ThrowIfCancellationRequested();
            progress();
            if (chunk.Count == 0) return;

            var leaving = chunk;
            chunk = new(Chunk);
            pending = Task.Run(() => take(leaving, stop), stop);
        }

        // Whatever went wrong meanwhile, a commit under way is waited for: its rows count, and its failure is told by the first exception.
        public async ValueTask DisposeAsync() => await pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
