namespace Cvm;

/// <summary>An enrollment that came to a step, or left its journey there: what a funnel is counted from. Nothing is decided by it.</summary>
/// <param name="Outcome">As the end calls it; null where it came to the step.</param>
public readonly record struct Passage(string Journey, int Version, string Step, string? Outcome = null);
