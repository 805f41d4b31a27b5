namespace Cvm.Engine;

/// <summary>What has become of a step.</summary>
public enum StepChange { Same, Changed, Added, Removed }

/// <summary>A step of two versions side by side; one of the two is null where only the other version has it.</summary>
public sealed record StepPair(StepChange Change, Step? Old, Step? New);

/// <summary>A rule of two versions, such as what one enters by, in the playbook's words.</summary>
public sealed record RuleChange(string Rule, string Old, string New);

/// <summary>Two versions of a journey side by side.</summary>
/// <param name="Rules">Only those that differ.</param>
/// <param name="Steps">All steps of both, in an order that keeps both orders.</param>
public sealed record JourneyDifference(ImmutableArray<RuleChange> Rules, ImmutableArray<StepPair> Steps)
{
    /// <summary>Whether anything differs.</summary>
    public bool Any => Rules.Length > 0 || Steps.Any(pair => pair.Change != StepChange.Same);

    /// <summary>Compares two versions: steps are the same by their ids, else by their kind and place.</summary>
    public static JourneyDifference Of(Journey old, Journey next) => new(
        [.. StepText.Rules(old).Zip(StepText.Rules(next)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new RuleChange(pair.First.Name, pair.First.Value, pair.Second.Value))],
        Leading(old, next, Pairs(old, next)));

    static ImmutableArray<StepPair> Pairs(Journey old, Journey next)
    {
        var common = Common(old.Steps, next.Steps);
        var pairs = ImmutableArray.CreateBuilder<StepPair>();
        var (gone, come) = (new List<Step>(), new List<Step>());
        for (var (i, j) = (0, 0); i < old.Steps.Length || j < next.Steps.Length;)
        {
            if (i < old.Steps.Length && j < next.Steps.Length && old.Steps[i].Id == next.Steps[j].Id)
            {
                pairs.AddRange(Between(gone, come));
                pairs.Add(new(StepText.Of(old.Steps[i]) == StepText.Of(next.Steps[j]) ? StepChange.Same : StepChange.Changed, old.Steps[i++], next.Steps[j++]));
            }
            else if (i < old.Steps.Length && (j == next.Steps.Length || common[i + 1, j] >= common[i, j + 1])) gone.Add(old.Steps[i++]);
            else come.Add(next.Steps[j++]);
        }

        pairs.AddRange(Between(gone, come));
        return pairs.ToImmutable();
    }

    // What went and what came at the same place: of one kind they are the same step, changed. A wait that is made longer may get another id by that.
    static List<StepPair> Between(List<Step> gone, List<Step> come)
    {
        var (pairs, at) = (new List<StepPair>(), 0);
        foreach (var old in gone)
        {
            var match = come.FindIndex(at, step => step.GetType() == old.GetType());
            if (match < 0)
            {
                pairs.Add(new(StepChange.Removed, old, null));
                continue;
            }

            pairs.AddRange(come[at..match].Select(step => new StepPair(StepChange.Added, null, step)));
            pairs.Add(new(StepChange.Changed, old, come[match]));
            at = match + 1;
        }

        pairs.AddRange(come[at..].Select(step => new StepPair(StepChange.Added, null, step)));
        gone.Clear();
        come.Clear();
        return pairs;
    }

    // A branch is the same only where its ways lead to the same steps as well; what follows another step is told by the order.
    static ImmutableArray<StepPair> Leading(Journey old, Journey next, ImmutableArray<StepPair> pairs)
    {
        var became = pairs.Where(pair => pair is { Old: not null, New: not null }).ToDictionary(pair => pair.Old!.Id, pair => pair.New!.Id, StringComparer.Ordinal);
        return [.. pairs.Select(pair => pair is { Change: StepChange.Same, Old: Step.If or Step.Choose or Step.Split } && !Alike(pair.Old, pair.New!) ? pair with { Change = StepChange.Changed } : pair)];

        bool Alike(Step one, Step other) => Moves.Ways(one).Select(way => way == Step.Done ? "" : became.GetValueOrDefault(IdOf(old, way))).SequenceEqual(Moves.Ways(other).Select(way => IdOf(next, way)));
    }

    static string IdOf(Journey journey, int step) => step == Step.Done ? "" : journey.Steps[step].Id;

    // How many ids two ends of the lists have in common, in order.
    static int[,] Common(ImmutableArray<Step> old, ImmutableArray<Step> next)
    {
        var common = new int[old.Length + 1, next.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = next.Length - 1; j >= 0; j--)
                common[i, j] = old[i].Id == next[j].Id ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }
}
