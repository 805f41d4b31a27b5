namespace Cvm.Engine;

/// <summary>Something counted: kept in the same transaction as what it counts, so that pages never count rows.</summary>
/// <param name="Kind">One of <see cref="Tallies.Kinds"/>.</param>
/// <param name="Journey">Empty where it belongs to none.</param>
/// <param name="Detail">Step, channel, outcome or reason, as the kind says.</param>
/// <param name="Day">UTC day, null for what stands rather than happens.</param>
public readonly record struct Tally(string Kind, string Journey, string Detail, DateOnly? Day);
