namespace Cvm;

/// <summary>Words to look for, one after the other.</summary>
sealed record Phrase(ImmutableArray<PhrasePart> Parts)
{
    public static Phrase Of(string text) => new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PartOf)]);

    static PhrasePart PartOf(string word) => word switch
    {
        "*" => PhrasePart.Gap,
        "^" => PhrasePart.Start,
        [.. var stem, '?'] => new(PartKind.Words, Any(stem), true),
        _ => new(PartKind.Words, Any(word), false),
    };

    static ImmutableArray<string> Any(string words) => [.. words.Split('|').Select(word => word.Replace('_', ' '))];
}

enum PartKind { Words, Gap, Start }

/// <param name="Any">One of these; "$" is the end of a clause.</param>
sealed record PhrasePart(PartKind Kind, ImmutableArray<string> Any, bool MayMiss)
{
    public const string End = "$";

    public static PhrasePart Gap { get; } = new(PartKind.Gap, [], false);
    public static PhrasePart Start { get; } = new(PartKind.Start, [], false);
}
