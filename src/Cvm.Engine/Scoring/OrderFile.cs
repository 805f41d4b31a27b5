namespace Cvm.Engine;

/// <summary>A CSV file of orders to read the purchases of every customer from.</summary>
/// <param name="Path">A file that can be read in pieces; no pipe.</param>
public sealed record OrderFile(string Path)
{
    /// <summary>Fields and their columns, such as <c>customer=customer_id,at=date</c>; what it leaves out is guessed.</summary>
    public string Map { get; init; } = "";

    /// <summary>Orders up to this day, itself included, count; those after it are the holdout. Null: all orders count, to the last one.</summary>
    public DateOnly? CalibrationEnd { get; init; }

    /// <summary>The holdout's last day. Null: the day of the last order.</summary>
    public DateOnly? HoldoutEnd { get; init; }

    /// <summary>Order days that are kept in memory at once, 8 bytes each. A file with more of them is read several times.</summary>
    public int MostNotes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Orders more than a day after this are mistakes.</summary>
    public required DateOnly Today { get; init; }
}
