using System.Text;

namespace Cvm.Engine;

/// <summary>A question to the pivot: people in rows and columns, what is added up over them, and which people.</summary>
/// <param name="Columns">Null for rows alone.</param>
/// <param name="Filters">Each dimension at most once, in the order of <see cref="Dimensions.All"/>; of its values any may hold.</param>
public sealed record PivotQuery(Dimension Rows, Dimension? Columns, PivotMeasure Measure, ImmutableArray<PivotFilter> Filters)
{
    const int MostLetters = 200, MostValues = 50;

    /// <summary>What is asked where nothing is said.</summary>
    public static PivotQuery Usual { get; } = new(Dimensions.Find("stage")!, Dimensions.Find("value"), PivotMeasures.Find("people")!, []);

    /// <summary>Reads a question from names and values, as they stand in an address; a name may come several times, values may stand together with commas between them.
    /// All mistakes are told at once.</summary>
    public static (PivotQuery? Query, ImmutableArray<PivotMistake> Mistakes) Read(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var (rows, columns, measure) = (Usual.Rows, Usual.Columns, Usual.Measure);
        var (filters, mistakes) = (new Dictionary<string, List<string>>(StringComparer.Ordinal), new List<PivotMistake>());
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "rows": rows = Sorted(name, value, mistakes) ?? rows; break;
                case "columns": columns = value == "" ? null : Sorted(name, value, mistakes) ?? columns; break;
                case "measure": measure = Added(value, mistakes) ?? measure; break;
                default: Filter(name, value, filters, mistakes); break;
            }
        }

        if (rows == columns) columns = null;
        return mistakes.Count > 0 ? (null, [.. mistakes]) : (new(rows, columns, measure, [.. Dimensions.All.Where(one => filters.ContainsKey(one.Name)).Select(one => new PivotFilter(one, [.. filters[one.Name]]))]), []);
    }

    /// <summary>The names and values that <see cref="Read"/> makes the same question of, as an address has them after its question mark.</summary>
    public string Address => Written($"rows={Rows.Name}&columns={Columns?.Name}&measure={Measure.Name}", Filters);

    /// <summary>The filters alone, as an address has them; empty for everybody.</summary>
    public string FilterAddress => Written("", Filters);

    /// <summary>The same of those only who have this value; what was asked of the dimension before is replaced.</summary>
    public PivotQuery Where(Dimension dimension, string value) => With(dimension, [value]);

    /// <summary>The same with these values of a dimension; with none, whatever it is.</summary>
    public PivotQuery With(Dimension dimension, ImmutableArray<string> values)
    {
        var others = Filters.RemoveAll(filter => filter.Dimension == dimension);
        return this with { Filters = values.IsEmpty ? others : [.. others.Add(new(dimension, values)).OrderBy(filter => Dimensions.All.IndexOf(filter.Dimension))] };
    }

    static string Written(string begin, ImmutableArray<PivotFilter> filters)
    {
        var text = new StringBuilder(begin);
        foreach (var filter in filters)
            foreach (var value in filter.Values) text.Append(text.Length == 0 ? "" : "&").Append(filter.Dimension.Name).Append('=').Append(Uri.EscapeDataString(value.Contains(',', StringComparison.Ordinal) ? $"\"{value}\"" : value));
        return text.ToString();
    }

    static Dimension? Sorted(string parameter, string name, List<PivotMistake> mistakes)
    {
        if (Dimensions.Find(name) is { } known) return known;
        mistakes.Add(new(parameter, $"There is nothing called '{Short(name)}' to sort people by.", Hint(name, [.. Dimensions.All.Select(one => one.Name)])));
        return null;
    }

    static PivotMeasure? Added(string name, List<PivotMistake> mistakes)
    {
        if (PivotMeasures.Find(name) is { } known) return known;
        mistakes.Add(new("measure", $"There is no measure '{Short(name)}'.", Hint(name, [.. PivotMeasures.All.Select(one => one.Name)])));
        return null;
    }

    static void Filter(string name, string text, Dictionary<string, List<string>> filters, List<PivotMistake> mistakes)
    {
        if (Dimensions.Find(name) is not { } dimension)
        {
            mistakes.Add(new(Short(name), "It is neither rows, columns nor measure, nor anything to filter by.", Hint(name, [.. Dimensions.All.Select(one => one.Name)])));
            return;
        }

        if (!filters.TryGetValue(name, out var values)) filters[name] = values = [];
        foreach (var value in Values(text))
        {
            if (value.Length > MostLetters) mistakes.Add(new(name, $"'{Short(value)}' is longer than {MostLetters} letters.", "No value is."));
            else if (!dimension.Values.IsEmpty && !dimension.Values.Any(one => one.Name == value)) mistakes.Add(new(name, $"It has no value '{Short(value)}'.", $"It may be {string.Join(", ", dimension.Values.Select(one => one.Name))}."));
            else if (values.Count == MostValues) mistakes.Add(new(name, $"It has more than {MostValues} values.", "Ask for fewer."));
            else if (!values.Contains(value)) values.Add(value);
        }

        if (values.Count == 0) filters.Remove(name);
    }

    // A value that has a comma in it stands in quotation marks.
    static string[] Values(string text) => text.Length > 1 && text[0] == '"' && text[^1] == '"' ? [text[1..^1]] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static string? Hint(string word, IReadOnlyCollection<string> names) => word.Length > MostLetters ? null : Nearest.To(word, names) is { } near ? $"Did you mean '{near}'?" : $"It may be {string.Join(", ", names)}.";

    static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>Only people who have one of these values.</summary>
public sealed record PivotFilter(Dimension Dimension, ImmutableArray<string> Values);

/// <summary>Something in a question that cannot be.</summary>
/// <param name="Parameter">Its name in the address.</param>
public sealed record PivotMistake(string Parameter, string What, string? Fix)
{
    public override string ToString() => $"{Parameter}: {What}{(Fix is null ? "" : " " + Fix)}";
}
