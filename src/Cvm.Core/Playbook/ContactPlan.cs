namespace Cvm;

/// <summary>Regular contact with some customers by a person of the team, such as a call every six weeks.</summary>
/// <param name="Who">Whom it is for, as things stand when the day begins.</param>
/// <param name="Every">How many days after the last contact of its kind the next one is asked for, from 1 to 366.</param>
/// <param name="For">A role of the playbook's staff.</param>
/// <param name="Due">How long whoever does it has; null for no time.</param>
public sealed record ContactPlan(string Name, Expression Who, int Every, string For, TaskKind Kind, string Do, Lapse? Due, ImmutableArray<string> Outcomes);
