using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>What the pivot page shows.</summary>
/// <param name="Views">Those that come with the program, then those that people keep.</param>
public sealed record PivotPageView(PivotQuery Query, PivotTable Table, Policies Policies, ImmutableArray<Engine.PivotView> Views)
{
    const int Shades = 7;

    /// <summary>What is wrong with the address; then the usual table is shown.</summary>
    public ImmutableArray<PivotMistake> Mistakes { get; init; } = [];

    /// <summary>The values of the dimension that is to be filtered by, with the people who have them; null where none is chosen.</summary>
    public PivotTable? Choices { get; init; }

    /// <summary>Why a view was not kept; null where none was to be.</summary>
    public string? Unkept { get; init; }

    /// <summary>Who is logged in.</summary>
    public string? Acting { get; init; }

    public string CsvAddress => "/pivot.csv?" + Query.Address;

    public string PeopleAddress => PeopleAddressOf(Query);

    public static string PeopleAddressOf(PivotQuery query) => "/pivot/people" + (query.FilterAddress is "" ? "" : "?" + query.FilterAddress);

    /// <summary>The same table of those only who are in this cell; null where they cannot be named.</summary>
    public string? Drill(int row, int column)
    {
        var query = Query;
        if (row < Table.Rows.Length && Table.Rows[row].Name == PivotTable.Others) return null;
        if (column < Table.Columns.Length && Table.Columns[column].Name == PivotTable.Others) return null;
        if (row < Table.Rows.Length) query = query.Where(query.Rows, Table.Rows[row].Name);
        if (column < Table.Columns.Length && query.Columns is { } columns) query = query.Where(columns, Table.Columns[column].Name);
        return PeopleAddressOf(query);
    }

    /// <summary>0 for nothing to 7 for the most: sums from nothing on, averages between the lowest and the highest.</summary>
    public int Shade(int row, int column)
    {
        var (least, most) = Bounds;
        var value = Table[row, column].Value;
        if (double.IsNaN(value) || most <= least || value < least || Table[row, column].People == 0) return 0;

        // Sums by the square root, so that the largest cell does not bleach all others.
        var part = (value - least) / (most - least);
        return (int)Math.Min(Shades, Query.Measure.Averages ? Math.Round(part * Shades) : value <= 0 ? 0 : 1 + (Shades - 1) * Math.Sqrt(part));
    }

    (double Least, double Most) Bounds
    {
        get
        {
            var columns = Table.Columns.IsEmpty ? 1 : Table.Columns.Length;
            double[] values = [.. Enumerable.Range(0, Table.Rows.Length).SelectMany(row => Enumerable.Range(0, columns).Select(column => Table[row, column].Value)).Where(value => !double.IsNaN(value))];
            return values.Length == 0 ? (0, 0) : (Query.Measure.Averages ? values.Min() : 0, values.Max());
        }
    }

    /// <summary>A figure as people write it.</summary>
    public string Told(PivotCell cell) => cell.People == 0 || double.IsNaN(cell.Value) ? "–" : Query.Measure.Unit switch
    {
        PivotUnit.Count => Words.Count((long)Math.Round(cell.Value)),
        PivotUnit.Money => Query.Measure.Averages ? cell.Value.ToString("#,0.00", CultureInfo.InvariantCulture) : Words.Count((long)Math.Round(cell.Value)),
        PivotUnit.Percent => cell.Value.ToString(Math.Abs(cell.Value) < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + "%",
        _ => cell.Value.ToString("#,0.0", CultureInfo.InvariantCulture),
    };

    /// <summary>What the measure is counted in, behind its name.</summary>
    public string Unit => Query.Measure.Unit == PivotUnit.Money ? ", " + Policies.Currency : "";

    /// <summary>The values of a filter as people call them, found in what is offered.</summary>
    public static string Told(PivotFilter filter) => string.Join(", ", filter.Values.Select(value => Label(filter.Dimension, value)));

    static string Label(Dimension dimension, string value)
    {
        foreach (var one in dimension.Values) if (one.Name == value) return T(one.Label);
        return value == PivotValue.None ? T("none") : value;
    }
}

/// <summary>The people behind a cell.</summary>
/// <param name="Next">Whom the next page begins after; null where there is none.</param>
public sealed record PivotPeopleView(PivotQuery Query, int Count, ImmutableArray<CustomerRow> Rows, string After, string? Next, Policies Policies, DateTimeOffset Now)
{
    public string Address(string after)
    {
        var address = PivotPageView.PeopleAddressOf(Query);
        return after == "" ? address : address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "after=" + Uri.EscapeDataString(after);
    }

    public string CsvAddress => "/pivot/people.csv" + (Query.FilterAddress is "" ? "" : "?" + Query.FilterAddress);
}
