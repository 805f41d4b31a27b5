using System.Globalization;

namespace Cvm.Engine;

/// <summary>Reads an example; mistakes become problems with their places.</summary>
public static class ExampleFile
{
    static readonly string[] Keys = ["example", "from", "until", "customer", "history", "signals", "journeys", "contacts"];
    static readonly string[] CustomerKeys = ["id", "name", "email", "phone", "birthday", "zone", "locale", "country", "region", "joined", "tags", "attributes", "consents"];

    /// <summary>The example, or null and every mistake in it.</summary>
    /// <param name="file">As problems name it.</param>
    /// <param name="journey">The journey whose folder it lies in; the only one live where it names none.</param>
    public static (Example? Example, ImmutableArray<Problem> Problems) Read(string file, string source, string? journey, Playbook playbook)
    {
        var problems = new List<Problem>();
        if (YamlTree.Read(file, source, problems) is not { } root) return (null, [.. problems]);

        var form = new ExampleForm(new Where(file), problems);
        var map = form.Map(root, "an example", Keys);
        var (from, until) = (form.Date(map, "from"), form.Date(map, "until"));
        if (from > until) form.Wrong(map!.Find("until")!.At, "The example ends before it begins.");

        var customer = form.Map(map?.Find("customer"), "the customer", CustomerKeys);
        var zone = form.Text(customer, "zone", needed: false) ?? playbook.Policies.Zone;
        if (!LocalTimes.Knows(zone)) form.Wrong(customer!.Find("zone")!.At, $"There is no time zone '{zone}'.", "Write an IANA name such as Europe/Berlin.");
        if (from is null || until is null || customer is null || problems.Count > 0) return (null, [.. problems]);

        var told = Told(form, customer, zone, from.Value);
        var signals = new ExampleSignals(form, zone);
        var example = new Example
        {
            Name = form.Text(map, "example") ?? "",
            From = from.Value,
            Until = until.Value,
            Customer = form.Text(customer, "id") ?? "",
            Zone = zone,
            Told = told,
            History = [.. signals.Read(map!.Find("history")).OfType<ExampleSignal.Plain>().Select(plain => plain.Signal).OrderBy(signal => signal.At)],
            Signals = [.. signals.Read(map.Find("signals")).OrderBy(signal => signal.At)],
            Journeys = Journeys(form, map.Find("journeys"), journey, playbook),
            Contacts = Contacts(form, map.Find("contacts"), playbook),
        };

        return problems.Count == 0 ? (example, []) : (null, [.. problems]);
    }

    static Signal.Told Told(ExampleForm form, Node.Map customer, string zone, DateOnly from)
    {
        var joined = LocalTimes.At(zone, form.Date(customer, "joined", needed: false) ?? from, new(9, 0));
        Birthday? birthday = null;
        if (form.Text(customer, "birthday", needed: false) is { } born)
        {
            if (Birthday.TryParse(born, out var day)) birthday = day;
            else form.Wrong(customer.Find("birthday")!.At, $"'{born}' is no birthday.", "Write 1992-02-29, --02-29 or lunar:1990-08-15.");
        }

        var profile = new Profile
        {
            Name = form.Text(customer, "name", needed: false),
            Email = form.Text(customer, "email", needed: false),
            Phone = form.Text(customer, "phone", needed: false),
            Birthday = birthday,
            Zone = zone,
            Locale = form.Text(customer, "locale", needed: false),
            Country = form.Text(customer, "country", needed: false),
            Region = form.Text(customer, "region", needed: false),
            Joined = joined,
            Tags = [.. form.Texts(customer.Find("tags")).Select(tag => tag.Value).Order(StringComparer.Ordinal)],
            Attributes = form.Attributes(customer.Find("attributes")),
        };

        var consents = form.Texts(customer.Find("consents")).Select(text => form.Consent(text, true, joined)).OfType<Consent>();
        return new("told", joined, profile, [.. consents]);
    }

    static ImmutableArray<string> Journeys(ExampleForm form, Node? node, string? journey, Playbook playbook)
    {
        if (node is null) return journey is null ? [] : [journey];

        var names = playbook.Journeys.Select(known => known.Name).ToList();
        foreach (var text in form.Texts(node))
            if (!names.Contains(text.Value)) form.Wrong(text.At, $"There is no journey '{text.Value}'.", Nearest.Hint(text.Value, names));
        return [.. form.Texts(node).Select(text => text.Value)];
    }

    static ImmutableArray<string> Contacts(ExampleForm form, Node? node, Playbook playbook)
    {
        if (node is null) return [];

        var names = playbook.Contacts.Select(known => known.Name).ToList();
        foreach (var text in form.Texts(node))
            if (!names.Contains(text.Value)) form.Wrong(text.At, $"There is no contact plan '{text.Value}'.", Nearest.Hint(text.Value, names));
        return [.. form.Texts(node).Select(text => text.Value)];
    }
}

/// <summary>Small readers for the parts of an example.</summary>
sealed class ExampleForm(Where file, List<Problem> problems)
{
    public void Wrong(Where at, string what, string? fix = null) => problems.Add(new(at, what, fix));

    /// <summary>The mapping with known keys only; null, with a problem, where it is something else or missing.</summary>
    public Node.Map? Map(Node? node, string what, string[] keys)
    {
        if (node is not Node.Map map)
        {
            Wrong(node?.At ?? file, node is null ? $"Here {what} is missing." : $"Here stands {node.Kind}, where {what} is needed.");
            return null;
        }

        foreach (var entry in map.Entries)
            if (!keys.Contains(entry.Key.Value)) Wrong(entry.Key.At, $"There is no '{entry.Key.Value}' in {what}.", Nearest.Hint(entry.Key.Value, keys));
        return map;
    }

    public string? Text(Node.Map? map, string key, bool needed = true)
    {
        switch (map?.Find(key))
        {
            case Node.Text { Value: not "" } text:
                return text.Value;
            case null when !needed || map is null:
                return null;
            case null:
                Wrong(map.At, $"'{key}' is missing.");
                return null;
            case var other:
                Wrong(other.At, $"'{key}' needs a text.");
                return null;
        }
    }

    public DateOnly? Date(Node.Map? map, string key, bool needed = true)
    {
        if (Text(map, key, needed) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;

        Wrong(map!.Find(key)!.At, $"'{text}' is no date.", "Write 2027-02-28.");
        return null;
    }

    public decimal? Number(Node.Map? map, string key)
    {
        if (Text(map, key) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;

        Wrong(map!.Find(key)!.At, $"'{text}' is no number.");
        return null;
    }

    public IEnumerable<Node.Text> Texts(Node? node) => node switch
    {
        Node.List list => list.Items.OfType<Node.Text>(),
        Node.Text text => [text],
        _ => [],
    };

    public ImmutableSortedDictionary<string, string> Attributes(Node? node) => node is Node.Map map
        ? map.Entries.Where(entry => entry.Value is Node.Text).ToImmutableSortedDictionary(entry => entry.Key.Value, entry => ((Node.Text)entry.Value).Value, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>"email promotional".</summary>
    public Consent? Consent(Node.Text text, bool given, DateTimeOffset at)
    {
        if (text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var channel, var purpose]
            && Enum.TryParse<Channel>(channel, ignoreCase: true, out var by) && Enum.TryParse<Purpose>(purpose, ignoreCase: true, out var what))
            return new(by, what, given, at, "example");

        Wrong(text.At, $"'{text.Value}' is no consent.", "Write a channel and a purpose, such as email promotional.");
        return null;
    }
}
