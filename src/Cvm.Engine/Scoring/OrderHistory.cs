namespace Cvm.Engine;

/// <summary>What every customer bought and when, as flat arrays: one place per customer, in the order in which they first appear in the file.
/// Days are <see cref="DateOnly.DayNumber"/>s as the file writes them; an offset behind a time is not applied.</summary>
/// <remarks>
/// Only customers with an order up to <see cref="CalibrationEnd"/> are in it. A negative amount is money that went back: no order, no day.
/// An amount of zero is an order. Orders of a customer on the same day are one of <see cref="Days"/>.
/// </remarks>
public sealed record OrderHistory
{
    public string[] Customers { get; init; } = [];

    /// <summary>Day of the first order.</summary>
    public int[] FirstDay { get; init; } = [];

    /// <summary>Day of the last order up to the calibration's end.</summary>
    public int[] LastDay { get; init; } = [];

    /// <summary>Different days with an order; at least 1. One less is the number of repeat purchases of the lifetime models.</summary>
    public int[] Days { get; init; } = [];

    /// <summary>Rows that are orders; at least <see cref="Days"/>.</summary>
    public int[] Orders { get; init; } = [];

    /// <summary>Money of all orders, before refunds; never negative.</summary>
    public double[] Spent { get; init; } = [];

    /// <summary>Money of the first day's orders, before refunds; a part of <see cref="Spent"/>.</summary>
    public double[] FirstSpent { get; init; } = [];

    /// <summary>Money that went back, as a positive number; may be more than <see cref="Spent"/>.</summary>
    public double[] Refunded { get; init; } = [];

    /// <summary>Different days with an order in the holdout.</summary>
    public int[] HoldoutDays { get; init; } = [];

    /// <summary>Money of the holdout's orders, before refunds.</summary>
    public double[] HoldoutSpent { get; init; } = [];

    /// <summary>Last day whose orders count: as asked for, or the day of the last order.</summary>
    public int CalibrationEnd { get; init; }

    /// <summary>Last day of the holdout; never before <see cref="CalibrationEnd"/>.</summary>
    public int HoldoutEnd { get; init; }

    /// <summary>Rows of the file, without the header and empty lines.</summary>
    public long Rows { get; init; }

    public OrderCounts Counts { get; init; }

    /// <summary>Rows that could not be read.</summary>
    public long Bad { get; init; }

    /// <summary>The first few of them, each with its line, its column and the reason.</summary>
    public ImmutableArray<Problem> FirstBad { get; init; } = [];

    /// <summary>Which column was read as which field.</summary>
    public ImmutableArray<(string Field, string Column)> Columns { get; init; } = [];

    /// <summary>Why the file as a whole could not be read; then there are no customers.</summary>
    public Problem? Problem { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Spent less refunded, per customer; may be negative.</summary>
    public double Net(int customer) => Spent[customer] - Refunded[customer];

    /// <summary>Reads the file on all cores. Whatever is wrong with it becomes a <see cref="Problem"/> or a bad row; nothing throws but a bug, or <paramref name="stop"/>.</summary>
    /// <param name="progress">Told the share that has been read, from 0 to 1, now and then and from any thread.</param>
    public static OrderHistory Read(OrderFile file, Action<double> progress, CancellationToken stop) => OrderReading.Read(file, progress, stop);
}

/// <summary>What became of the rows that could be read.</summary>
/// <param name="Orders">Orders up to the calibration's end.</param>
/// <param name="Refunds">Rows with a negative amount, wherever they lie.</param>
/// <param name="Holdout">Orders in the holdout.</param>
/// <param name="Later">Orders after the holdout's end, which count for nothing.</param>
/// <param name="Newcomers">Customers whose first order lies after the calibration's end; left out.</param>
/// <param name="OnlyRefunds">Customers with refunds and no order at all; left out.</param>
public readonly record struct OrderCounts(long Orders, long Refunds, long Holdout, long Later, int Newcomers, int OnlyRefunds);
