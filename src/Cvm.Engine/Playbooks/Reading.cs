using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>What is needed to read a part of the playbook: the names that exist, and the list of mistakes so far.</summary>
sealed partial class Reading(Names names, List<Problem> problems)
{
    // Longer words are no slip of the pen, and edit distance is quadratic.
    const int MaxWord = 64;

    public Names Names => names;

    public int Mistakes => problems.Count;

    /// <summary>The files of dates beside calendar.yaml: what could be read of each.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<NamedDays>> Dates { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<NamedDays>>.Empty;

    public void Wrong(Where at, string what, string? fix = null) => problems.Add(new(at, what, fix));

    /// <summary>The text, or null with a mistake noted where something else stands.</summary>
    public string? TextOf(Node node, string needed)
    {
        if (node is Node.Text { Value: not "" } text) return text.Value;
        Wrong(node.At, $"Here stands {node.Kind}, where {needed} is needed.");
        return null;
    }

    public Expression? Condition(Node node, FactType wanted)
    {
        if (TextOf(node, wanted == FactType.Truth ? "a condition" : "a number or a reckoning") is not { } source) return null;
        var expression = ExpressionParser.Parse(source, ((Node.Text)node).Place, names.Of, problems, wanted);

        // Explanations show the condition on one line.
        return expression is null ? null : expression with { Source = LineBreak().Replace(source.Trim(), " ") };
    }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineBreak();

    public static string? Hint(string word, IReadOnlyCollection<string> known) => word.Length > MaxWord ? null : Nearest.Hint(word, known);

    /// <summary>A text as a message quotes it: one line, not too long.</summary>
    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxWord ? line : $"{line[..(MaxWord - 3)]}...";
    }
}

/// <summary>The names that the files of a playbook define, by kind: template, survey, segment, journey, coupon, tier, holiday, role.
/// A kind whose file cannot be read has no list, and any name of it will do, so that one mistake is not told many times.</summary>
sealed record Names
{
    public static Names None { get; } = new();

    public ImmutableDictionary<string, IReadOnlyCollection<string>> Lists { get; init; } = ImmutableDictionary<string, IReadOnlyCollection<string>>.Empty;
    public ImmutableSortedDictionary<string, TemplateKind> Templates { get; init; } = ImmutableSortedDictionary<string, TemplateKind>.Empty;
    public ImmutableSortedDictionary<string, Survey> Surveys { get; init; } = ImmutableSortedDictionary<string, Survey>.Empty;

    /// <summary>The names of a kind, or null where any will do.</summary>
    public IReadOnlyCollection<string>? Of(string kind) => Lists.GetValueOrDefault(kind);

    public Names With(string kind, IEnumerable<string>? list) =>
        list is null ? this : this with { Lists = Lists.SetItem(kind, list.ToImmutableSortedSet(StringComparer.Ordinal)) };

    /// <summary>What a checked playbook defines, for a journey that is read on its own.</summary>
    public static Names From(Playbook playbook)
    {
        var journeys = playbook.Journeys.Concat(playbook.Earlier).ToList();
        var coupons = journeys.SelectMany(journey => journey.Steps).OfType<Step.Give>().Select(step => step.Gift).OfType<Gift.Coupon>();

        return new Names { Templates = playbook.Templates, Surveys = playbook.Surveys }
            .With("template", playbook.Templates.Keys)
            .With("survey", playbook.Surveys.Keys)
            .With("segment", playbook.Segments.Keys)
            .With("journey", journeys.Select(journey => journey.Name))
            .With("coupon", coupons.Select(coupon => coupon.Name))
            .With("tier", playbook.Loyalty.Tiers.Select(tier => tier.Name))
            .With("holiday", playbook.Holidays.Names)
            .With("role", playbook.Policies.Staff.Keys);
    }
}
