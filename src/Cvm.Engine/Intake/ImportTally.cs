namespace Cvm.Engine;

/// <summary>Counts what an import does.</summary>
sealed class ImportTally
{
    readonly HashSet<ulong> customers = [];
    long taken, takenBefore, bytes, totalBytes;

    public long Rows { get; private set; }
    public long Quarantined { get; set; }

    public ImmutableArray<(string Field, string Column)> Columns { get; set; } = [];

    /// <summary>Notes a row that was read.</summary>
    public void Read(CsvTable table)
    {
        Rows++;
        (bytes, totalBytes) = (table.Position, table.Length);
    }

    /// <summary>Notes that the file is at its end.</summary>
    public void End() => bytes = totalBytes;

    public void Add(Taking[] takings)
    {
        foreach (var taking in takings)
        {
            if (taking == Taking.Taken) taken++;
            else takenBefore++;
        }
    }

    /// <summary>Counts a customer once. Keeps 64 bits of each.</summary>
    public void Saw(string customer)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var letter in customer) hash = (hash ^ letter) * 1099511628211UL;
        customers.Add(hash);
    }

    public ImportProgress Progress(TimeSpan took) => new(Rows, bytes, totalBytes, took > TimeSpan.Zero ? Rows / took.TotalSeconds : 0);

    public ImportResult Result(ImportJob job, Problem? problem, TimeSpan took) => new()
    {
        Rows = Rows,
        Taken = taken,
        TakenBefore = takenBefore,
        Quarantined = Quarantined,
        Customers = customers.Count,
        Took = took,
        Quarantine = Quarantined > 0 ? job.Quarantine : null,
        Columns = Columns,
        Problem = problem,
    };
}
