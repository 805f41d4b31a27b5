namespace Cvm.Engine;

/// <summary>Where things stand in the file, as its first line says: everything that workers share and nobody changes.</summary>
/// <param name="Begin">Where the rows begin.</param>
/// <param name="Line">The line that the rows begin on.</param>
/// <param name="RowBytes">Mean length of the first rows.</param>
/// <param name="Currency">What the first row that names a currency says; null where there is no such column, or nothing in it.</param>
sealed record OrderLayout(OrderFile File, ImmutableArray<string> Names, ColumnMap Columns, char Delimiter, long Begin, long Length, int Line, double RowBytes, string? Currency)
{
    public int Customer { get; } = Columns.Of("customer");
    public int At { get; } = Columns.Of("at");
    public int Amount { get; } = Columns.Of("amount");
    public int CurrencyAt { get; } = Columns.Of("currency");

    /// <summary>Decimal sign: files with semicolons write commas.</summary>
    public bool Commas => Delimiter == ';';

    /// <summary>About how many rows there are.</summary>
    public long Rows => (long)((Length - Begin) / RowBytes);

    /// <summary>Last day that an order may lie on.</summary>
    public int Latest { get; } = File.Today.DayNumber + 1;

    public OrderDays Window { get; } = new(
        File.CalibrationEnd?.DayNumber ?? int.MaxValue,
        File.CalibrationEnd is null ? int.MaxValue : File.HoldoutEnd?.DayNumber ?? int.MaxValue);
}
