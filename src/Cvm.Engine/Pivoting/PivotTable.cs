namespace Cvm.Engine;

/// <summary>The answer to a question: people sorted into rows and columns, and what comes of them.</summary>
/// <param name="Rows">Values that somebody has, in order; then, where there are too many, a last one for all others together, which has no name.</param>
/// <param name="Columns">Likewise; empty for rows alone.</param>
public sealed record PivotTable(PivotQuery Query, ImmutableArray<PivotValue> Rows, ImmutableArray<PivotValue> Columns)
{
    readonly PivotCell[] cells = [];

    internal PivotTable(PivotQuery query, ImmutableArray<PivotValue> rows, ImmutableArray<PivotValue> columns, PivotCell[] cells) : this(query, rows, columns) => this.cells = cells;

    /// <summary>The cell of a row and a column. The place after the last row is the total of a column, the one after the last column that of a row; each counts everybody once.</summary>
    public PivotCell this[int row, int column] => cells[row * (Columns.Length + 1) + column];

    /// <summary>Everybody whom the filters let through.</summary>
    public PivotCell Total => this[Rows.Length, Columns.Length];

    /// <summary>When the people were as they are here.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>The name of those who stand together because there are too many values.</summary>
    public const string Others = "";
}

/// <summary>What comes of some people.</summary>
/// <param name="Value">NaN where there is nobody of whom it is known.</param>
/// <param name="Of">How many of them a rate or an average rests on.</param>
public readonly record struct PivotCell(int People, double Value, int Of);
