namespace Cvm;

/// <summary>What would have to be otherwise for a condition to hold, or not to.</summary>
/// <param name="Needed">The smallest part of the condition, as it would have to be.</param>
/// <param name="Is">What its facts are, such as <c>alive is 0.63</c>.</param>
public sealed record Remedy(string Needed, string Is)
{
    /// <inheritdoc/>
    public override string ToString() => Is == "" ? Needed : $"{Needed} ({Is})";
}

/// <summary>The smallest change that turns a condition.</summary>
public static class Remedies
{
    /// <summary>The fewest parts that would have to be otherwise; empty where the condition is as wanted. Of two ways that are as short, the one that is written first.</summary>
    public static ImmutableArray<Remedy> Of(Expression condition, in View view, bool wanted = true) => Of(condition.Root, view, wanted);

    static ImmutableArray<Remedy> Of(Term term, in View view, bool wanted) => term.Read(view).True == wanted ? [] : term switch
    {
        Term.Not not => Of(not.Of, view, !wanted),
        Term.And and => wanted ? [.. Of(and.Left, view, true), .. Of(and.Right, view, true)] : Shorter(Of(and.Left, view, false), Of(and.Right, view, false)),
        Term.Or or => wanted ? Shorter(Of(or.Left, view, true), Of(or.Right, view, true)) : [.. Of(or.Left, view, false), .. Of(or.Right, view, false)],
        _ => [new(wanted ? $"{term}" : Opposite(term), Seen(term, view))],
    };

    // Of two that are both needed for no, either will do.
    static ImmutableArray<Remedy> Shorter(ImmutableArray<Remedy> one, ImmutableArray<Remedy> other) =>
        one.IsEmpty ? other : other.IsEmpty || one.Length <= other.Length ? one : other;

    static string Opposite(Term term) => term is Term.Compare compare
        ? $"{compare.Left} {Turned(compare.Sign)} {compare.Right}"
        : $"not {term}";

    static string Turned(string sign) => sign switch { "==" => "!=", "!=" => "==", "<" => ">=", "<=" => ">", ">" => "<=", _ => "<" };

    static string Seen(Term term, View view) =>
        string.Join(", ", term.Leaves().Distinct().Select(leaf => $"{leaf} is {leaf.Read(view)}").Distinct(StringComparer.Ordinal));
}
