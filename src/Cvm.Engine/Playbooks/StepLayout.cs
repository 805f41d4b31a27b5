using System.Text;

namespace Cvm.Engine;

/// <summary>Lays nested steps out flat, in the order of the file, and gives every step its id.</summary>
static class StepLayout
{
    const int MaxSteps = 300;
    const int MaxId = 64;

    /// <summary>Notes what is wrong among steps: doubled ids, steps nobody reaches, too many.</summary>
    public static void Check(ImmutableArray<StepDraft> steps, Reading reading)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var all = InOrder(steps).ToList();

        foreach (var step in all)
        {
            if (step.Values.Get(StepKind.Id) is { } id && !ids.Add(id))
                reading.Wrong(
                    step.Values.PlaceOf(StepKind.Id),
                    $"The id '{id}' stands twice in this journey.",
                    "Give each step its own.");
        }

        foreach (var way in all.SelectMany(step => step.Kind.Ways(step.Values)).Prepend(steps)) CheckReached(way, reading);
        if (all.Count > MaxSteps) reading.Wrong(all[MaxSteps].At, $"This journey has more than {MaxSteps} steps.", "Start another journey for a part of it.");
    }

    static void CheckReached(ImmutableArray<StepDraft> way, Reading reading)
    {
        if (way.IsDefaultOrEmpty) return;

        for (var i = 0; i < way.Length - 1; i++)
        {
            if (!way[i].Ends) continue;
            reading.Wrong(way[i + 1].At, "Nobody reaches this step: the journey has ended before it.", "Take it out, or move the end.");
            return;
        }
    }

    /// <summary>The compiled steps, and where each is written, by id. Only for steps without mistakes.</summary>
    public static (ImmutableArray<Step> Steps, ImmutableDictionary<string, Where> Places) Lay(ImmutableArray<StepDraft> drafts, Names names)
    {
        var order = InOrder(drafts).ToList();
        var index = order.Select((draft, i) => (draft, i)).ToDictionary(pair => pair.draft, pair => pair.i);
        var next = new Dictionary<StepDraft, int>();
        Follow(drafts, Step.Done);

        var ids = Ids(order);
        var steps = order.Select((draft, i) => draft.Kind.Build(draft.Values, new(ids[i], next[draft], names, way => Entry(way, next[draft]))));
        return ([.. steps], order.Select((draft, i) => (ids[i], draft.At)).ToImmutableDictionary(pair => pair.Item1, pair => pair.At, StringComparer.Ordinal));

        int Entry(ImmutableArray<StepDraft> way, int after) => way.IsDefaultOrEmpty ? after : index[way[0]];

        void Follow(ImmutableArray<StepDraft> way, int after)
        {
            if (way.IsDefaultOrEmpty) return;

            for (var i = 0; i < way.Length; i++)
            {
                next[way[i]] = i + 1 < way.Length ? index[way[i + 1]] : after;
                foreach (var inner in way[i].Kind.Ways(way[i].Values)) Follow(inner, next[way[i]]);
            }
        }
    }

    static IEnumerable<StepDraft> InOrder(ImmutableArray<StepDraft> way)
    {
        if (way.IsDefaultOrEmpty) yield break;

        foreach (var step in way)
        {
            yield return step;
            foreach (var inner in step.Kind.Ways(step.Values).SelectMany(InOrder)) yield return inner;
        }
    }

    // Ids that people wrote come first, so that a made one never takes theirs.
    static List<string> Ids(List<StepDraft> order)
    {
        var taken = order.Select(step => step.Values.Get(StepKind.Id)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. order.Select(step => step.Values.Get(StepKind.Id) ?? Free(Slug(step.Kind.Slug(step.Values)), taken))];
    }

    static string Free(string slug, HashSet<string> taken)
    {
        if (taken.Add(slug)) return slug;

        for (var number = 2; ; number++)
        {
            var numbered = $"{slug}-{number}";
            if (taken.Add(numbered)) return numbered;
        }
    }

    static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);

        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString(0, Math.Min(slug.Length, MaxId)).TrimEnd('-');
    }
}
