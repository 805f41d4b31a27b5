namespace Cvm;

/// <summary>What a value may be: a superset of the values it really takes, never less. Numbers, spans (in days) and truths (1 and 0) lie in one
/// interval; texts are a list, or all but a list; beside that it may or may not be unknown.</summary>
/// <remarks>The interval and constant-set domains of Cousot and Cousot, Abstract Interpretation (POPL 1977), sections 2 and 9.2. Every operation
/// rounds outwards: what it gives holds whatever the values were, so "impossible" is a proof and "possible" is none.</remarks>
public sealed record Possible
{
    /// <summary>Whether the value may be unknown (NaN, or no text).</summary>
    public bool Unknown { get; init; }

    /// <summary>Least and greatest number; none where the first is above the second.</summary>
    public double Least { get; init; } = double.NegativeInfinity;
    /// <inheritdoc cref="Least"/>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the end itself is left out.</summary>
    public bool LeastOpen { get; init; }
    /// <inheritdoc cref="LeastOpen"/>
    public bool MostOpen { get; init; }

    /// <summary>Whether only whole numbers are possible.</summary>
    public bool Whole { get; init; }

    /// <summary>The texts it may be, or those it may not be where <see cref="Except"/>; null for a number.</summary>
    public ImmutableSortedSet<string>? Texts { get; init; }
    /// <inheritdoc cref="Texts"/>
    public bool Except { get; init; }

    /// <summary>Any number or span, or unknown.</summary>
    public static Possible AnyNumber { get; } = new() { Unknown = true };

    /// <summary>Any text, or unknown.</summary>
    public static Possible AnyText { get; } = new() { Unknown = true, Texts = [], Except = true };

    /// <summary>Yes or no.</summary>
    public static Possible YesOrNo { get; } = new() { Least = 0, Most = 1, Whole = true };

    /// <summary>Only unknown.</summary>
    public static Possible Nothing(FactType type) => type == FactType.Text ? new() { Unknown = true, Texts = [] } : new() { Unknown = true, Least = 1, Most = 0 };

    /// <summary>Anything of this type.</summary>
    public static Possible Any(FactType type) => type switch { FactType.Text => AnyText, FactType.Truth => YesOrNo, _ => AnyNumber };

    /// <summary>Just this value.</summary>
    public static Possible Just(in Value value) => !value.Known ? Nothing(value.Type)
        : value.Type == FactType.Text ? new() { Texts = Set(value.Text!) }
        : new() { Least = value.Number, Most = value.Number };

    /// <summary>One of these texts.</summary>
    public static Possible OneOf(IEnumerable<string> texts, bool unknown = false) => new() { Texts = texts.ToImmutableSortedSet(StringComparer.Ordinal), Unknown = unknown };

    /// <summary>From one number to another, both included.</summary>
    public static Possible Between(double least, double most, bool unknown = false, bool whole = false) => new() { Least = least, Most = most, Unknown = unknown, Whole = whole };

    /// <summary>Whether a known value is possible.</summary>
    public bool Known => Texts is null ? Least < Most || (Least == Most && !LeastOpen && !MostOpen) : Except || !Texts.IsEmpty;

    /// <summary>Whether nothing is possible at all: this place is never reached.</summary>
    public bool Impossible => !Unknown && !Known;

    /// <summary>Whether the value lies within.</summary>
    public bool Holds(in Value value)
    {
        if (!value.Known) return Unknown;
        if (Texts is { } texts) return value.Text is { } text && texts.Contains(text) != Except;
        var number = value.Number;
        return (LeastOpen ? number > Least : number >= Least) && (MostOpen ? number < Most : number <= Most) && (!Whole || number == Math.Floor(number));
    }

    /// <summary>What is possible in both.</summary>
    public Possible And(Possible other)
    {
        if (Texts is { } mine && other.Texts is { } theirs)
        {
            var both = (Except, other.Except) switch
            {
                (false, false) => mine.Intersect(theirs),
                (false, true) => mine.Except(theirs),
                (true, false) => theirs.Except(mine),
                _ => mine.Union(theirs),
            };
            return new() { Unknown = Unknown && other.Unknown, Texts = both, Except = Except && other.Except };
        }

        var (least, leastOpen) = Tighter(Least, LeastOpen, other.Least, other.LeastOpen, upper: false);
        var (most, mostOpen) = Tighter(Most, MostOpen, other.Most, other.MostOpen, upper: true);
        return new Possible { Unknown = Unknown && other.Unknown, Whole = Whole || other.Whole, Least = least, LeastOpen = leastOpen, Most = most, MostOpen = mostOpen }.Rounded();
    }

    /// <summary>What is possible in either, and perhaps more.</summary>
    public Possible Or(Possible other)
    {
        if (Texts is { } mine && other.Texts is { } theirs)
        {
            var either = (Except, other.Except) switch
            {
                (false, false) => mine.Union(theirs),
                (false, true) => theirs.Except(mine),
                (true, false) => mine.Except(theirs),
                _ => mine.Intersect(theirs),
            };
            return new() { Unknown = Unknown || other.Unknown, Texts = either, Except = Except || other.Except };
        }

        if (!Known) return other with { Unknown = Unknown || other.Unknown };
        if (!other.Known) return this with { Unknown = Unknown || other.Unknown };
        var (least, leastOpen) = Tighter(Least, LeastOpen, other.Least, other.LeastOpen, upper: true, loose: true);
        var (most, mostOpen) = Tighter(Most, MostOpen, other.Most, other.MostOpen, upper: false, loose: true);
        return new() { Unknown = Unknown || other.Unknown, Whole = Whole && other.Whole, Least = least, LeastOpen = leastOpen, Most = most, MostOpen = mostOpen };
    }

    /// <summary>The same without unknown.</summary>
    public Possible OnlyKnown => this with { Unknown = false };

    /// <summary>The same without this text, or without this number where it is an end of whole numbers.</summary>
    public Possible Without(Possible one)
    {
        if (Texts is { } texts) return one.Texts is { Count: 1 } single && !one.Except ? this with { Texts = Except ? texts.Union(single) : texts.Except(single) } : this;
        if (one.Least != one.Most) return this;
        var result = this;
        if (one.Least == result.Least) result = result with { LeastOpen = true };
        if (one.Most == result.Most) result = result with { MostOpen = true };
        return result.Rounded();
    }

    // Whole numbers have closed ends.
    Possible Rounded()
    {
        if (!Whole) return this;
        var least = Math.Ceiling(Least);
        var most = Math.Floor(Most);
        if (LeastOpen && least == Least) least++;
        if (MostOpen && most == Most) most--;
        return this with { Least = least, LeastOpen = false, Most = most, MostOpen = false };
    }

    static (double, bool) Tighter(double a, bool aOpen, double b, bool bOpen, bool upper, bool loose = false)
    {
        if (a == b) return (a, loose ? aOpen && bOpen : aOpen || bOpen);
        return a < b == upper ? (a, aOpen) : (b, bOpen);
    }

    static ImmutableSortedSet<string> Set(string text) => ImmutableSortedSet.Create(StringComparer.Ordinal, text);

    /// <inheritdoc/>
    public bool Equals(Possible? other) => other is not null && (Unknown, Least, Most, LeastOpen, MostOpen, Whole, Except) == (other.Unknown, other.Least, other.Most, other.LeastOpen, other.MostOpen, other.Whole, other.Except)
        && (Texts is null ? other.Texts is null : other.Texts is not null && Texts.SetEquals(other.Texts));

    /// <inheritdoc/>
    public override int GetHashCode() => (Unknown, Least, Most, Texts?.Count).GetHashCode();
}
