namespace Cvm.Engine;

/// <summary>Which column of a file holds which field: as the user says, and as its name suggests.</summary>
sealed class ColumnMap
{
    /// <summary>Columns that an import writes into its quarantine file. Ignored when the mended file is imported.</summary>
    public static ImmutableArray<string> Marks { get; } = ["cvm-line", "cvm-column", "cvm-reason"];

    const string AttributePrefix = "attribute.";

    // The field, whether it must be there, and what its column is often called (in small letters, without spaces and signs), likeliest first.
    static readonly ImmutableArray<(string Field, bool Required, string[] Names)> OrderFields =
    [
        ("id", false, ["orderid", "ordernumber", "orderno", "order", "invoiceid", "invoiceno", "invoicenumber", "invoice", "transactionid", "id"]),
        ("customer", true, ["customer", "customerid", "customerno", "customernumber", "custid", "cust", "clientid", "client", "userid", "user", "memberid", "member", "buyerid", "buyer", "accountid"]),
        ("at", true, ["at", "date", "orderdate", "orderedat", "createdat", "placedat", "purchasedate", "invoicedate", "timestamp", "datetime", "time", "day", "paidat"]),
        ("amount", true, ["amount", "total", "ordertotal", "orderamount", "ordervalue", "grandtotal", "totalprice", "totalamount", "revenue", "value", "spend", "sales", "price"]),
        ("coupon", false, ["coupon", "couponcode", "discountcode", "promocode", "vouchercode", "voucher"]),
        ("currency", false, ["currency", "currencycode"]),
    ];

    static readonly ImmutableArray<(string Field, bool Required, string[] Names)> CustomerFields =
    [
        ("id", true, ["id", "customerid", "customer", "customerno", "customernumber", "custid", "clientid", "userid", "memberid", "accountid"]),
        ("name", false, ["name", "fullname", "customername", "displayname"]),
        ("first-name", false, ["firstname", "givenname", "forename"]),
        ("last-name", false, ["lastname", "familyname", "surname"]),
        ("email", false, ["email", "emailaddress", "mail"]),
        ("phone", false, ["phone", "phonenumber", "mobile", "mobilephone", "telephone", "tel"]),
        ("birthday", false, ["birthday", "birthdate", "dateofbirth", "dob"]),
        ("zone", false, ["zone", "timezone", "tz"]),
        ("locale", false, ["locale", "language", "lang"]),
        ("country", false, ["country", "countrycode"]),
        ("region", false, ["region", "regioncode", "state"]),
        ("joined", false, ["joined", "joinedat", "createdat", "registeredat", "signupdate", "customersince"]),
        ("tags", false, ["tags", "tag", "labels"]),
        ("at", false, ["at", "updatedat", "modifiedat", "changedat"]),
        ("signal", false, ["signal"]),
        ("consent-email", false, ["consentemail", "emailconsent", "acceptsemailmarketing", "emailoptin"]),
        ("consent-sms", false, ["consentsms", "smsconsent", "acceptssmsmarketing", "smsoptin"]),
        ("consent-at", false, ["consentat", "consentdate", "optinat"]),
        ("consent-source", false, ["consentsource", "optinsource"]),
    ];

    static readonly ImmutableArray<(string Field, bool Required, string[] Names)> AnswerFields =
    [
        ("id", false, ["answerid", "replyid", "responseid", "id"]),
        ("customer", true, ["customer", "customerid", "customerno", "customernumber", "custid", "clientid", "userid", "memberid"]),
        ("survey", true, ["survey", "surveyname", "questionnaire"]),
        ("score", true, ["score", "answer", "rating", "points"]),
        ("at", true, ["at", "date", "answeredat", "createdat", "timestamp", "datetime", "time", "day"]),
        ("comment", false, ["comment", "comments", "text", "why", "words"]),
        ("reasons", false, ["reasons", "reason"]),
        ("product", false, ["product", "sku", "productid", "article"]),
        ("agent", false, ["agent", "employee", "servedby"]),
        ("by", false, ["by", "interviewer", "enteredby"]),
    ];

    static readonly ImmutableArray<(string Field, bool Required, string[] Names)> ReviewFields =
    [
        ("id", false, ["reviewid", "id"]),
        ("customer", false, ["customer", "customerid", "customerno", "customernumber", "custid", "clientid", "userid", "memberid"]),
        ("email", false, ["email", "emailaddress", "mail", "revieweremail"]),
        ("rating", true, ["rating", "stars", "score", "starrating"]),
        ("at", true, ["at", "date", "reviewdate", "createdat", "timestamp", "datetime", "time", "day"]),
        ("text", false, ["text", "review", "reviewtext", "comment", "body", "content"]),
        ("site", false, ["site", "source", "platform"]),
        ("product", false, ["product", "sku", "productid", "article"]),
    ];

    static ImmutableArray<(string Field, bool Required, string[] Names)> FieldsOf(ImportKind kind) => kind switch
    {
        ImportKind.Orders => OrderFields,
        ImportKind.Customers => CustomerFields,
        ImportKind.Answers => AnswerFields,
        _ => ReviewFields,
    };

    readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    readonly ImmutableArray<string> names;

    ColumnMap(ImmutableArray<string> names) => this.names = names;

    /// <summary>Attributes and their columns.</summary>
    public IEnumerable<(string Attribute, int Column)> Attributes =>
        columns.Where(entry => entry.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)).Select(entry => (entry.Key[AttributePrefix.Length..], entry.Value));

    public ImmutableArray<(string Field, string Column)> Pairs => [.. columns.OrderBy(entry => entry.Value).Select(entry => (entry.Key, names[entry.Value]))];

    /// <summary>Position of the field's column, or -1.</summary>
    public int Of(string field) => columns.GetValueOrDefault(field, -1);

    /// <summary>The column that a problem's field was read from, or the field itself.</summary>
    public string NameOf(string field)
    {
        var key = field.StartsWith("tags[", StringComparison.Ordinal) ? "tags" : field;
        return columns.TryGetValue(key, out var at) ? names[at] : field;
    }

    /// <summary>The map, or null and what is wrong with it.</summary>
    public static ColumnMap? Find(ImportKind kind, ImmutableArray<string> columns, string said, out string what, out string fix)
    {
        var fields = FieldsOf(kind);
        var map = new ColumnMap(columns);
        if (!map.Take(kind, fields, said, out what, out fix)) return null;

        map.Guess(fields);
        if (fields.Where(field => field.Required && map.Of(field.Field) < 0).Select(field => field.Field).ToArray() is not { Length: > 0 } missing) return Whose(kind, map, columns, out what, out fix);

        what = $"There is no column for {string.Join(", ", missing)}. The first line must name the columns; it names {Check.Shown(string.Join(", ", columns))}.";
        fix = $"Say which it is: --map {string.Join(",", missing.Select(field => $"{field}=COLUMN"))}.";
        return null;
    }

    // A review names its customer by id or by address.
    static ColumnMap? Whose(ImportKind kind, ColumnMap map, ImmutableArray<string> columns, out string what, out string fix)
    {
        (what, fix) = ($"There is no column for customer or email. The first line must name the columns; it names {Check.Shown(string.Join(", ", columns))}.", "Say which it is: --map customer=COLUMN or --map email=COLUMN.");
        return kind == ImportKind.Reviews && map.Of("customer") < 0 && map.Of("email") < 0 ? null : map;
    }

    bool Take(ImportKind kind, ImmutableArray<(string Field, bool Required, string[] Names)> fields, string said, out string what, out string fix)
    {
        foreach (var pair in said.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            (what, fix) = ($"--map says '{pair}'.", "Write FIELD=COLUMN, several with commas between.");
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } field, { Length: > 0 } column]) return false;

            var attribute = kind == ImportKind.Customers && field.StartsWith(AttributePrefix, StringComparison.Ordinal) && field.Length > AttributePrefix.Length;
            if (!attribute && !fields.Any(known => known.Field == field))
            {
                (what, fix) = ($"--map names the field '{field}', which there is not.", Nearest.Hint(field, [.. fields.Select(known => known.Field)]) ?? "");
                return false;
            }

            var at = names.ToList().FindIndex(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                (what, fix) = ($"--map names the column '{column}', which the file has not.", Nearest.Hint(column, names) ?? "");
                return false;
            }

            columns[field] = at;
        }

        (what, fix) = ("", "");
        return true;
    }

    void Guess(ImmutableArray<(string Field, bool Required, string[] Names)> fields)
    {
        var bare = names.Select(name => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit))).ToList();
        foreach (var (field, _, known) in fields)
        {
            if (columns.ContainsKey(field)) continue;
            var at = known.Select(name => bare.IndexOf(name)).FirstOrDefault(at => at >= 0 && !columns.ContainsValue(at), -1);
            if (at >= 0) columns[field] = at;
        }
    }
}
