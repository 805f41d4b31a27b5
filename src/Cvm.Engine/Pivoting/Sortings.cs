using System.Globalization;

namespace Cvm.Engine;

/// <summary>The ways in which people are sorted.</summary>
static class Sortings
{
    const string None = PivotValue.None;

    /// <summary>By a text, as it is. Values that have an order of their own come in it, others by the alphabet after them.</summary>
    public static Sorting ByText(TextColumn column, ImmutableArray<PivotValue> known, string noneLabel) => new()
    {
        Size = column.Texts.Count,
        Read = column.Read,
        Value = value => value == 0 ? new(None, noneLabel) : Known(known, column.Texts[value]),
        Find = name => name == None ? 0 : column.Find(name),
        Order = (a, b) => Compare(known, column.Texts[a], column.Texts[b]),
    };

    /// <summary>By each line of a text, so that somebody can have several.</summary>
    public static Sorting ByLines(TextColumn column, string noneLabel)
    {
        var (numbers, names) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string> { "" });
        int[][] members = [.. column.Texts.Select(text => text == "" ? [0] : Array.ConvertAll(text.Split('\n'), Number))];
        return new()
        {
            Size = names.Count,
            Read = column.Read,
            Members = members,
            Value = value => value == 0 ? new(None, noneLabel) : new(names[value], names[value]),
            Find = name => name == None ? 0 : numbers.GetValueOrDefault(name, -1),
            Order = (a, b) => string.CompareOrdinal(names[a], names[b]),
        };

        int Number(string line)
        {
            if (numbers.TryGetValue(line, out var number)) return number;
            names.Add(line);
            return numbers[line] = names.Count - 1;
        }
    }

    /// <summary>By what each text of a column stands for: a place in the values, or -1 for none.</summary>
    public static Sorting ByMeaning(TextColumn column, ImmutableArray<PivotValue> values, Func<string, int> meaning)
    {
        int[] codes = [.. column.Texts.Select(text => meaning(text) + 1)];
        return Fixed(values, (from, into) =>
        {
            column.Read(from, into);
            foreach (ref var code in into) code = codes[code];
        });
    }

    /// <summary>By a number in bands; NaN has none.</summary>
    public static Sorting ByBand(Bands bands, Func<int, double> number) => Fixed(bands.Values, (from, into) =>
    {
        for (var i = 0; i < into.Length; i++) into[i] = bands.Of(number(from + i)) + 1;
    });

    /// <summary>By the month, quarter or year of a day; 0 is none.</summary>
    public static Sorting ByMonth(PivotImage image, NumberColumn days, int months, string noneLabel)
    {
        var (first, last) = (int.MaxValue, 0);
        for (var row = 0; row < image.Rows; row++) if (days[row] is > 0 and var day) (first, last) = (Math.Min(first, (int)day), Math.Max(last, (int)day));
        var from = last == 0 ? 0 : Span(first) - 1;
        return new()
        {
            Size = last == 0 ? 1 : Span(last) - from + 1,
            Read = (start, into) =>
            {
                for (var i = 0; i < into.Length; i++) into[i] = days[start + i] is > 0 and var day ? Span((int)day) - from : 0;
            },
            Value = value => value == 0 ? new(None, noneLabel) : Named(value + from),
            Find = name => name == None ? 0 : Enumerable.Range(1, last == 0 ? 0 : Span(last) - from).FirstOrDefault(value => Named(value + from).Name == name, -1),
        };

        int Span(int day)
        {
            var date = DateOnly.FromDayNumber(day);
            return (date.Year * 12 + date.Month - 1) / months;
        }

        PivotValue Named(int span)
        {
            var (year, month) = (span * months / 12, span * months % 12);
            string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
            return months switch
            {
                12 => new(Text($"{year:D4}"), Text($"{year:D4}")),
                3 => new(Text($"{year:D4}-q{month / 3 + 1}"), Text($"{year:D4} Q{month / 3 + 1}")),
                _ => new(Text($"{year:D4}-{month + 1:D2}"), Text($"{year:D4}-{month + 1:D2}")),
            };
        }
    }

    static Sorting Fixed(ImmutableArray<PivotValue> values, Action<int, Span<int>> read) => new()
    {
        Size = values.Length, // the last of them is none
        Read = read,
        Value = value => value == 0 ? values[^1] : values[value - 1],
        Find = name => Find(values, name) is var at && at == values.Length - 1 ? 0 : at < 0 ? -1 : at + 1,
    };

    static int Find(ImmutableArray<PivotValue> values, string name)
    {
        for (var i = 0; i < values.Length; i++) if (values[i].Name == name) return i;
        return -1;
    }

    static PivotValue Known(ImmutableArray<PivotValue> known, string name) => Find(known, name) is >= 0 and var at ? known[at] : new(name, name);

    static int Compare(ImmutableArray<PivotValue> known, string a, string b)
    {
        var (one, other) = ((uint)Find(known, a), (uint)Find(known, b)); // what is not among them comes after all
        return one != other ? one.CompareTo(other) : string.CompareOrdinal(a, b);
    }
}
