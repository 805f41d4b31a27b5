namespace Cvm;

/// <summary>Customers with certain scores, as the last sweep recorded them; what is left open does not matter.</summary>
public sealed record ScoreFilter
{
    const int CellFrom = 6; // in a mark

    /// <summary>Cells of recency and frequency, such as 54; any where empty.</summary>
    public ImmutableArray<string> Cells { get; init; } = [];

    public Stage? Stage { get; init; }
    public Band? Value { get; init; }
    public Band? Potential { get; init; }
    public Relationship? Relationship { get; init; }
    public Need? Need { get; init; }

    /// <summary>The first characters of the <see cref="Scores.Mark"/>s that fit, with ? for any; cells apart.</summary>
    public string Digits => $"{Digit((int?)Value)}{Digit((int?)Potential)}{Digit((int?)Relationship)}{Digit((int?)Need)}{Digit((int?)Stage)}";

    /// <summary>Whether a customer with this <see cref="Scores.Mark"/> is among them; nobody is who has no scores yet.</summary>
    public bool Holds(string mark)
    {
        if (mark.Length < CellFrom + 2) return false;
        if (Cells.Length > 0 && !Cells.Contains(mark.Substring(CellFrom, 2), StringComparer.Ordinal)) return false;

        var digits = Digits;
        for (var i = 0; i < digits.Length; i++) if (digits[i] != '?' && digits[i] != mark[i]) return false;
        return true;
    }

    /// <summary>Whether these scores are among them; unknown ones are not.</summary>
    public bool Holds(Scores scores) => scores.AsOf is not null && Holds(scores.Mark);

    static char Digit(int? place) => place is { } digit ? (char)('0' + digit) : '?';
}
