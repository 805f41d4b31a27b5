namespace Cvm;

// What becomes of those who entered, within their windows: goals reached, and what they brought and took. Who is held out is measured like everybody.
sealed partial class Deciding
{
    const int MaxGoals = 40;
    const int MonthsOfQuarter = 3;

    // How long those are measured whose journey has no goal.
    static readonly Lapse Month = new(30, "d");

    void ReachGoals(Signal signal, string name)
    {
        foreach (var watch in dossier.Goals)
        {
            if (watch.Reached || watch.OfProgramme || playbook.Find(watch.Journey, watch.Version)?.Goal is not { } goal) continue;
            if (signal.At < watch.Since || signal.At > watch.Until || !Matches(goal.Trigger, signal, name, Find(watch.Enrollment))) continue;
            if (goal.Trigger.When?.Holds(View(signal, Find(watch.Enrollment))) == false) continue;

            dossier = dossier with { Goals = watch.Start is null ? dossier.Goals.Remove(watch) : dossier.Goals.Replace(watch, watch with { Reached = true }) };
            if (watch.Arm is null) Say(new(now, Happening.GoalReached) { Journey = watch.Journey, Subject = watch.HeldOut ? Measured.HeldOut : Measured.Member, Because = goal.Trigger.On });
        }
    }

    void Watch(Journey journey, Enrollment enrollment, bool heldOut)
    {
        if (journey.Goal is null && !enrollment.Counts) return;

        Open(new(enrollment.Id, journey.Name, journey.Version, heldOut, now, EndOf(journey)) { Start = enrollment.Counts ? Account.Of(dossier) : null });
    }

    // Arms are compared from where they part. Whether it is one to be compared.
    bool WatchArm(Enrollment e, string step, string arm)
    {
        if (!e.Counts || playbook.Find(e.Journey, e.Version) is not { } journey) return false;

        Open(new(e.Id, e.Journey, e.Version, false, now, EndOf(journey)) { Start = Account.Of(dossier), Step = step, Arm = arm });
        return true;
    }

    // By quarters of the year, so that everybody's end at the same time and none is left out for being slow.
    void WatchProgramme(Signal.Day day)
    {
        if (playbook.Policies.Holdout <= 0) return;

        var quarter = (day.Date.Month - 1) / MonthsOfQuarter;
        var version = day.Date.Year * 10 + quarter + 1;
        foreach (var watch in dossier.Goals) if (watch.OfProgramme && watch.Version == version) return;

        var end = LocalTimes.At(Zone, new DateOnly(day.Date.Year, quarter * MonthsOfQuarter + 1, 1).AddMonths(MonthsOfQuarter), TimeOnly.MinValue);
        var opened = new GoalWatch("", "", version, Kernel.OutOfProgramme(playbook, dossier.Customer), now, end) { Start = Account.Of(dossier) };
        Open(opened);
        Say(new(now, Happening.Measured) { Subject = opened.Group, Until = end, Measured = new(version, opened.Group) });
    }

    DateTimeOffset EndOf(Journey journey) => (journey.Goal?.Within ?? Month).After(now, Zone, playbook.Policies.Hours);

    void Open(GoalWatch watch)
    {
        dossier = dossier with { Goals = dossier.Goals.RemoveAll(known => known.Start is null && known.Until < now) };
        while (dossier.Goals.Length >= MaxGoals) Close(dossier.Goals[0]);
        dossier = dossier with { Goals = dossier.Goals.Add(watch) };
    }

    // As the customer stood before this turn; a word that came late still counts where it belongs.
    void CloseWindows(Signal signal)
    {
        foreach (var watch in dossier.Goals) if (watch.Start is not null && watch.Until < now && watch.Until < signal.At) Close(watch);
    }

    void Close(GoalWatch watch)
    {
        dossier = dossier with { Goals = dossier.Goals.Remove(watch) };
        if (watch.Start is not { } start) return;

        var between = Account.Of(dossier) - start;
        var outcome = Outcome.Of(between, watch.OfProgramme ? between.Orders > 0 : watch.Reached, playbook.Scores.Costs);
        Say(new(now, Happening.Measured)
        {
            Journey = watch.OfProgramme ? null : watch.Journey,
            Subject = watch.Group,
            Figure = outcome.Profit,
            Measured = new(watch.Version, watch.Group, outcome),
        });
    }

    // What the other record had before counts for neither's windows; what comes from here on counts for both.
    void JoinWindows(Dossier other, Account mine)
    {
        var (both, theirs) = (Account.Of(dossier), Account.Of(other));
        var all = dossier.Goals.Select(watch => Since(watch, mine)).Concat(other.Goals.Select(watch => Since(watch, theirs))).OrderBy(watch => watch.Since);
        dossier = dossier with { Goals = [.. all] };
        foreach (var watch in dossier.Goals) if (watch.Start is not null && watch.Until < now) Close(watch);
        while (dossier.Goals.Length > MaxGoals) Close(dossier.Goals[0]);

        GoalWatch Since(GoalWatch watch, Account own) => watch.Start is { } start ? watch with { Start = start + (both - own) } : watch;
    }
}
