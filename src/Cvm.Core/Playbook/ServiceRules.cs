namespace Cvm;

/// <summary>How cases are worked: teams, times, the ladder, and what may be said and chosen.</summary>
public sealed record ServiceRules
{
    public static ServiceRules Usual { get; } = new();

    /// <summary>In the order of the file; empty for one team that works the hours of the policies.</summary>
    public ImmutableArray<ServiceTeam> Teams { get; init; } = [];

    /// <summary>The first that fits holds; <see cref="SlaRow.Usual"/> where none does.</summary>
    public ImmutableArray<SlaRow> Sla { get; init; } = [];

    /// <summary>How long promotions rest after a case was resolved, without a happy answer.</summary>
    public Lapse ResumeAfter { get; init; } = new(14, "d");

    /// <summary>How long promotions rest after an unhappy answer that nothing has made good.</summary>
    public Lapse DetractorRest { get; init; } = new(30, "d");

    /// <summary>The template that carries an answer to the customer.</summary>
    public string AnswerTemplate { get; init; } = "case-answer";

    /// <summary>The template that carries a question to the customer.</summary>
    public string QuestionTemplate { get; init; } = "case-question";

    /// <summary>What may be chosen when a case is resolved, in the order it is shown in.</summary>
    public ImmutableArray<string> Resolutions { get; init; } = ["explained", "repaired", "replaced", "refunded", "not-ours"];

    /// <summary>Names of answers that are ready to send, in the order of the file.</summary>
    public ImmutableArray<string> Answers { get; init; } = [];
}

/// <summary>People who work cases together.</summary>
/// <param name="Countries">Whose customers it serves; empty for all that no other team does.</param>
/// <param name="Ladder">Roles of the staff from bottom to top; never empty.</param>
public sealed record ServiceTeam(string Name, BusinessHours Hours, ImmutableArray<string> Ladder, ImmutableArray<string> Countries)
{
    /// <summary>The role above this one; null at the top. A role that is not on the ladder stands below it.</summary>
    public string? Above(string role) => Ladder.IndexOf(role) + 1 is var next && next < Ladder.Length ? Ladder[next] : null;

    /// <summary>How high a role stands, from 0; -1 for one that is not on the ladder.</summary>
    public int Rung(string role) => Ladder.IndexOf(role);
}

/// <summary>What is promised to whom. Times are business hours or days of the team.</summary>
/// <param name="Severities">low, normal, high; empty for any, as with the next two.</param>
/// <param name="Tiers">Loyalty tiers.</param>
/// <param name="Relationships">strategic, core, general.</param>
/// <param name="Rungs">The time of each rung above the first; the last holds for those above it. Empty for the time of the first response.</param>
public sealed record SlaRow(
    ImmutableArray<string> Severities, ImmutableArray<string> Tiers, ImmutableArray<string> Relationships, Lapse FirstResponse, Lapse Resolve, ImmutableArray<Lapse> Rungs)
{
    /// <summary>An answer within half a working day, a solution within two; for the severe, half of it.</summary>
    public static SlaRow Usual(string severity) => severity == "high"
        ? new([], [], [], new(2, "bh"), new(8, "bh"), [new(4, "bh")])
        : new([], [], [], new(4, "bh"), new(16, "bh"), [new(4, "bh")]);

    /// <summary>Time of a rung above the first, which is rung 0.</summary>
    public Lapse OfRung(int rung) => Rungs.IsEmpty ? FirstResponse : Rungs[Math.Clamp(rung - 1, 0, Rungs.Length - 1)];

    public bool Fits(string severity, string? tier, string? relationship) => Fits(Severities, severity) && Fits(Tiers, tier) && Fits(Relationships, relationship);

    static bool Fits(ImmutableArray<string> wanted, string? value) => wanted.IsEmpty || (value is not null && wanted.Contains(value, StringComparer.Ordinal));
}

/// <summary>Which team and which times a case falls under.</summary>
public static class Sla
{
    const string OnlyTeam = "service";
    static readonly ImmutableArray<string> UsualLadder = ["agent", "manager", "director"];

    /// <summary>Every team there is, in the order of the file.</summary>
    public static ImmutableArray<ServiceTeam> Teams(Playbook playbook) => playbook.Service.Teams is { IsEmpty: false } teams ? teams : [Only(playbook)];

    /// <summary>The team of this name, or the first where it is gone.</summary>
    public static ServiceTeam Team(Playbook playbook, string? name)
    {
        var teams = Teams(playbook);
        foreach (var team in teams) if (team.Name == name) return team;
        return teams[0];
    }

    /// <summary>The team that serves this customer: the first for their country, else the first for any.</summary>
    public static ServiceTeam TeamFor(Playbook playbook, Dossier dossier)
    {
        var teams = Teams(playbook);
        if (dossier.Profile.Country is { } country)
            foreach (var team in teams) if (team.Countries.Contains(country, StringComparer.Ordinal)) return team;
        foreach (var team in teams) if (team.Countries.IsEmpty) return team;
        return teams[0];
    }

    /// <summary>What is promised to this customer for a case of this severity.</summary>
    public static SlaRow For(Playbook playbook, Dossier dossier, string severity)
    {
        var relationship = dossier.Scores.AsOf is null ? null : ScoreWords.Of(dossier.Scores.Relationship);
        foreach (var row in playbook.Service.Sla) if (row.Fits(severity, dossier.Ledger.Tier, relationship)) return row;
        return SlaRow.Usual(severity);
    }

    // Of the usual roles those that the staff has.
    static ServiceTeam Only(Playbook playbook)
    {
        var ladder = UsualLadder.RemoveAll(role => !playbook.Policies.Staff.ContainsKey(role));
        return new(OnlyTeam, playbook.Policies.Hours, ladder.IsEmpty ? [UsualLadder[0]] : ladder, []);
    }
}
