namespace Cvm;

// Promotions pause while a case is open or an unhappy answer is not made good; everywhere, whatever journeys say.
sealed partial class Deciding
{
    void HoldFor(Case work)
    {
        foreach (var hold in dossier.Holds) if (hold.By == work.Id && hold.Until is null) return;

        var because = $"case {work.Id} is open";
        dossier = dossier with { Holds = dossier.Holds.RemoveAll(hold => hold.By == work.Id).Add(new(work.Id, now, null, because)) };
        Say(new(now, Happening.Held) { Because = because });
    }

    // Until a happy answer, or for a while. It has an end now, so what waits looks again.
    void RestAfter(Case work)
    {
        var until = playbook.Service.ResumeAfter.After(now, Zone, playbook.Policies.Hours);
        var because = $"case {work.Id} is resolved, and no happy answer has come yet";
        var others = dossier.Holds.RemoveAll(hold => hold.By == work.Id || hold.By == Hold.Detractor);
        dossier = dossier with { Holds = others.Add(new(work.Id, now, until, because)) };
        Say(new(now, Happening.Held) { Until = until, Because = because });
        WakeHeld();
    }

    // By the survey's own rule; of a survey that is not known nobody can tell.
    void MindHolds(Signal.Answered answer)
    {
        if (!playbook.Surveys.ContainsKey(answer.Survey)) return;
        if (!Facts.Unhappy(playbook, answer.Survey, answer.Score))
        {
            EndHolds(hold => hold.By == Hold.Detractor ? hold.Since <= answer.At : CaseActs.Find(dossier, hold.By) is { ResolvedAt: { } resolved } && resolved <= answer.At, "a happy answer");
            return;
        }

        var until = playbook.Service.DetractorRest.After(answer.At, Zone, playbook.Policies.Hours);
        if (until <= now || HappySince(answer.At) || dossier.Holds.Any(hold => hold.By == Hold.Detractor && hold.Until >= until)) return;

        dossier = dossier with { Holds = dossier.Holds.RemoveAll(hold => hold.By == Hold.Detractor).Add(new(Hold.Detractor, NotLater(answer.At), until, "an unhappy answer")) };
        Say(new(now, Happening.Held) { Until = until, Because = "an unhappy answer" });
    }

    // An answer that is heard of late is not the last word.
    bool HappySince(DateTimeOffset at)
    {
        foreach (var given in dossier.Satisfaction.Answers) if (given.At > at && playbook.Surveys.ContainsKey(given.Survey) && !Facts.Unhappy(playbook, given.Survey, given.Score)) return true;
        return false;
    }

    void PutHold(Step.Hold hold, Enrollment e)
    {
        var until = hold.For?.After(now, Zone, playbook.Policies.Hours);
        var others = dossier.Holds.RemoveAll(known => known.By == e.Id);
        dossier = dossier with { Holds = others.Add(new(e.Id, now, until, e.Journey)) };
        Say(new(now, Happening.Held) { Journey = e.Journey, Step = hold.Id, Until = until, Because = e.Journey });
    }

    void ReleaseHold(string by, string because, bool onlyOpen) => EndHolds(hold => hold.By == by && !(onlyOpen && hold.Until is not null), because);

    void ReleaseOverdue() => EndHolds(hold => hold.Until <= now, "its time was up");

    // Messages that rest for a pause to end look again.
    void EndHolds(Predicate<Hold> which, string because)
    {
        var left = dossier.Holds.RemoveAll(which);
        if (left.Length == dossier.Holds.Length) return;

        dossier = dossier with { Holds = left };
        Say(new(now, Happening.Released) { Because = because, Subject = left.IsEmpty ? null : left[0].Because });
        if (left.IsEmpty) WakeHeld();
    }
}
