namespace Cvm;

// Cases as people work them, and as they climb by themselves.
sealed partial class Deciding
{
    // Among the roles that were told: somebody, that the customer wrote about a case that is resolved.
    const string ToldOfReply = "(reply)";

    void RecordCaseWork(Signal.CaseWorked work)
    {
        if (CaseActs.Refusal(playbook, dossier, work, now) is { } refusal)
        {
            Say(new(now, Happening.Ignored) { Subject = work.Case == "" ? "a case" : work.Case, Because = refusal, By = work.By });
            return;
        }

        if (work.Work == CaseWork.Open) OpenByHand(work);
        else Work(FindCase(work.Case), work, work.Note is null ? null : Clip(work.Note, CaseActs.MaxWords));

        if (work.Work != CaseWork.CustomerReplied) NoteAgent(e => e.Case == work.Case, work.By);
    }

    void Work(int at, Signal.CaseWorked work, string? words)
    {
        var (theCase, when) = (dossier.Cases[at], NotLater(work.At));
        var noted = theCase.With(new(when, work.Work, work.By, words, work.To));

        switch (work.Work)
        {
            case CaseWork.Acknowledge:
                PutCase(at, noted with { AcknowledgedAt = when, Assignee = theCase.Assignee ?? work.By });
                SayMoved(at, Happening.CaseAcknowledged, work.By, work.By, null, CaseMove.Acknowledged, work.At);
                break;
            case CaseWork.Assign:
                PutCase(at, noted with { Assignee = work.To is null ? null : Clip(work.To, 80) });
                SayOf(theCase, Happening.CaseAssigned, work.To, work.By, words);
                break;
            case CaseWork.Note:
                PutCase(at, noted);
                SayOf(theCase, Happening.CaseNoted, $"{work.By}: {Excerpt(words)}", work.By, words);
                break;
            case CaseWork.Answer:
                WriteToCustomer(theCase, playbook.Service.AnswerTemplate, "answer", words!);
                PutCase(at, SlaClock.Responded(noted, when));
                SayOf(theCase, Happening.CaseAnswered, $"{work.By}: {Excerpt(words)}", work.By, words);
                break;
            case CaseWork.Ask:
                WriteToCustomer(theCase, playbook.Service.QuestionTemplate, "question", words!);
                PutCase(at, SlaClock.Stopped(SlaClock.Responded(noted, when), when));
                SayOf(theCase, Happening.CaseAsked, $"{work.By}: {Excerpt(words)}", work.By, words);
                break;
            case CaseWork.Call:
                PutCase(at, SlaClock.Responded(noted, when));
                SayOf(theCase, Happening.CaseCalled, words is null ? work.By : $"{work.By}: {Excerpt(words)}", work.By, words);
                break;
            default:
                WorkFurther(at, work, words, when, noted);
                break;
        }
    }

    void WorkFurther(int at, Signal.CaseWorked work, string? words, DateTimeOffset when, Case noted)
    {
        switch (work.Work)
        {
            case CaseWork.CustomerReplied: TakeReply(at, words!, when); break;
            case CaseWork.Escalate: ClimbTo(at, noted, work.To, work.By, words); break;
            case CaseWork.Resolve: Resolve(at, work.To, words, work.By, when); break;
            case CaseWork.Reopen: Reopen(at, work.To, work.By, words, when, null, ""); break;
            case CaseWork.Merge: Merge(at, FindCase(work.To), work.By, when); break;
            case CaseWork.LinkIssue:
                PutCase(at, noted with { Issue = work.To });
                SayOf(noted, Happening.CaseLinked, work.To, work.By, null);
                break;
        }
    }

    void OpenByHand(Signal.CaseWorked work)
    {
        var team = Sla.TeamFor(playbook, dossier);
        var theCase = NewCase(Excerpt(work.Note), work.Severity ?? "normal") with { OpenedByHand = work.By };
        theCase = SlaClock.Started(theCase, Sla.For(playbook, dossier, theCase.Severity), team, team.Ladder[0], now);
        AddCase(theCase.With(new(NotLater(work.At), CaseWork.Open, work.By, Clip(work.Note!, CaseActs.MaxWords))), null, "");
    }

    // Late it climbs one rung all the same: who was never asked cannot have failed.
    void ClimbDue()
    {
        for (var at = 0; at < dossier.Cases.Length; at++)
        {
            var work = dossier.Cases[at];
            if (!work.Open || !(work.AlarmAt <= now)) continue;

            var because = work.FirstResponseAt is null && work.RespondBy <= now ? "no response in time" : "not resolved in time";
            if (TeamOf(work).Above(work.Level) is { } above) ClimbTo(at, work.With(new(now, CaseWork.Escalate, CaseEntry.Itself, because, above)), above, null, because);
            else PutCase(at, work with { AlarmAt = null });
        }
    }

    void ClimbTo(int at, Case work, string? role, string? by, string? because)
    {
        var team = TeamOf(work);
        var level = role ?? team.Above(work.Level) ?? work.Level;
        Climb(at, SlaClock.Climbed(work, PromiseOf(work), team, level, now), by, because, null, "");
    }

    void Climb(int at, Case climbed, string? by, string? because, Enrollment? e, string step)
    {
        var subject = because is null ? climbed.Subject : $"{Excerpt(because)}. {climbed.Subject}";
        PutCase(at, TellRung(climbed, $"Case {climbed.Id} is now with you: {subject}", e, step));
        Say(new(now, Happening.CaseEscalated)
        {
            Subject = climbed.Id,
            Because = climbed.Level,
            Until = climbed.DueAt,
            Journey = e?.Journey,
            Step = e is null ? null : step,
            By = by,
            Wording = because,
        });
        Raise(new Signal.CaseMoved(now, climbed.Id, CaseMove.Escalated));
    }

    void Resolve(int at, string? resolution, string? words, string by, DateTimeOffset when)
    {
        var work = dossier.Cases[at];
        var told = string.Join(": ", new[] { resolution, words is null ? null : Excerpt(words) }.OfType<string>());
        var resolved = SlaClock.Responded(work, when) with { ResolvedAt = when, Outcome = told == "" ? null : told, WaitingSince = null, AlarmAt = null };
        PutCase(at, resolved.With(new(when, CaseWork.Resolve, by, words, resolution)));
        Say(new(now, Happening.CaseResolved) { Subject = work.Id, Because = by == CaseEntry.Itself ? told : told == "" ? by : $"{by}, {told}", By = by, Wording = words });
        RestAfter(resolved);
        Raise(new Signal.CaseMoved(when, work.Id, CaseMove.Resolved));
    }

    // Whoever of the team opens it again while there is time need not be told. After the customer's no somebody must be.
    void Reopen(int at, string? to, string by, string? words, DateTimeOffset when, Enrollment? e, string step)
    {
        var work = dossier.Cases[at];
        var inHand = e is null && now < work.DueAt;
        var opened = work with { ResolvedAt = null, Outcome = null, Told = inHand ? work.Told.Remove(ToldOfReply) : [], Rounds = inHand ? work.Rounds : work.Rounds + 1 };
        opened = SlaClock.Started(opened, PromiseOf(work), TeamOf(work), to ?? work.Level, now).With(new(when, CaseWork.Reopen, by, words, to));
        PutCase(at, TellRung(opened, $"Case {work.Id} is open again: {(words is null ? work.Subject : Excerpt(words))}", e, step));
        SayMoved(at, Happening.CaseReopened, by == CaseEntry.Itself ? Excerpt(words) : words is null ? by : $"{by}, {Excerpt(words)}", by, words, CaseMove.Reopened, when);
    }

    // The customer is to be asked once, when all of it is solved: a journey follows its case.
    void Merge(int into, int from, string by, DateTimeOffset when)
    {
        var (work, other) = (dossier.Cases[into], dossier.Cases[from]);
        var merged = work;
        foreach (var entry in other.History) merged = merged.With(entry);
        merged = merged with { History = [.. merged.History.OrderBy(entry => entry.At)], Issue = work.Issue ?? other.Issue };
        PutCase(into, merged.With(new(when, CaseWork.Merge, by, Excerpt(other.Subject), other.Id)));
        PutCase(from, other with { ResolvedAt = when, Outcome = "merged", MergedInto = work.Id, WaitingSince = null, AlarmAt = null });
        SayOf(other, Happening.CaseMerged, work.Id, by, null);
        foreach (var e in dossier.Enrollments) if (e.Case == other.Id) Put(e with { Case = work.Id });
        EndHolds(hold => hold.By == other.Id, $"case {other.Id} became part of {work.Id}");
    }

    // What is written to a case that has become part of another is for that one.
    void TakeReply(int at, string words, DateTimeOffset when)
    {
        for (var hops = 0; hops < MaxCases && dossier.Cases[at].MergedInto is { } into && FindCase(into) is >= 0 and var next; hops++) at = next;

        var work = dossier.Cases[at];
        var replied = SlaClock.Resumed(work, TeamOf(work), now).With(new(when, CaseWork.CustomerReplied, CaseEntry.Customer, words));
        if (work.WaitingSince is not null)
        {
            TellStaff($"case:{work.Id}/reply/{work.Acts}", work.Level, $"Case {work.Id}, the customer has answered: {Excerpt(words)}", replied);
        }
        else if (!work.Open && !work.Told.Contains(ToldOfReply))
        {
            TellStaff($"case:{work.Id}/reply/{work.Acts}", work.Level, $"Case {work.Id} is resolved, and the customer writes: {Excerpt(words)}", replied);
            replied = replied with { Told = replied.Told.Add(ToldOfReply) };
        }

        PutCase(at, replied);
        SayOf(work, Happening.CaseReplied, Excerpt(words), CaseEntry.Customer, words);
    }

    // The open case that waits for the customer's word, which an SMS may bring; -1 for none.
    int CaseAwaitingWords(Signal.Texted texted)
    {
        var at = string.IsNullOrWhiteSpace(texted.Text) ? -1 : dossier.Cases.Length - 1;
        while (at >= 0 && dossier.Cases[at] is not { Open: true, WaitingSince: not null }) at--;
        return at;
    }

    void WriteToCustomer(Case about, string template, string what, string words)
    {
        if (CaseActs.ChannelFor(playbook, dossier, template, now).Channel is not { } channel) return;

        var key = $"case:{about.Id}/{what}/{about.Acts}";
        Queue(CaseMail.Entry(about, key, channel, template, words, now));
        dossier = dossier with { RecentSends = Recent().Add(new(key, channel, Purpose.Transactional, template, now)) };
        Say(new(now, Happening.Queued) { Subject = template, Channel = channel, Key = key });
    }

    void PutCase(int at, Case next)
    {
        dossier = dossier with { Cases = dossier.Cases.SetItem(at, next) };
        if (next.Open) HoldFor(next);
    }

    void SayOf(Case about, Happening what, string? because, string by, string? words) =>
        Say(new(now, what) { Subject = about.Id, Because = because, By = by, Wording = words });

    void SayMoved(int at, Happening what, string because, string by, string? words, CaseMove move, DateTimeOffset when)
    {
        var work = dossier.Cases[at];
        Say(new(now, what) { Subject = work.Id, Because = because, By = by, Wording = words, Until = work.DueAt });
        Raise(new Signal.CaseMoved(when, work.Id, move));
    }

    ServiceTeam TeamOf(Case work) => work.Team is null ? Sla.TeamFor(playbook, dossier) : Sla.Team(playbook, work.Team);

    SlaRow PromiseOf(Case work) => Sla.For(playbook, dossier, work.Severity);

    DateTimeOffset NotLater(DateTimeOffset at) => at > now ? now : at;
}
