namespace Cvm.Tests.Checking;

/// <summary>A random customer as conditions see one, and random conditions over what is seen.</summary>
sealed class RandomFacts
{
    static readonly double[] Numbers = [0, 1, 2, 3, 5, 0.5, 0.1, 2.5, 1e200];
    static readonly string[] Signs = ["==", "!=", "<", "<=", ">", ">="];
    static readonly string[] Words = ["high", "middle", "low", "silver", "gold", "new", "loyal", "lapsed", "other"];

    static readonly string[] NumberNames = ["orders", "alive", "spent", "points", "recency-score", "average-order", "answer"];
    static readonly string[] SpanNames = ["silence", "rhythm", "known-for"];
    static readonly string[] TextNames = ["value", "stage", "tier", "country"];
    static readonly string[] TruthNames = ["open-case", "unhappy", "happened"];

    readonly Random random;
    readonly Dictionary<string, Value> values = new(StringComparer.Ordinal);
    readonly Dictionary<string, Term> leaves = new(StringComparer.Ordinal);
    readonly View view;

    public RandomFacts(int seed)
    {
        random = new(seed);
        Playbook = Some.Playbook();
        var ranges = new FactRanges(Playbook);
        foreach (var name in (string[])[.. NumberNames, .. SpanNames, .. TextNames, .. TruthNames]) Draw(Facts.All[name], ranges);

        Playbook = Playbook with { Segments = Playbook.Segments.SetItem("some", new("some", "Some", new("some", Truth(2)))) };
        view = new(Playbook, Some.Ann, null, null, Some.Now);
        AddQuestions();
    }

    public Playbook Playbook { get; }

    public IEnumerable<Term> Leaves => leaves.Values;

    public bool Holds(Term term) => term.Read(view).True;

    public Value Read(Term leaf) => leaf.Read(view);

    public override string ToString() => string.Join(", ", values.Select(pair => $"{pair.Key} is {pair.Value}"));

    void Draw(Fact fact, FactRanges ranges)
    {
        var range = ranges.Of(fact);
        Value value;
        do value = AnyValue(fact.Type);
        while (!range.Holds(value));

        values[fact.Name] = value;
        leaves[fact.Name] = new Term.Named(fact with { Read = _ => values[fact.Name] });
    }

    Value AnyValue(FactType type) => type switch
    {
        FactType.Truth => Value.Of(random.Next(2) == 0),
        FactType.Text => Value.Of(random.Next(6) == 0 ? null : Words[random.Next(Words.Length)]),
        FactType.Span => Value.Days(Number()),
        _ => Value.Of(Number()),
    };

    double Number() => random.Next(8) switch { 0 => double.NaN, 1 => -Numbers[random.Next(Numbers.Length)], _ => Numbers[random.Next(Numbers.Length)] };

    void AddQuestions()
    {
        var tier = values["tier"].Text;
        foreach (var name in new[] { "silver", "gold" })
        {
            var question = Facts.Questions["tier-at-least"] with { Read = (v, of) => Value.Of(v.Playbook.Loyalty.Rank(tier) >= v.Playbook.Loyalty.Rank(of)) };
            leaves[$"tier {name}"] = new Term.Asked(question, name);
        }

        leaves["segment"] = new Term.Asked(Facts.Questions["in-segment"], "some");
    }

    public Term Truth(int depth) => random.Next(depth == 0 ? 3 : 7) switch
    {
        0 => Leaf(FactType.Truth),
        1 => random.Next(2) == 0 ? (Term)Compare(FactType.Text) : Choice(),
        2 => random.Next(3) == 0 ? Compare(FactType.Span) : Compare(FactType.Number),
        3 => new Term.Not(Truth(depth - 1)),
        4 => new Term.Or(Truth(depth - 1), Truth(depth - 1)),
        5 when random.Next(4) == 0 => new Term.Compare(random.Next(2) == 0 ? "==" : "!=", Truth(depth - 1), Truth(depth - 1)),
        _ => new Term.And(Truth(depth - 1), Truth(depth - 1)),
    };

    Term Leaf(FactType type)
    {
        var known = leaves.Values.Where(leaf => leaf.Type == type).ToList();
        return known[random.Next(known.Count)];
    }

    Term.Compare Compare(FactType type) => new(Signs[random.Next(Signs.Length)], Operand(type, 2), Operand(type, 2));

    Term.OneOf Choice() => random.Next(2) == 0
        ? new Term.OneOf(Leaf(FactType.Text), [Constant(FactType.Text), Constant(FactType.Text)])
        : new Term.OneOf(Operand(FactType.Number, 1), [Constant(FactType.Number), Leaf(FactType.Number)]);

    Term Operand(FactType type, int depth)
    {
        if (type == FactType.Text || depth == 0 || random.Next(2) == 0) return random.Next(2) == 0 ? Leaf(type) : Constant(type);
        return random.Next(3) switch
        {
            0 => new Term.Reckon('*', Constant(FactType.Number), Leaf(type), type),
            1 => new Term.Reckon(random.Next(2) == 0 ? '+' : '-', Operand(type, depth - 1), Operand(type, depth - 1), type),
            _ => new Term.Reckon(random.Next(2) == 0 ? '*' : '/', Operand(type, depth - 1), Operand(FactType.Number, depth - 1), type),
        };
    }

    Term.Constant Constant(FactType type)
    {
        Value value;
        do value = AnyValue(type);
        while (!value.Known);
        return new(value, $"{value}");
    }
}
