using System.Globalization;

namespace Cvm;

// Cases as journeys work them, and the notes that go to the team.
sealed partial class Deciding
{
    const int MaxCases = 50;

    // Who complains again while somebody is at work must be heard by that somebody.
    void NoteOnOpenCase(Signal.Complained complaint)
    {
        foreach (var e in dossier.Enrollments)
        {
            if (FindCase(e.Case) is not (>= 0 and var at) || !dossier.Cases[at].Open) continue;

            var theCase = SlaClock.Resumed(dossier.Cases[at], TeamOf(dossier.Cases[at]), now);
            PutCase(at, theCase.With(new(NotLater(complaint.At), CaseWork.CustomerReplied, CaseEntry.Customer, Clip(complaint.Text, CaseActs.MaxWords))));
            Say(new(now, Happening.CaseNoted) { Subject = theCase.Id, Because = Excerpt(complaint.Text), Journey = e.Journey });
            TellStaff($"{e.Id}/note-{complaint.Id}/{e.Visit}", theCase.Level, $"Case {theCase.Id}, the customer again: {Excerpt(complaint.Text)}", theCase, e, $"note-{complaint.Id}");
            return;
        }
    }

    int FindCase(string? id)
    {
        for (var i = dossier.Cases.Length - 1; i >= 0; i--) if (dossier.Cases[i].Id == id) return i;
        return -1;
    }

    void DoCase(Step.Case step, Signal? signal, ref Enrollment e)
    {
        switch (step.Act)
        {
            case CaseStep.Open open: OpenCase(step, open, signal, ref e); break;
            case CaseStep.Escalate escalate: EscalateCase(step, escalate, e); break;
            case CaseStep.Reopen reopen: ReopenCase(step, reopen, e); break;
            case CaseStep.Close close: CloseCase(step, close, e); break;
        }
    }

    void OpenCase(Step.Case step, CaseStep.Open open, Signal? signal, ref Enrollment e)
    {
        // A journey that began with a case takes that on.
        if (e.EnteredOn == "case-opened" && FindCase(e.Case) is >= 0 and var known && dossier.Cases[known] is { Open: true, OpenedBy: null })
        {
            PutCase(known, dossier.Cases[known] with { OpenedBy = e.Id });
            return;
        }

        var team = Sla.TeamFor(playbook, dossier);
        var theCase = NewCase(Fill(open.Subject, e), open.Severity ?? (signal as Signal.Complained)?.Severity ?? "normal") with { OpenedBy = e.Id, Team = team.Name };
        var level = open.To ?? team.Ladder[0];
        theCase = open.Within is { } within
            ? theCase with { Level = level, DueAt = within.After(now, Zone, playbook.Policies.Hours) }
            : SlaClock.Started(theCase, Sla.For(playbook, dossier, theCase.Severity), team, level, now);
        e = e with { Case = theCase.Id };
        AddCase(theCase, e, step.Id);
    }

    Case NewCase(string subject, string severity) => new()
    {
        Id = $"{dossier.Customer}/{(dossier.Cases is [.., var last] ? NumberOf(last) : 0) + 1}",
        Subject = subject,
        Severity = severity,
        OpenedAt = now,
        Level = "",
        DueAt = now,
    };

    void AddCase(Case theCase, Enrollment? e, string step)
    {
        dossier = dossier with { Effort = dossier.Effort with { Cases = dossier.Effort.Cases + 1 } };
        Say(new(now, Happening.CaseOpened) { Subject = theCase.Id, Because = theCase.Subject, Until = theCase.DueAt, Journey = e?.Journey, Step = e is null ? null : step, By = theCase.OpenedByHand });
        theCase = TellRung(theCase, $"New case {theCase.Id}: {theCase.Subject}", e, step);
        var room = RoomIn(dossier.Cases, MaxCases, known => !known.Open);
        EndHoldsOf(dossier.Cases.Except(room));
        dossier = dossier with { Cases = room.Add(theCase) };
        HoldFor(theCase);
        Raise(new Signal.CaseMoved(now, theCase.Id, CaseMove.Opened));
    }

    void EndHoldsOf(IEnumerable<Case> gone)
    {
        foreach (var old in gone.ToList()) EndHolds(hold => hold.By == old.Id, $"case {old.Id} is too old to keep");
    }

    // Ids end in their running number; counting on from the last keeps them unique after old cases are dropped.
    static int NumberOf(Case theCase) => int.Parse(theCase.Id.AsSpan(theCase.Id.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    void EscalateCase(Step.Case step, CaseStep.Escalate escalate, Enrollment e)
    {
        var at = FindCase(e.Case);
        if (at < 0 || !dossier.Cases[at].Open)
        {
            Say(new(now, Happening.Ignored) { Subject = e.Case, Because = "no open case to escalate", Journey = e.Journey, Step = step.Id });
            return;
        }

        var theCase = dossier.Cases[at];
        if (NotUp(theCase, escalate.To) is { } refusal)
        {
            Say(new(now, Happening.Ignored) { Subject = e.Case, Because = refusal, Journey = e.Journey, Step = step.Id });
            return;
        }

        var climbed = SlaClock.Climbed(theCase, PromiseOf(theCase), TeamOf(theCase), escalate.To, now);
        if (escalate.Within is { } within)
        {
            var due = within.After(now, Zone, playbook.Policies.Hours);
            climbed = climbed with { DueAt = due, AlarmAt = climbed.AlarmAt is null ? null : due };
        }

        Climb(at, climbed, null, null, e, step.Id);
    }

    // A case that has climbed by itself is not taken down by a journey that comes later. Where the journey gives the times, the same role again is a new time.
    string? NotUp(Case about, string to)
    {
        var team = TeamOf(about);
        return about.Level == to ? about.ResolveBy is null ? null : $"the case is with {to} already"
            : team.Rung(to) >= 0 && team.Rung(to) < team.Rung(about.Level) ? $"the case is with {about.Level}, who stands above {to}"
            : null;
    }

    void ReopenCase(Step.Case step, CaseStep.Reopen reopen, Enrollment e)
    {
        var at = FindCase(e.Case);
        if (at < 0 || dossier.Cases[at] is { Open: true } or { MergedInto: not null })
        {
            Say(new(now, Happening.Ignored) { Subject = e.Case, Because = "no resolved case to open again", Journey = e.Journey, Step = step.Id });
            return;
        }

        Reopen(at, reopen.To, CaseEntry.Itself, Fill(reopen.Note, e), now, e, step.Id);
    }

    void CloseCase(Step.Case step, CaseStep.Close close, Enrollment e)
    {
        var at = FindCase(e.Case);
        if (at < 0 || !dossier.Cases[at].Open) return;

        Resolve(at, close.Outcome, null, CaseEntry.Itself, now);
    }

    // Each rung hears of a case once.
    Case TellRung(Case work, string subject, Enrollment? e, string step)
    {
        if (work.Told.Contains(work.Level, StringComparer.Ordinal)) return work;
        TellStaff(e is null ? $"case:{work.Id}/{work.Level}/{work.Rounds}" : $"{e.Id}/{step}/{e.Visit}", work.Level, subject, work, e, step);
        return work with { Told = work.Told.Add(work.Level) };
    }

    void TellStaff(string key, string role, string subject, Case? about, Enrollment? e = null, string step = "", DateTimeOffset? due = null)
    {
        var data = StaffData(subject, about?.Subject ?? subject, about?.DueAt ?? due);
        if (about is not null)
        {
            data["case"] = about.Id;
            data["severity"] = about.Severity;
            if (about.Assignee is { } assignee) data["assignee"] = assignee;
        }

        QueueNote(key, role, data, e, step);
    }

    ImmutableSortedDictionary<string, string>.Builder StaffData(string subject, string text, DateTimeOffset? due)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        data["subject"] = subject;
        data["text"] = text;
        if (dossier.Profile.Name is { } name) data["name"] = name;
        if (due is { } moment) data["due"] = moment.ToString("O", CultureInfo.InvariantCulture);
        return data;
    }

    void QueueNote(string key, string role, ImmutableSortedDictionary<string, string>.Builder data, Enrollment? e = null, string step = "") => Queue(new()
    {
        Key = key,
        Kind = OutboxKind.Staff,
        Purpose = Purpose.Transactional,
        Subject = role,
        Journey = e?.Journey ?? "",
        Version = e?.Version ?? 0,
        Enrollment = e?.Id ?? "",
        Step = step,
        QueuedAt = now,
        DueAt = now,
        Data = data.ToImmutable(),
    });

    // The few words that case subjects and tasks may hold.
    string Fill(string text, Enrollment e) => Fill(text)
        .Replace("{{reason}}", e.Reason ?? "no reason given", StringComparison.Ordinal)
        .Replace("{{case}}", e.Case ?? "", StringComparison.Ordinal)
        .Replace("{{answer}}", e.Answer?.ToString(CultureInfo.InvariantCulture) ?? "", StringComparison.Ordinal);

    string Fill(string text) => text
        .Replace("{{name}}", dossier.Profile.Name ?? dossier.Customer, StringComparison.Ordinal)
        .Replace("{{customer}}", dossier.Customer, StringComparison.Ordinal);
}
