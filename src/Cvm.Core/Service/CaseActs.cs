namespace Cvm;

/// <summary>What may be done with a case as things stand. The kernel obeys it, and pages ask it before they post.</summary>
public static class CaseActs
{
    /// <summary>Letters that one act may carry; what is longer is cut.</summary>
    public const int MaxWords = 4_000;

    public static ImmutableArray<string> Severities { get; } = ["low", "normal", "high"];

    /// <summary>Why this cannot be done, in words; null where it can.</summary>
    public static string? Refusal(Playbook playbook, Dossier dossier, Signal.CaseWorked work, DateTimeOffset now)
    {
        if (work.Work == CaseWork.Open)
            return string.IsNullOrWhiteSpace(work.Note) ? "a case needs a subject" : work.Severity is { } severity && !Severities.Contains(severity) ? $"there is no severity '{severity}'" : null;

        if (Find(dossier, work.Case) is not { } about) return "no such case";
        if (about.MergedInto is { } into && work.Work != CaseWork.CustomerReplied) return $"the case is part of {into} now";

        var blank = string.IsNullOrWhiteSpace(work.Note);
        return work.Work switch
        {
            CaseWork.Reopen => about.Open ? "the case is open already" : null,
            CaseWork.Note => blank ? "a note needs words" : null,
            CaseWork.CustomerReplied => blank ? "nothing was written" : null,
            CaseWork.LinkIssue => null,
            _ when !about.Open => "the case is resolved already",
            CaseWork.Acknowledge => about.AcknowledgedAt is null ? null : "somebody has taken the case on already",
            CaseWork.Answer => blank ? "an answer needs words" : ChannelFor(playbook, dossier, playbook.Service.AnswerTemplate, now).Problem,
            CaseWork.Ask => blank ? "a question needs words" : ChannelFor(playbook, dossier, playbook.Service.QuestionTemplate, now).Problem,
            CaseWork.Escalate => NotUp(playbook, about, work.To),
            CaseWork.Merge => NotMerged(dossier, about, work.To),
            _ => null,
        };
    }

    /// <summary>The case of this customer, or null.</summary>
    public static Case? Find(Dossier dossier, string? id)
    {
        foreach (var known in dossier.Cases) if (known.Id == id) return known;
        return null;
    }

    /// <summary>How a message about a case reaches the customer: by e-mail, else by SMS; else why not at all.</summary>
    public static (Channel? Channel, string? Problem) ChannelFor(Playbook playbook, Dossier dossier, string template, DateTimeOffset now)
    {
        if (!playbook.Templates.TryGetValue(template, out var kind)) return (null, $"the playbook has no message '{template}'");

        string? problem = null;
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (!kind.For(channel)) continue;
            var verdict = Permission.Check(playbook, dossier, channel, Purpose.Transactional, now);
            if (verdict.Allowed || verdict.Passing) return (channel, null);
            problem ??= verdict.Rule;
        }

        return (null, $"the customer cannot be written to: {problem}");
    }

    static string? NotUp(Playbook playbook, Case about, string? role)
    {
        var team = Sla.Team(playbook, about.Team);
        if (role is null) return team.Above(about.Level) is null ? $"nobody stands above {about.Level}" : null;
        if (role == about.Level) return $"the case is with {role} already";
        return team.Rung(role) >= 0 ? null : $"there is no '{role}' on the ladder";
    }

    static string? NotMerged(Dossier dossier, Case about, string? other) =>
        other == about.Id ? "a case cannot become part of itself"
        : Find(dossier, other) is not { } found ? "no such case of this customer"
        : found.Open ? null : "the other case is resolved already";
}
