namespace Cvm;

/// <summary>What the ways of a split are compared by.</summary>
public enum PromoteBy { Profit, Revenue, Goal }

/// <summary>When the best way of a split is taken by everybody new.</summary>
/// <param name="After">At the earliest so long after the first took a way of it.</param>
/// <param name="Least">So many people must have been measured in each way.</param>
public sealed record Promotion(PromoteBy By, TimeSpan After, int Least);

/// <summary>A way that everybody new takes at a split, because it won. Who took another keeps it.</summary>
/// <param name="Because">The figures it won by, in words.</param>
public sealed record Winner(string Journey, int Version, string Step, string Arm, DateTimeOffset At, string Because);
