using System.Globalization;
using System.Text;

namespace Cvm.Engine;

/// <summary>Tables and people for a spreadsheet: UTF-8 with a byte order mark (or Excel takes 中 for three strange letters), commas, and a line end as RFC 4180 has it.
/// A text that a spreadsheet could take for a formula gets an apostrophe before it; numbers are plain, with a point and nothing between thousands.</summary>
public static class PivotCsv
{
    const int PageSize = 5_000;

    /// <summary>A table as it is seen: a line for each row and one for the totals. Of rates and averages, how many people each rests on comes in columns behind.</summary>
    public static string Table(PivotTable table)
    {
        var (text, query) = (new StringBuilder("\uFEFF"), table.Query);
        string[] columns = [.. table.Columns.Select(column => column.Label), "Total"];
        Line(text, [$"{query.Rows.Label} / {query.Measure.Label}", .. columns, .. query.Measure.Averages ? columns.Select(column => $"n: {column}") : []], []);
        for (var row = 0; row <= table.Rows.Length; row++)
        {
            var line = row;
            PivotCell[] cells = [.. Enumerable.Range(0, table.Columns.Length + 1).Select(column => table[line, column])];
            Line(text, [row == table.Rows.Length ? "Total" : table.Rows[row].Label], [.. cells.Select(cell => cell.Value), .. query.Measure.Averages ? cells.Select(cell => (double)cell.Of) : []]);
        }

        return text.ToString();
    }

    /// <summary>The people behind a question, page by page: the id, what they are sorted by and their figures, and nothing else that would name them.</summary>
    public static async Task People(Pivot pivot, PivotQuery query, Func<string, CancellationToken, Task> write, CancellationToken stop)
    {
        var text = new StringBuilder("\uFEFF");
        Line(text, ["customer", .. Dimensions.All.Select(dimension => dimension.Name), .. PivotPerson.FigureNames.Select(name => Dimensions.Find(name) is null ? name : $"{name} (figure)")], []);
        for (var after = ""; ;)
        {
            var page = await pivot.People(query, after, PageSize, stop);
            foreach (var person in page.Some) Line(text, [person.Customer, .. person.Values], person.Figures);
            await write(text.ToString(), stop);
            if (page.Some.Length < PageSize) return;

            text.Clear();
            after = page.Some[^1].Customer;
        }
    }

    static void Line(StringBuilder text, IEnumerable<string> texts, IEnumerable<double> numbers)
    {
        text.AppendJoin(',', texts.Select(Safe).Concat(numbers.Select(Number))).Append("\r\n");
    }

    static string Number(double number) => double.IsNaN(number) ? "" : Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture);

    // As OWASP advises against CSV injection.
    static string Safe(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
