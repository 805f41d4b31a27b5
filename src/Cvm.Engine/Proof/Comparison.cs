namespace Cvm.Engine;

/// <summary>What can be said of a comparison now.</summary>
public enum Finding
{
    /// <summary>Nobody has joined.</summary>
    Nobody,

    /// <summary>There is nobody to compare with.</summary>
    NothingToCompare,

    /// <summary>The groups do not match their shares, so that nothing must be read from them.</summary>
    Mismatch,

    /// <summary>Too few have been measured.</summary>
    TooEarly,

    /// <summary>The interval holds zero.</summary>
    NoDifference,

    /// <summary>Earned more, or less, per person.</summary>
    EarnsMore, EarnsLess,

    /// <summary>Profit says nothing yet, but more, or fewer, reach the goal.</summary>
    ReachesMore, ReachesLess,
}

/// <summary>One group beside another of the same: how much better it does per person, each with an interval that is right however often one looks.</summary>
/// <param name="Share">The group's share by the plan, of the two together; null where it is not known any more.</param>
/// <param name="HasGoal">Whether there is a goal to reach.</param>
public sealed record Comparison(MeasuredGroup Group, MeasuredGroup Other, double? Share, bool HasGoal, double Miss = Lift.Miss)
{
    /// <summary>Difference of the shares who reached the goal, in [-1, 1].</summary>
    public Lift Goal => Lift.Between(Sample.Of(Group.Goals, Group.Ended), Sample.Of(Other.Goals, Other.Ended), Miss);

    /// <summary>Difference in revenue, and in profit, per person in the shop's currency.</summary>
    public Lift Revenue => Money(Group.Revenue, Other.Revenue);
    public Lift Profit => Money(Group.Profit, Other.Profit);

    /// <summary>Whether the groups do not match their shares.</summary>
    public bool Mismatch => Share is > 0 and < 1 and var share && ShareCheck.Warns([Group.Joined, Other.Joined], [share, 1 - share]);

    public Finding Finding => this switch
    {
        { Group.Joined: 0, Other.Joined: 0 } => Finding.Nobody,
        { Other.Joined: 0, Share: null or 1 } => Finding.NothingToCompare,
        { Mismatch: true } => Finding.Mismatch,
        { Profit: { Certain: true, Low: > 0 } } => Finding.EarnsMore,
        { Profit.Certain: true } => Finding.EarnsLess,
        { HasGoal: true, Goal: { Certain: true, Low: > 0 } } => Finding.ReachesMore,
        { HasGoal: true, Goal.Certain: true } => Finding.ReachesLess,
        { Profit.Known: true } => Finding.NoDifference,
        _ => Finding.TooEarly,
    };

    Lift Money(Sample group, Sample other) => Lift.OfMoney(group, Group.Buyers, other, Other.Buyers, Miss);
}
