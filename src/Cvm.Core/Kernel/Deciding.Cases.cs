using System.Globalization;

namespace Cvm;

// Cases, and the notes that go to the team.
sealed partial class Deciding
{
    const int MaxCases = 50;

    void RecordCaseWork(Signal.CaseWorked work)
    {
        var at = FindCase(work.Case);
        if (at < 0)
        {
            Say(new(now, Happening.Ignored) { Subject = work.Case, Because = "no such case" });
            return;
        }

        var theCase = dossier.Cases[at];
        switch (work.Work)
        {
            case CaseWork.Acknowledge when theCase is { Open: true, AcknowledgedAt: null }:
                PutCase(at, theCase with { AcknowledgedAt = work.At }, Happening.CaseAcknowledged, work.By, CaseMove.Acknowledged, work.At);
                break;
            case CaseWork.Resolve when theCase.Open:
                PutCase(at, theCase with { ResolvedAt = work.At, Outcome = work.Note is null ? null : Excerpt(work.Note) }, Happening.CaseResolved, work.By, CaseMove.Resolved, work.At);
                break;
            case CaseWork.Reopen when !theCase.Open:
                PutCase(at, theCase with { ResolvedAt = null, Outcome = null }, Happening.CaseReopened, work.By, CaseMove.Reopened, work.At);
                break;
            case CaseWork.Note:
                Say(new(now, Happening.CaseNoted) { Subject = theCase.Id, Because = $"{work.By}: {Excerpt(work.Note)}" });
                break;
            default:
                Say(new(now, Happening.Ignored) { Subject = theCase.Id, Because = theCase.Open ? "the case is open already" : "the case is resolved already" });
                break;
        }
    }

    // Who complains again while somebody is at work must be heard by that somebody.
    void NoteOnOpenCase(Signal.Complained complaint)
    {
        foreach (var e in dossier.Enrollments)
        {
            if (FindCase(e.Case) is not (>= 0 and var at) || !dossier.Cases[at].Open) continue;

            var theCase = dossier.Cases[at];
            Say(new(now, Happening.CaseNoted) { Subject = theCase.Id, Because = Excerpt(complaint.Text), Journey = e.Journey });
            TellStaff($"note-{complaint.Id}", e, theCase.Level, $"Case {theCase.Id}, the customer again: {Excerpt(complaint.Text)}", theCase);
            return;
        }
    }

    void PutCase(int at, Case next, Happening what, string by, CaseMove move, DateTimeOffset when)
    {
        dossier = dossier with { Cases = dossier.Cases.SetItem(at, next) };
        Say(new(now, what) { Subject = next.Id, Because = by, Until = next.Open ? next.DueAt : null });
        Raise(new Signal.CaseMoved(when, next.Id, move));
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
            case CaseStep.Close close: CloseCase(step, close, e); break;
        }
    }

    void OpenCase(Step.Case step, CaseStep.Open open, Signal? signal, ref Enrollment e)
    {
        var theCase = new Case
        {
            Id = $"{dossier.Customer}/{(dossier.Cases is [.., var last] ? NumberOf(last) : 0) + 1}",
            Subject = Fill(open.Subject, e),
            Severity = open.Severity ?? (signal as Signal.Complained)?.Severity ?? "normal",
            OpenedAt = now,
            Level = open.To,
            DueAt = open.Within.After(now, Zone, playbook.Policies.Hours),
            OpenedBy = e.Id,
        };
        dossier = dossier with { Cases = RoomIn(dossier.Cases, MaxCases, known => !known.Open).Add(theCase) };
        e = e with { Case = theCase.Id };

        dossier = dossier with { Effort = dossier.Effort with { Cases = dossier.Effort.Cases + 1 } };
        Say(new(now, Happening.CaseOpened) { Subject = theCase.Id, Because = theCase.Subject, Until = theCase.DueAt, Journey = e.Journey, Step = step.Id });
        Raise(new Signal.CaseMoved(now, theCase.Id, CaseMove.Opened));
        TellStaff(step.Id, e, open.To, $"New case {theCase.Id}: {theCase.Subject}", theCase);
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

        var raisedCase = dossier.Cases[at] with
        {
            Level = escalate.To,
            DueAt = escalate.Within.After(now, Zone, playbook.Policies.Hours),
            Escalations = dossier.Cases[at].Escalations + 1,
        };
        dossier = dossier with { Cases = dossier.Cases.SetItem(at, raisedCase) };
        Say(new(now, Happening.CaseEscalated) { Subject = raisedCase.Id, Because = escalate.To, Until = raisedCase.DueAt, Journey = e.Journey, Step = step.Id });
        Raise(new Signal.CaseMoved(now, raisedCase.Id, CaseMove.Escalated));
        TellStaff(step.Id, e, escalate.To, $"Case {raisedCase.Id} is now with you: {raisedCase.Subject}", raisedCase);
    }

    void CloseCase(Step.Case step, CaseStep.Close close, Enrollment e)
    {
        var at = FindCase(e.Case);
        if (at < 0 || !dossier.Cases[at].Open) return;

        PutCase(at, dossier.Cases[at] with { ResolvedAt = now, Outcome = close.Outcome }, Happening.CaseResolved, close.Outcome, CaseMove.Resolved, now);
    }

    void TellStaff(string step, Enrollment e, string role, string subject, Case? about, DateTimeOffset? due = null)
    {
        var data = StaffData(subject, about?.Subject ?? subject, about?.DueAt ?? due);
        if (about is not null)
        {
            data["case"] = about.Id;
            data["severity"] = about.Severity;
        }

        QueueNote($"{e.Id}/{step}/{e.Visit}", role, data, e, step);
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
