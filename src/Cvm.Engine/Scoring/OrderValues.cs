using System.Text;

namespace Cvm.Engine;

/// <summary>Turns the fields of a row into whose order it was, on which day and for how much, or says what is wrong with it.</summary>
sealed class OrderValues(OrderLayout layout)
{
    readonly Check check = new(new("UTC", "", ImmutableSortedDictionary<string, Survey>.Empty, new(layout.File.Today, new(23, 59, 59), TimeSpan.Zero))) { LocalTimesAllowed = true };
    readonly byte point = (byte)(layout.Commas ? ',' : '.');
    readonly byte[] currency = Encoding.UTF8.GetBytes(layout.Currency ?? "");
    readonly byte[] cleaned = new byte[CustomerBins.MostName];

    /// <summary>Rows after the holdout's end.</summary>
    public long Later { get; private set; }

    /// <summary>Adds the row to the batch, or gives what is wrong with it.</summary>
    public IReadOnlyList<FieldProblem> Take(OrderFields row, OrderBatch batch, long at)
    {
        if (row.Count != layout.Names.Length || row.BadQuote) return [Shape(row)];

        var customer = row[layout.Customer];
        var plain = (row.Printable ? OrderBytes.Trimmed(customer) : OrderBytes.Plain(customer)) & OrderBytes.Day(row[layout.At], out var day) & OrderBytes.Cents(row[layout.Amount], point, out var cents);
        if (layout.CurrencyAt >= 0) plain &= row[layout.CurrencyAt] is var own && (own.IsEmpty || own.SequenceEqual(currency));
        if (!plain || day > layout.Latest)
        {
            if (Read(row, out customer, out day, out cents) is { Count: > 0 } problems) return problems;
        }

        if (day <= layout.Window.Holdout) batch.Add(customer, day, cents, at);
        else Later++;
        return [];
    }

    // By the rules of intake, for whatever is not in the plainest form.
    IReadOnlyList<FieldProblem> Read(OrderFields row, out ReadOnlySpan<byte> customer, out int day, out long cents)
    {
        check.Begin();
        var name = check.Id("customer", Cell(row, "customer"));
        var moment = check.Moment("at", Cell(row, "at"));
        var money = check.Money("amount", Amount(row), decimal.MinValue);
        if (layout.CurrencyAt >= 0) Currency(row);

        customer = default;
        (day, cents) = (0, 0);
        if (!check.Clear) return check.Problems();

        MomentText.Read(Text(row, "at").AsSpan().Trim(), out var wall, out _);
        customer = cleaned.AsSpan(0, Encoding.UTF8.GetBytes(name, cleaned));
        day = DateOnly.FromDateTime(wall).DayNumber;
        cents = (long)(money!.Value * 100);
        return [];
    }

    decimal? Amount(OrderFields row)
    {
        if (Cell(row, "amount") is not { } text) return null;
        if (MoneyText.Read(text, layout.Commas, out var fix) is { } amount) return amount;
        check.Refuse("amount", $"is not an amount: '{Check.Shown(text)}'.", fix);
        return null;
    }

    // Sums over two currencies would mean nothing.
    void Currency(OrderFields row)
    {
        if (Text(row, "currency")?.Trim() is not { Length: > 0 } own || string.Equals(own, layout.Currency, StringComparison.OrdinalIgnoreCase)) return;
        check.Refuse("currency", $"is '{Check.Shown(own)}', rows before say {layout.Currency}.", "Give each currency a file of its own, or convert the amounts.");
    }

    string? Cell(OrderFields row, string field) =>
        Text(row, field) is { } text && !string.IsNullOrWhiteSpace(text) ? text : check.Refuse(field, "is empty.", "Every row needs it.");

    string? Text(OrderFields row, string field)
    {
        var bytes = row[layout.Columns.Of(field)];
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        return check.Refuse(field, "holds bytes that are not UTF-8.", "Save the file as CSV UTF-8.");
    }

    FieldProblem Shape(OrderFields row) =>
        row.BadQuote ? new("", "has a quote out of place.", "Close every quoted field, and double the quotes within.")
        : row.Count > layout.Names.Length ? new("", $"has {row.Count} fields where the header has {layout.Names.Length}.", "Put fields that hold the delimiter in quotes.")
        : new("", $"has {row.Count} fields where the header has {layout.Names.Length}.", "Check for a missing delimiter or a cut line.");
}
