namespace Cvm.Engine;

/// <summary>What the rows of a file are.</summary>
public enum ImportKind { Orders, Customers, Answers, Reviews }

/// <summary>A CSV file to take in.</summary>
public sealed record ImportJob
{
    public required ImportKind Kind { get; init; }

    /// <summary>A file that can be read twice; no pipe.</summary>
    public required string Path { get; init; }

    /// <summary>Fields and their columns, such as <c>customer=customer_id,at=date</c>; what it leaves out is guessed.</summary>
    public string Map { get; init; } = "";

    /// <summary>Where bad rows go.</summary>
    public string Quarantine { get => field ?? System.IO.Path.ChangeExtension(Path, ".quarantine.csv"); init; }

    /// <summary>Who is known, and <see cref="People"/> who has which address; reviews are nobody's without them.</summary>
    public IStore? Store { get; init; }

    public IPeople? People { get; init; }

    public required Playbook Playbook { get; init; }
    public required TimeProvider Clock { get; init; }
}

/// <summary>How far an import is: rows and bytes that were read, and the bytes of the whole file.</summary>
public readonly record struct ImportProgress(long Rows, long Bytes, long TotalBytes, double RowsPerSecond);

/// <summary>What came of an import. Rows are either taken, taken before or quarantined, unless a <see cref="Problem"/> stopped it.</summary>
public sealed record ImportResult
{
    public long Rows { get; init; }
    public long Taken { get; init; }
    public long TakenBefore { get; init; }
    public long Quarantined { get; init; }

    /// <summary>Different customers among the good rows.</summary>
    public long Customers { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>The file with the bad rows; null where all were good.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Which column was read as which field.</summary>
    public ImmutableArray<(string Field, string Column)> Columns { get; init; } = [];

    /// <summary>Why the file as a whole could not be read, or not to its end; rows before that have landed.</summary>
    public Problem? Problem { get; init; }
}
