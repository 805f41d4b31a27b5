using System.Globalization;

namespace Cvm.Engine;

/// <summary>What journeys and the programme as a whole have earned, against those held out: from tallies alone, so that it reads no person.</summary>
public sealed record ProofReport
{
    // Weeks over which it is counted how many enter.
    const int RecentWeeks = 4;

    /// <summary>The tallies it is made from.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Tallies.Measured, Tallies.Entered, Tallies.HeldOut];

    /// <summary>Every journey that customers may enter, by name.</summary>
    public required ImmutableArray<JourneyProof> Journeys { get; init; }

    /// <summary>The programme against those whom it leaves alone, by quarter, newest first.</summary>
    public required ImmutableArray<QuarterProof> Programme { get; init; }

    /// <summary>Makes it from the tallies.</summary>
    /// <param name="today">UTC.</param>
    public static ProofReport Of(IReadOnlyList<(Tally Tally, long Count)> tallies, Playbook playbook, DateOnly today)
    {
        var groups = MeasuredTallies.Groups(tallies).ToLookup(group => group.Journey, StringComparer.Ordinal);
        var entered = tallies.Where(pair => pair.Tally.Kind is Tallies.Entered or Tallies.HeldOut && pair.Tally.Day > today.AddDays(-7 * RecentWeeks) && pair.Tally.Day <= today)
            .GroupBy(pair => pair.Tally.Journey, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Sum(pair => pair.Count), StringComparer.Ordinal);

        return new()
        {
            Journeys = [.. playbook.Journeys.Select(journey => Of(journey, playbook, [.. groups[journey.Name]]) with { PerWeek = entered.GetValueOrDefault(journey.Name) / (double)RecentWeeks })],
            Programme = [.. groups[""].GroupBy(group => group.Version).OrderByDescending(quarter => quarter.Key).Select(quarter => Quarter(quarter.Key, [.. quarter], playbook, today))],
        };
    }

    // The share that holds now may not have held in a quarter that is over.
    static QuarterProof Quarter(int number, ImmutableArray<MeasuredGroup> groups, Playbook playbook, DateOnly today) =>
        new(number, Whole(groups, "", QuarterProof.EndOf(number) > today ? 1 - playbook.Policies.Holdout : null, true));

    static JourneyProof Of(Journey journey, Playbook playbook, ImmutableArray<MeasuredGroup> groups)
    {
        // A version that has just been published has nothing to say yet.
        var versions = groups.Select(group => group.Version).Distinct().OrderDescending().ToList();
        var shown = versions.FirstOrDefault(version => groups.Any(group => group.Version == version && group.Ended > 0), versions.FirstOrDefault(journey.Version));
        return new(journey, Of(shown))
        {
            Earlier = [.. versions.Where(version => version != shown).Select(Of)],
        };

        VersionProof Of(int version)
        {
            var written = playbook.Find(journey.Name, version);
            var own = groups.Where(group => group.Version == version).ToImmutableArray();
            return new(version, Whole(own, journey.Name, 1 - written?.Holdout, (written ?? journey).Goal is not null), Splits(own, written, journey, playbook));
        }
    }

    static Comparison Whole(ImmutableArray<MeasuredGroup> groups, string journey, double? share, bool hasGoal) =>
        new(Named(groups, journey, Measured.Member), Named(groups, journey, Measured.HeldOut), share, hasGoal);

    static MeasuredGroup Named(ImmutableArray<MeasuredGroup> groups, string journey, string name) =>
        groups.FirstOrDefault(group => group.Name == name) ?? new(journey, groups.IsEmpty ? 0 : groups[0].Version, name, 0, 0);

    internal static ImmutableArray<SplitProof> Splits(ImmutableArray<MeasuredGroup> groups, Journey? written, Journey journey, Playbook playbook)
    {
        var splits = new List<SplitProof>();
        foreach (var split in written?.Steps.OfType<Step.Split>() ?? [])
            splits.Add(new(split.Id, [.. split.Arms.Select(arm => new ArmProof(arm.Name, Named(groups, journey.Name, Measured.ArmOf(split.Id, arm.Name)), arm.Share))], written!.Goal is not null) { Winner = playbook.WinnerAt(journey.Name, written.Version, split.Id) });
        return [.. splits];
    }
}

/// <summary>A journey in the version that has most to say, and in the others.</summary>
public sealed record JourneyProof(Journey Journey, VersionProof Shown)
{
    // From so few held out their rate is told all the same: it is only to plan by.
    const int Enough = 20;

    /// <summary>Other versions that people were measured in, newest first.</summary>
    public ImmutableArray<VersionProof> Earlier { get; init; } = [];

    /// <summary>Who entered or was held out of late, a week.</summary>
    public double PerWeek { get; init; }

    /// <summary>The share who reach the goal without the journey's messages; of members where nobody is held out; NaN where nobody has been measured.</summary>
    public double Rate => Shown.Whole is { Other: { Ended: >= Enough } other } ? other.Goals / (double)other.Ended
        : Shown.Whole.Group is { Ended: > 0 } members ? members.Goals / (double)members.Ended : double.NaN;

    /// <summary>How long each is measured.</summary>
    public TimeSpan Window => TimeSpan.FromDays(Journey.Goal?.Within.Days ?? 30);
}

/// <summary>One version: members beside those held out, and its splits.</summary>
public sealed record VersionProof(int Version, Comparison Whole, ImmutableArray<SplitProof> Splits);

/// <summary>An arm, what it came to, and its share by the plan.</summary>
public sealed record ArmProof(string Name, MeasuredGroup Group, double Share);

/// <summary>The arms of one split beside each other.</summary>
public sealed record SplitProof(string Step, ImmutableArray<ArmProof> Arms, bool HasGoal)
{
    /// <summary>What won and is taken by everybody new; null where the lot decides.</summary>
    public Winner? Winner { get; init; }

    /// <summary>Whether the arms do not match their shares.</summary>
    public bool Mismatch => ShareCheck.Warns([.. Arms.Select(arm => arm.Group.Joined)], [.. Arms.Select(arm => arm.Share)]);

    /// <summary>The arm that earns most per person; null where none has been measured.</summary>
    public ArmProof? Best => BestBy(group => group.Profit.Mean);

    /// <summary>The arm with the highest figure; null where one of them has not been measured at all.</summary>
    public ArmProof? BestBy(Func<MeasuredGroup, double> figure) => Arms.Any(arm => arm.Group.Ended == 0) ? null : Arms.MaxBy(arm => figure(arm.Group));

    /// <summary>An arm beside another. Every pair has its part of what all together may miss (Bonferroni), so that the best of many arms is not the luckiest.</summary>
    public Comparison Between(ArmProof arm, ArmProof other) =>
        new(arm.Group, other.Group, arm.Share / (arm.Share + other.Share), HasGoal, Lift.Miss / (Arms.Length * (Arms.Length - 1) / 2.0));
}

/// <summary>The programme in one quarter.</summary>
/// <param name="Version">Year and quarter, such as 20271.</param>
public sealed record QuarterProof(int Version, Comparison Whole)
{
    /// <summary>Such as Q1 2027.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"Q{Version % 10} {Version / 10}");

    /// <summary>The day after its last.</summary>
    public DateOnly Ends => EndOf(Version);

    internal static DateOnly EndOf(int quarter) => new DateOnly(quarter / 10, quarter % 10 * 3 - 2, 1).AddMonths(3);
}
