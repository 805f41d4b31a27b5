using System.CommandLine;
using System.Globalization;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

static class PivotCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var rows = Named("--rows", "What people are sorted by, down.", "dimension", PivotQuery.Usual.Rows.Name);
        var columns = Named("--columns", "What they are sorted by, across; 'none' for rows alone.", "dimension", PivotQuery.Usual.Columns!.Name);
        var measure = Named("--measure", "What is added up.", "measure", PivotQuery.Usual.Measure.Name);
        var where = new Option<string[]>("--where") { Description = "Only people of whom this holds, as on the page: a dimension, an equals sign, and values with commas between them, of which any may hold. May be given several times; all must hold.", HelpName = "dimension=value" };
        var csv = new Option<bool>("--csv") { Description = "Print the table as CSV, as the page gives it." };
        var people = new Option<bool>("--people") { Description = "Print the people instead of the table, as CSV." };
        var command = new Command("pivot", "Sort everybody by any two things and add up any figure, as on the page Pivot. See docs/pivot.md for what there is.") { rows, columns, measure, where, csv, people, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            var query = Query(parsed.GetValue(rows)!, parsed.GetValue(columns)!, parsed.GetValue(measure)!, parsed.GetValue(where) ?? []);
            await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(parsed.GetValue(data)!));
            var loaded = PlaybookLoader.Load(parsed.GetValue(playbook)!);
            using var pivot = new Pivot(store, () => loaded, TimeProvider.System);

            if (parsed.GetValue(people)) await PivotCsv.People(pivot, query, (text, _) => Console.Out.WriteAsync(text), stop);
            else if (parsed.GetValue(csv)) await Console.Out.WriteAsync(PivotCsv.Table(await pivot.Ask(query, stop)));
            else if (parsed.GetValue(json)) Screen.PrintJson(Sheet(await pivot.Ask(query, stop)));
            else Print(await pivot.Ask(query, stop), loaded.Playbook.Policies.Currency);
            return Cli.Done;
        });
        return command;
    }

    static PivotQuery Query(string rows, string columns, string measure, string[] where)
    {
        var unclear = where.FirstOrDefault(text => !text.Contains('=', StringComparison.Ordinal));
        if (unclear is not null) throw new UserError($"--where takes a dimension, an equals sign and values, such as stage=loyal,repeat, not '{unclear}'.");

        List<KeyValuePair<string, string>> asked = [new("rows", rows), new("columns", columns == PivotValue.None ? "" : columns), new("measure", measure)];
        asked.AddRange(where.Select(text => KeyValuePair.Create(text[..text.IndexOf('=')].Trim(), text[(text.IndexOf('=') + 1)..].Trim())));
        var (query, mistakes) = PivotQuery.Read(asked);
        return query ?? throw new UserError(string.Join(Environment.NewLine, mistakes));
    }

    static void Print(PivotTable table, string currency)
    {
        var query = table.Query;
        Screen.Print($"{query.Measure.Label}{(query.Measure.Unit == PivotUnit.Money ? ", " + currency : "")}. {query.Measure.About}");
        if (table.Total.People == 0)
        {
            Screen.Print(query.Filters.IsEmpty ? "No customers yet." : "Nobody is like this.");
            return;
        }

        var screen = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape(query.Rows.Label));
        foreach (var name in table.Columns.Select(column => column.Label).Append("Total")) screen.AddColumn(new TableColumn(Markup.Escape(name)) { Alignment = Justify.Right });
        for (var row = 0; row <= table.Rows.Length; row++)
        {
            var line = row;
            screen.AddRow([Markup.Escape(row == table.Rows.Length ? "Total" : table.Rows[row].Label), .. Enumerable.Range(0, table.Columns.Length + 1).Select(column => Told(query.Measure, table[line, column]))]);
        }

        Screen.Results.Write(screen);
    }

    static string Told(PivotMeasure measure, PivotCell cell)
    {
        if (cell.People == 0 || double.IsNaN(cell.Value)) return "-";

        var value = cell.Value.ToString(measure.Unit switch { PivotUnit.Count => "N0", PivotUnit.Percent => "0.0", _ => measure.Averages ? "N2" : "N0" }, CultureInfo.InvariantCulture);
        return $"{value}{(measure.Unit == PivotUnit.Percent ? "%" : "")}{(measure.Averages ? $" (n {cell.Of.ToString("N0", CultureInfo.InvariantCulture)})" : "")}";
    }

    static object Sheet(PivotTable table) => new
    {
        rows = table.Query.Rows.Name,
        columns = table.Query.Columns?.Name,
        measure = table.Query.Measure.Name,
        where = table.Query.Filters.ToDictionary(filter => filter.Dimension.Name, filter => filter.Values),
        cells = Enumerable.Range(0, table.Rows.Length + 1).SelectMany(row => Enumerable.Range(0, table.Columns.Length + 1).Where(column => table[row, column].People > 0).Select(column => new
        {
            row = row == table.Rows.Length ? null : Name(table.Rows[row]),
            column = column == table.Columns.Length ? null : Name(table.Columns[column]),
            people = table[row, column].People,
            value = double.IsNaN(table[row, column].Value) ? (double?)null : Math.Round(table[row, column].Value, 6),
            n = table[row, column].Of,
        })),
    };

    static string Name(PivotValue value) => value.Name == PivotTable.Others ? "(others)" : value.Name;

    static Option<string> Named(string name, string about, string what, string value) => new(name) { Description = about, HelpName = what, DefaultValueFactory = _ => value };
}
