namespace Cvm;

/// <summary>A checked condition: its type is known, and reading it cannot fail.</summary>
public sealed record Expression(string Source, Term Root)
{
    public FactType Type => Root.Type;

    /// <summary>The facts and questions it names, once each, in reading order.</summary>
    internal ImmutableArray<(string Name, Term Leaf)> Named
    {
        get
        {
            if (field.IsDefault) field = [.. Root.Leaves().Select(leaf => (Name: leaf.ToString()!, leaf)).DistinctBy(pair => pair.Name, StringComparer.Ordinal)];
            return field;
        }
    }

    public bool Holds(in View view) => Root.Read(view).True;

    public Value Read(in View view) => Root.Read(view);

    /// <summary>What each named fact was at that moment, once each, for an explanation.</summary>
    public IReadOnlyList<(string Name, Value Value)> Seen(View view)
    {
        var seen = new List<(string, Value)>();
        foreach (var leaf in Root.Leaves())
        {
            var name = leaf.ToString();
            if (!seen.Exists(pair => pair.Item1 == name)) seen.Add((name, leaf.Read(view)));
        }

        return seen;
    }

    /// <summary>The part of the condition that made it false: the first failing side of its <c>and</c>s; the whole where there is none.</summary>
    public string FirstFailing(in View view)
    {
        var term = Root;
        while (term is Term.And and) term = and.Left.Read(view).True ? and.Right : and.Left;
        return ReferenceEquals(term, Root) ? Source : term.ToString();
    }

    public bool Equals(Expression? other) => other is not null && Source == other.Source;

    public override int GetHashCode() => Source.Length;

    public override string ToString() => Source;
}

/// <summary>A part of a condition.</summary>
public abstract record Term(FactType Type)
{
    public abstract Value Read(in View view);

    /// <summary>The facts and questions in it, in reading order.</summary>
    public virtual IEnumerable<Term> Leaves() => [];

    /// <summary>The same part with other leaves.</summary>
    public virtual Term With(Func<Term, Term> leaf) => this;

    public sealed record Constant(Value Value, string Written) : Term(Value.Type)
    {
        public override Value Read(in View view) => Value;

        public override string ToString() => Written;
    }

    public sealed record Named(Fact Fact) : Term(Fact.Type)
    {
        public override Value Read(in View view) => Fact.Read(view);

        public override IEnumerable<Term> Leaves() => [this];

        public override Term With(Func<Term, Term> leaf) => leaf(this);

        public override string ToString() => Fact.Name;
    }

    public sealed record Asked(Question Question, string Argument) : Term(Question.Type)
    {
        public override Value Read(in View view) => Question.Read(view, Argument);

        public override IEnumerable<Term> Leaves() => [this];

        public override Term With(Func<Term, Term> leaf) => leaf(this);

        public override string ToString() => $"{Question.Name}('{Argument}')";
    }

    /// <summary>A fact as it was once, whatever it is now.</summary>
    public sealed record Remembered(string Name, Value Value) : Term(Value.Type)
    {
        public override Value Read(in View view) => Value;

        public override IEnumerable<Term> Leaves() => [this];

        public override string ToString() => Name;
    }

    public sealed record Not(Term Of) : Term(FactType.Truth)
    {
        public override Value Read(in View view) => Value.Of(!Of.Read(view).True);

        public override IEnumerable<Term> Leaves() => Of.Leaves();

        public override Term With(Func<Term, Term> leaf) => new Not(Of.With(leaf));

        public override string ToString() => Of is And or Or or Compare or OneOf ? $"not ({Of})" : $"not {Of}";
    }

    public sealed record And(Term Left, Term Right) : Term(FactType.Truth)
    {
        public override Value Read(in View view) => Left.Read(view).True ? Right.Read(view) : Value.Of(false);

        public override IEnumerable<Term> Leaves() => Left.Leaves().Concat(Right.Leaves());

        public override Term With(Func<Term, Term> leaf) => this with { Left = Left.With(leaf), Right = Right.With(leaf) };

        public override string ToString() => $"{Side(Left)} and {Side(Right)}";

        static string Side(Term term) => term is Or ? $"({term})" : term.ToString();
    }

    public sealed record Or(Term Left, Term Right) : Term(FactType.Truth)
    {
        public override Value Read(in View view) => Left.Read(view).True ? Value.Of(true) : Right.Read(view);

        public override IEnumerable<Term> Leaves() => Left.Leaves().Concat(Right.Leaves());

        public override Term With(Func<Term, Term> leaf) => this with { Left = Left.With(leaf), Right = Right.With(leaf) };

        public override string ToString() => $"{Left} or {Right}";
    }

    public sealed record Compare(string Sign, Term Left, Term Right) : Term(FactType.Truth)
    {
        public override Value Read(in View view)
        {
            var (a, b) = (Left.Read(view), Right.Read(view));
            if (!a.Known || !b.Known) return Value.Of(Sign == "!=");
            var order = a.Type == FactType.Text ? string.CompareOrdinal(a.Text, b.Text) : a.Number.CompareTo(b.Number);

            return Value.Of(Sign switch
            {
                "==" => order == 0,
                "!=" => order != 0,
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                _ => order >= 0,
            });
        }

        public override IEnumerable<Term> Leaves() => Left.Leaves().Concat(Right.Leaves());

        public override Term With(Func<Term, Term> leaf) => this with { Left = Left.With(leaf), Right = Right.With(leaf) };

        public override string ToString() => $"{Left} {Sign} {Right}";
    }

    public sealed record OneOf(Term Left, ImmutableArray<Term> Choices) : Term(FactType.Truth)
    {
        public override Value Read(in View view)
        {
            var value = Left.Read(view);
            if (!value.Known) return Value.Of(false);
            foreach (var choice in Choices)
            {
                var other = choice.Read(view);
                if (value.Type == FactType.Text ? value.Text == other.Text : value.Number == other.Number) return Value.Of(true);
            }

            return Value.Of(false);
        }

        public override IEnumerable<Term> Leaves() => Left.Leaves().Concat(Choices.SelectMany(choice => choice.Leaves()));

        public override Term With(Func<Term, Term> leaf) => this with { Left = Left.With(leaf), Choices = [.. Choices.Select(choice => choice.With(leaf))] };

        public override string ToString() => $"{Left} in [{string.Join(", ", Choices)}]";
    }

    public sealed record Reckon(char Sign, Term Left, Term Right, FactType Result) : Term(Result)
    {
        public override Value Read(in View view)
        {
            var (a, b) = (Left.Read(view).Number, Right.Read(view).Number);
            var result = Sign switch
            {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                _ => b == 0 ? double.NaN : a / b,
            };

            return Type == FactType.Span ? Value.Days(result) : Value.Of(result);
        }

        public override IEnumerable<Term> Leaves() => Left.Leaves().Concat(Right.Leaves());

        public override Term With(Func<Term, Term> leaf) => this with { Left = Left.With(leaf), Right = Right.With(leaf) };

        public override string ToString() => $"{Side(Left)} {Sign} {Side(Right)}";

        string Side(Term term) => term is Reckon ? $"({term})" : $"{term}";
    }
}
