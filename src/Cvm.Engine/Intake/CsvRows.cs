namespace Cvm.Engine;

/// <summary>Turns rows of a table into signals, or says what is wrong with them.</summary>
abstract class CsvRows(ColumnMap columns, Check check)
{
    /// <summary>Reads the present row.</summary>
    public Arrival Read(CsvTable row)
    {
        if (row.ShapeProblem() is { } problem) return new(problem);
        check.Begin();
        return Make(row);
    }

    protected abstract Arrival Make(CsvTable row);

    /// <summary>The field's cell; null where there is no such column or nothing in it.</summary>
    protected string? Cell(CsvTable row, string field) => columns.Of(field) is >= 0 and var at && row[at] is { } cell && !string.IsNullOrWhiteSpace(cell) ? cell : null;

    protected string? Required(CsvTable row, string field) => Cell(row, field) ?? check.Refuse(field, "is empty.", "Every row needs it.");
}

/// <summary>One order per row.</summary>
sealed class OrderRows(ColumnMap columns, Check check, RowKeys keys) : CsvRows(columns, check)
{
    readonly Check check = check;

    protected override Arrival Make(CsvTable row)
    {
        check.Id("id", Cell(row, "id"));
        var customer = check.Id("customer", Required(row, "customer"));
        var at = check.Moment("at", Required(row, "at"));
        var amount = check.Money("amount", Amount(row), 0);
        var coupon = check.Id("coupon", Cell(row, "coupon"));
        check.Currency("currency", Cell(row, "currency"));
        if (!check.Clear) return new(customer ?? "", null, check.Problems());

        if (keys.OrderId(row, out var line) is { } id) return new(customer!, new Signal.Ordered(SignalIds.Order(id), at!.Value, id, amount!.Value, coupon));
        check.Refuse("id", $"stands in line {line} already, with other content.", "An order is one row: sum up its lines.");
        return new("", null, check.Problems());
    }

    decimal? Amount(CsvTable row)
    {
        if (Required(row, "amount") is not { } text) return null;
        if (MoneyText.Read(text, row.Delimiter == ';', out var fix) is { } amount) return amount;
        check.Refuse("amount", $"is not an amount: '{Check.Shown(text)}'.", fix);
        return null;
    }
}

/// <summary>One customer per row.</summary>
sealed class CustomerRows(ColumnMap columns, Check check) : CsvRows(columns, check)
{
    static readonly ImmutableArray<string> Texts = ["name", "email", "phone", "birthday", "zone", "locale", "country", "region", "joined", "at", "signal"];

    readonly ColumnMap columns = columns;
    readonly Check check = check;
    readonly ImmutableArray<(string Attribute, int Column)> attributes = [.. columns.Attributes];

    protected override Arrival Make(CsvTable row)
    {
        var draft = new CustomerDraft();
        draft.Set("id", Required(row, "id"), check);
        foreach (var field in Texts) if (columns.Of(field) >= 0) draft.Set(field, Cell(row, field), check);
        if (columns.Of("name") < 0 && Named(row) is { } name) draft.Set("name", name, check);

        draft.Tags = Tags(row);
        draft.Attributes = Attributes(row);
        draft.Consents = [.. Consent(row, "consent-email", Channel.Email), .. Consent(row, "consent-sms", Channel.Sms)];
        return draft.Finish(check);
    }

    string? Named(CsvTable row) => (Cell(row, "first-name"), Cell(row, "last-name")) switch
    {
        (null, var last) => last,
        (var first, null) => first,
        var (first, last) => $"{first.Trim()} {last.Trim()}",
    };

    ImmutableArray<string> Tags(CsvTable row)
    {
        if (Cell(row, "tags") is not { } cell) return [];
        var tags = cell.Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (tags.Length > CustomerDraft.MostTags) check.Refuse("tags", $"has more than {CustomerDraft.MostTags} entries.", "Keep those that journeys ask for.");
        return CustomerDraft.Sorted(tags.Select(tag => check.Id("tags", tag) ?? ""));
    }

    ImmutableSortedDictionary<string, string> Attributes(CsvTable row)
    {
        var told = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var (attribute, column) in attributes)
        {
            if (string.IsNullOrWhiteSpace(row[column])) continue;
            if (check.Line($"attribute.{attribute}", row[column], CustomerDraft.MostAttribute) is { } value) told = told.SetItem(attribute, value);
        }

        return told;
    }

    // Consent without its proof is none: when and where must be said.
    IEnumerable<Consent> Consent(CsvTable row, string field, Channel channel)
    {
        if (Cell(row, field) is not { } word) return [];
        if (Truth(word) is not { } given)
        {
            check.Refuse(field, $"is '{Check.Shown(word)}'.", "Write yes or no.");
            return [];
        }

        var at = Cell(row, "consent-at") is { } said ? check.Moment("consent-at", said) : null;
        var source = check.Line("consent-source", Cell(row, "consent-source"), Check.MostName);
        if (check.Clear && (at is null || source is null)) check.Refuse(field, "has no proof.", "Add columns consent-at and consent-source: when and where the customer said so.");
        return at is null || source is null ? [] : [new(channel, Purpose.Promotional, given, at.Value, source)];
    }

    static bool? Truth(string word) => word.Trim().ToLowerInvariant() switch
    {
        "yes" or "y" or "true" or "1" => true,
        "no" or "n" or "false" or "0" => false,
        _ => null,
    };
}
