namespace Cvm;

// What follows where a condition holds, or does not.
sealed partial class Knowledge
{
    const int Less = 1, Equal = 2, Greater = 4, Unsure = 8;

    /// <summary>The cases in which the condition can be true, or false, and what is known then; none where it cannot.</summary>
    public Cases Assume(Term term, bool holds) => term switch
    {
        Term.Not not => Assume(not.Of, !holds),
        Term.And and => holds ? Assume(and.Left, true).Assume(and.Right, true) : Assume(and.Left, false).Or(Assume(and.Left, true).Assume(and.Right, false)),
        Term.Or or => holds ? Assume(or.Left, true).Or(Assume(or.Left, false).Assume(or.Right, true)) : Assume(or.Left, false).Assume(or.Right, false),
        Term.OneOf oneOf => AssumeOneOf(oneOf, holds),
        Term.Compare compare => AssumeCompare(compare, holds),
        Term.Asked asked => AssumeAsked(asked, holds),
        _ => AssumeTruth(term, holds),
    };

    Cases AssumeTruth(Term term, bool holds) => Refined(term, Of(term).And(Possible.Between(holds ? 1 : 0, holds ? 1 : 0)));

    Cases AssumeAsked(Term.Asked asked, bool holds)
    {
        var answered = AssumeTruth(asked, holds);
        return asked.Question.Name switch
        {
            "in-segment" when playbook.Segments.TryGetValue(asked.Argument, out var segment) => answered.Assume(segment.When.Root, holds),
            "tier-at-least" when playbook.Loyalty.Rank(asked.Argument) is >= 0 and var rank => answered.Assume(TierIn(rank), holds),
            _ => answered,
        };
    }

    Term.OneOf TierIn(int rank) => new(
        new Term.Named(Facts.All["tier"]),
        [.. playbook.Loyalty.Tiers.Skip(rank).Select(tier => new Term.Constant(Value.Of(tier.Name), $"'{tier.Name}'"))]);

    Cases AssumeOneOf(Term.OneOf oneOf, bool holds)
    {
        if (oneOf.Left.Type == FactType.Text && IsLeaf(oneOf.Left) && oneOf.Choices.All(choice => choice is Term.Constant { Value.Known: true }))
        {
            var possible = Of(oneOf.Left);
            var choices = Possible.OneOf(oneOf.Choices.Select(choice => ((Term.Constant)choice).Value.Text!));
            return Refined(oneOf.Left, possible.And(holds ? choices : choices with { Except = true, Unknown = true }));
        }

        var any = oneOf.Choices.Select(Term (choice) => new Term.Compare("==", oneOf.Left, choice)).Aggregate((one, next) => new Term.Or(one, next));
        return Assume(any, holds);
    }

    Cases AssumeCompare(Term.Compare compare, bool holds)
    {
        var sign = holds ? compare.Sign : Opposite(compare.Sign);
        var mayBeUnsure = (compare.Sign == "!=") == holds;
        var (left, right) = (Of(compare.Left), Of(compare.Right));

        var known = AssumeKnown(sign, compare.Left, left, compare.Right, right);
        if (!mayBeUnsure || (!left.Unknown && !right.Unknown)) return known;

        // The commonest by far, kept as one case.
        if (IsLeaf(compare.Left) && compare.Right is Term.Constant)
            return Refined(compare.Left, Restricted(left.OnlyKnown, sign, right) with { Unknown = true });

        var unsure = Related(compare.Left, compare.Right, Unsure);
        if (unsure is null) return known;
        if (left.Unknown) known = known.Or(unsure.Refined(compare.Left, Possible.Nothing(left.Texts is null ? FactType.Number : FactType.Text)));
        if (right.Unknown) known = known.Or(unsure.Refined(compare.Right, Possible.Nothing(right.Texts is null ? FactType.Number : FactType.Text)));
        return known;
    }

    Cases AssumeKnown(string sign, Term one, Possible left, Term other, Possible right)
    {
        var (a, b) = (left.OnlyKnown, right.OnlyKnown);
        a = Restricted(a, sign, b);
        b = Restricted(b, Mirrored(sign), a);
        if (!a.Known || !b.Known) return Cases.None;

        if (Related(one, other, Bits(sign)) is not { } related) return Cases.None;
        if (related.Proportioned(one, sign, other)?.Proportioned(other, Mirrored(sign), one) is not { } proportioned) return Cases.None;
        return proportioned.Refined(one, a).All is [var refined] ? refined.Refined(other, b) : Cases.None;
    }

    // Those of the values for which one of the others makes the comparison true.
    static Possible Restricted(Possible a, string sign, Possible b)
    {
        if (!b.Known) return a with { Least = 1, Most = 0, Texts = a.Texts?.Clear(), Except = false };
        if (a.Texts is { } texts)
        {
            return sign switch
            {
                "==" => a.And(b),
                "!=" => a.Without(b),
                _ when a.Except || b.Except => a,
                _ => a with { Texts = [.. texts.Where(text => b.Texts!.Any(other => Orders(sign, string.CompareOrdinal(text, other)))).ToImmutableSortedSet(StringComparer.Ordinal)] },
            };
        }

        return sign switch
        {
            "==" => a.And(b),
            "!=" => a.Without(b),
            "<" => a.And(new() { Most = b.Most, MostOpen = true }),
            "<=" => a.And(new() { Most = b.Most, MostOpen = b.MostOpen }),
            ">" => a.And(new() { Least = b.Least, LeastOpen = true }),
            _ => a.And(new() { Least = b.Least, LeastOpen = b.LeastOpen }),
        };
    }

    static bool Orders(string sign, int order) => sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    // With the two standing to each other like this; null where they cannot.
    Knowledge? Related(Term one, Term other, int bits)
    {
        if (one is Term.Constant || other is Term.Constant) return this;

        var (first, second) = (one.ToString(), other.ToString());
        var order = string.CompareOrdinal(first, second);
        if (order == 0) bits &= Equal | Unsure;
        if (order > 0) (first, second, bits) = (second, first, Turned(bits));

        var key = $"{first} ~ {second}";
        var left = bits & relations.GetValueOrDefault(key, Less | Equal | Greater | Unsure);
        return left == 0 ? null : new(playbook, ranges, facts, relations.SetItem(key, left), ratios);
    }

    // X > a·Y and X < b·Y cannot both be where a >= b and Y >= 0, for then a·Y >= b·Y, also as doubles round. Where neither is strict, both may be nothing.
    Knowledge? Proportioned(Term one, string sign, Term other)
    {
        if (!IsLeaf(one) || sign is "==" or "!=" || Times(other) is not var (factor, fact) || Of(fact) is not { Least: >= 0 }) return this;

        var key = $"{one} : {fact}";
        var known = ratios.GetValueOrDefault(key, new());
        var next = known.And(sign switch
        {
            "<" => new() { Most = factor, MostOpen = true },
            "<=" => new() { Most = factor },
            ">" => new() { Least = factor, LeastOpen = true },
            _ => new Possible { Least = factor },
        });
        if (next.Least >= next.Most && (next.LeastOpen || next.MostOpen)) return null;
        return new(playbook, ranges, facts, relations, ratios.SetItem(key, next));
    }

    static (double Factor, Term Fact)? Times(Term term) => term switch
    {
        Term.Reckon { Sign: '*', Left: Term.Constant times, Right: var fact } when IsLeaf(fact) => (times.Value.Number, fact),
        Term.Reckon { Sign: '*', Left: var fact, Right: Term.Constant times } when IsLeaf(fact) => (times.Value.Number, fact),
        _ when IsLeaf(term) && term.Type is FactType.Number or FactType.Span => (1, term),
        _ => null,
    };

    Cases Refined(Term term, Possible possible)
    {
        if (possible.Impossible) return Cases.None;
        return Cases.Of(IsLeaf(term) ? With(term.ToString()!, possible) : this);
    }

    static bool IsLeaf(Term term) => term is Term.Named or Term.Asked;

    static int Bits(string sign) => sign switch { "<" => Less, "<=" => Less | Equal, "==" => Equal, "!=" => Less | Greater, ">" => Greater, _ => Greater | Equal };

    static int Turned(int bits) => (bits & (Equal | Unsure)) | ((bits & Less) != 0 ? Greater : 0) | ((bits & Greater) != 0 ? Less : 0);

    static string Opposite(string sign) => sign switch { "==" => "!=", "!=" => "==", "<" => ">=", "<=" => ">", ">" => "<=", _ => "<" };

    static string Mirrored(string sign) => sign switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => sign };
}
