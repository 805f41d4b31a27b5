namespace Cvm.Engine;

/// <summary>One trait of everybody: a number for each text that occurs, in one byte a row while there are few. 0 is none.</summary>
sealed class TextColumn
{
    readonly Dictionary<string, int> codes = new(StringComparer.Ordinal) { [""] = 0 };
    readonly List<string> texts = [""];
    byte[] narrow = [];
    int[]? wide;

    public IReadOnlyList<string> Texts => texts;

    public int Find(string text) => codes.GetValueOrDefault(text, -1);

    public void Grow(int rows)
    {
        if (wide is null) Array.Resize(ref narrow, rows);
        else Array.Resize(ref wide, rows);
    }

    public void Set(int row, string? text)
    {
        text ??= "";
        if (!codes.TryGetValue(text, out var code))
        {
            codes[text] = code = texts.Count;
            texts.Add(text);
            if (code > byte.MaxValue && wide is null) (wide, narrow) = (Array.ConvertAll(narrow, static value => (int)value), []);
        }

        if (wide is null) narrow[row] = (byte)code;
        else wide[row] = code;
    }

    public int this[int row] => wide is null ? narrow[row] : wide[row];

    public void Read(int from, Span<int> into)
    {
        if (wide is not null) wide.AsSpan(from, into.Length).CopyTo(into);
        else for (var i = 0; i < into.Length; i++) into[i] = narrow[from + i];
    }
}

/// <summary>One quantity of everybody; whole numbers take half the room.</summary>
sealed class NumberColumn(bool whole)
{
    int[] wholes = [];
    double[] reals = [];

    public void Grow(int rows)
    {
        if (whole) Array.Resize(ref wholes, rows);
        else Array.Resize(ref reals, rows);
    }

    public void Set(int row, double number)
    {
        if (whole) wholes[row] = (int)Math.Clamp(number, int.MinValue, int.MaxValue);
        else reals[row] = number;
    }

    public double this[int row] => whole ? wholes[row] : reals[row];
}
