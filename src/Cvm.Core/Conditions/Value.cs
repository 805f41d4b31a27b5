namespace Cvm;

/// <summary>The four types of the condition language.</summary>
public enum FactType { Truth, Number, Text, Span }

/// <summary>A value of the condition language. A number or span that is not known is NaN, a text that is not known is null;
/// comparing with what is not known is never true, except <c>!=</c>.</summary>
public readonly record struct Value
{
    Value(FactType type, double number, string? text) => (Type, Number, Text) = (type, number, text);

    public FactType Type { get; }

    /// <summary>The number; days for a span; 1 or 0 for a truth.</summary>
    public double Number { get; }

    public string? Text { get; }

    public bool True => Number != 0 && !double.IsNaN(Number);
    public bool Known => Type == FactType.Text ? Text is not null : !double.IsNaN(Number);

    public static Value Of(bool truth) => new(FactType.Truth, truth ? 1 : 0, null);

    public static Value Of(double number) => new(FactType.Number, number, null);

    public static Value Of(string? text) => new(FactType.Text, 0, text);

    public static Value Days(double days) => new(FactType.Span, days, null);

    /// <summary>As an explanation shows it: yes, 12.5, 'gold', 41 days, or unknown.</summary>
    public override string ToString() => !Known ? "unknown" : Type switch
    {
        FactType.Truth => True ? "yes" : "no",
        FactType.Number => Math.Round(Number, 2).ToString(System.Globalization.CultureInfo.InvariantCulture),
        FactType.Span => Math.Round(Number, 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + " days",
        _ => $"'{Text}'",
    };
}
