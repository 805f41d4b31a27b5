using System.Globalization;

namespace Cvm.Engine;

/// <summary>What a provider allows: at most so many messages within any span of that length.</summary>
public sealed record Rate(int Most, TimeSpan Within)
{
    /// <summary>More than this is no limit any more.</summary>
    public const int Greatest = 100_000;

    static readonly (string Unit, TimeSpan Span)[] Units = [("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1))];

    /// <summary>Reads 10/s, 300/m, 5000/h or 500/d.</summary>
    public static bool TryParse(string text, out Rate rate)
    {
        rate = null!;
        if (text.Split('/', StringSplitOptions.TrimEntries) is not [var number, var unit]) return false;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > Greatest) return false;

        foreach (var (name, span) in Units) if (name == unit) rate = new(most, span);
        return rate is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Most}/{(Units.FirstOrDefault(unit => unit.Span == Within).Unit ?? $"{Within.TotalSeconds}s")}");
}
