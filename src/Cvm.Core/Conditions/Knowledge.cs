namespace Cvm;

/// <summary>What is known of the facts at one place of a journey, in one case: a superset of what they may be. Facts that nothing is known of
/// may be anything within their range.</summary>
/// <remarks>Sound, not complete: what it calls impossible never happens (a test holds it against random facts); what it calls possible may
/// still never happen.</remarks>
public sealed partial class Knowledge
{
    readonly Playbook playbook;
    readonly FactRanges ranges;
    readonly ImmutableDictionary<string, Possible> facts;

    // Of two terms that are no constants, by their words: less 1, equal 2, greater 4, one of them unknown 8.
    readonly ImmutableDictionary<string, int> relations;

    // How many times the second fact the first one is, where the second is never negative.
    readonly ImmutableDictionary<string, Possible> ratios;

    Knowledge(Playbook playbook, FactRanges ranges, ImmutableDictionary<string, Possible> facts, ImmutableDictionary<string, int> relations, ImmutableDictionary<string, Possible> ratios) =>
        (this.playbook, this.ranges, this.facts, this.relations, this.ratios) = (playbook, ranges, facts, relations, ratios);

    /// <summary>Nothing but the ranges of the facts.</summary>
    public static Knowledge None(Playbook playbook) => new(
        playbook,
        new(playbook),
        ImmutableDictionary.Create<string, Possible>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, int>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, Possible>(StringComparer.Ordinal));

    /// <summary>With this of a fact, named as conditions name it, such as <c>orders</c> or <c>tagged('vip')</c>; what was known of it is gone.</summary>
    public Knowledge With(string fact, Possible possible) => new(playbook, ranges, facts.SetItem(fact, possible), relations, ratios);

    /// <summary>Whether anything is known of the fact beside its range.</summary>
    public bool Knows(string fact) => facts.ContainsKey(fact);

    /// <summary>With nothing known any more but of these facts.</summary>
    public Knowledge Only(Func<string, bool> kept) =>
        new(playbook, ranges, facts.RemoveRange(facts.Keys.Where(name => !kept(name))), relations.Clear(), ratios.Clear());

    /// <summary>What a term may come to.</summary>
    public Possible Of(Term term) => term switch
    {
        Term.Constant constant => Possible.Just(constant.Value),
        Term.Named named => facts.TryGetValue(named.Fact.Name, out var known) ? known : ranges.Of(named.Fact),
        Term.Asked asked => facts.TryGetValue(asked.ToString(), out var known) ? known : FactRanges.Of(asked.Question),
        Term.Reckon reckon => Reckoning.Of(reckon.Sign, Of(reckon.Left), Of(reckon.Right)),
        _ => Possible.Between(Assume(term, false).Impossible ? 1 : 0, Assume(term, true).Impossible ? 0 : 1, whole: true),
    };

    /// <summary>What is known in either case, and less.</summary>
    public Knowledge Or(Knowledge other) => new(
        playbook,
        ranges,
        facts.Where(pair => other.facts.ContainsKey(pair.Key)).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Or(other.facts[pair.Key]), StringComparer.Ordinal),
        relations.Where(pair => other.relations.ContainsKey(pair.Key)).ToImmutableDictionary(pair => pair.Key, pair => pair.Value | other.relations[pair.Key], StringComparer.Ordinal),
        ratios.Clear());

    /// <summary>Whether both know the same.</summary>
    public bool Same(Knowledge other) => Alike(facts, other.facts) && Alike(relations, other.relations) && Alike(ratios, other.ratios);

    static bool Alike<T>(ImmutableDictionary<string, T> one, ImmutableDictionary<string, T> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && EqualityComparer<T>.Default.Equals(pair.Value, value));
}

/// <summary>Several cases, one of which holds. None at all is impossible.</summary>
public readonly record struct Cases(ImmutableArray<Knowledge> All)
{
    // More are drawn together into one that knows less.
    const int Most = 32;

    /// <summary>No case: the place is never reached.</summary>
    public static Cases None { get; } = new([]);

    /// <summary>Whether no case is left.</summary>
    public bool Impossible => All.IsEmpty;

    /// <summary>Just this case.</summary>
    public static Cases Of(Knowledge one) => new([one]);

    /// <summary>Those of either.</summary>
    public Cases Or(Cases other)
    {
        var all = All;
        foreach (var one in other.All) if (!all.Any(one.Same)) all = all.Add(one);
        return all.Length <= Most ? new(all) : Of(all.Aggregate((one, next) => one.Or(next))!);
    }

    /// <summary>Those in which the condition can be true, or false, and what is known then.</summary>
    public Cases Assume(Term term, bool holds) => Each(one => one.Assume(term, holds));

    /// <summary>Each case changed.</summary>
    public Cases Select(Func<Knowledge, Knowledge> change) => Each(one => Of(change(one)));

    Cases Each(Func<Knowledge, Cases> follow)
    {
        var all = None;
        foreach (var one in All) all = all.Or(follow(one));
        return all;
    }
}
