using System.Globalization;

namespace Cvm;

// Who enters which journey, and who leaves.
sealed partial class Deciding
{
    const int MaxOccurrences = 8;
    const int MaxOccurrencesOfTwoYears = 400;
    const int FirstYear = 1900;
    static readonly TimeSpan HalfAYear = TimeSpan.FromDays(183);

    void Happen(Signal signal)
    {
        if (Events.NameOf(signal) is not { } name) return;

        ReachGoals(signal, name);

        // The list as it was: who enters because of this signal does not hear it again.
        foreach (var known in dossier.Enrollments)
        {
            if (Find(known.Id) is { } enrollment && (signal is Signal.Reported || signal.At >= enrollment.EnteredAt)) Hear(enrollment, signal, name);
        }

        if (now - signal.At > playbook.Policies.StaleAfter) return;

        foreach (var journey in playbook.EnteredOn(name))
        {
            foreach (var trigger in journey.Enter)
            {
                if (!Matches(trigger, signal, name, null) || trigger.When?.Holds(View(signal, null)) == false) continue;
                TryEnter(journey, trigger, signal);
                break;
            }
        }
    }

    Enrollment? Find(string id)
    {
        foreach (var enrollment in dossier.Enrollments) if (enrollment.Id == id) return enrollment;
        return null;
    }

    // Leaves, or goes on from where it waited for just this.
    void Hear(Enrollment enrollment, Signal signal, string name)
    {
        if (playbook.Find(enrollment.Journey, enrollment.Version) is not { } journey) return;

        foreach (var leave in journey.Leave)
        {
            if (!Matches(leave.Trigger, signal, name, enrollment) || leave.Trigger.When?.Holds(View(signal, enrollment)) == false) continue;
            End(enrollment, leave.As, leave.Trigger.On);
            return;
        }

        switch (journey.Find(enrollment.Step))
        {
            case Step.Wait { Until: { } until } when Matches(until, signal, name, enrollment) && until.When?.Holds(View(signal, enrollment)) != false:
                Walk(enrollment, Arrival.Happened, signal);
                break;
            case Step.Ask ask when enrollment.Asked && signal is Signal.Answered answer && answer.Survey == ask.Survey && (answer.Ask == "" || answer.Ask == enrollment.Message):
                Walk(enrollment with { Answer = answer.Score, Reason = ReasonOf(answer), Heard = answer.Ask == "" ? enrollment.Heard : answer.Ask }, Arrival.Happened, signal);
                break;
        }
    }

    // Whether the signal is the trigger's event and, within an enrollment, speaks of that enrollment's own things.
    bool Matches(Trigger trigger, Signal signal, string name, Enrollment? enrollment)
    {
        if (!Events.Covers(trigger.On, name)) return false;

        return signal switch
        {
            Signal.Answered answer => trigger.Of is null || trigger.Of == answer.Survey,
            Signal.Birthday birthday => trigger.BeforeDays == birthday.Ahead,
            Signal.Holiday holiday => trigger.BeforeDays == holiday.Ahead && (trigger.Of is null || trigger.Of == holiday.Name),
            Signal.SegmentEntered segment => trigger.Of is null || trigger.Of == segment.Segment,
            Signal.Reported report => (trigger.Of is null || trigger.Of == TemplateOf(report.Key))
                && (enrollment is null || report.Key.StartsWith(enrollment.Id + "/", StringComparison.Ordinal)),
            Signal.CaseMoved moved => enrollment?.Case is null || enrollment.Case == moved.Case,
            Signal.CouponUsed used => enrollment?.Coupon is null || enrollment.Coupon == used.Code,
            Signal.TaskDone done => enrollment?.Task is null || enrollment.Task == done.Task,
            Signal.TaskMoved moved => enrollment?.Task is null || enrollment.Task == moved.Task,
            _ => true,
        };
    }

    string? TemplateOf(string key)
    {
        foreach (var sent in dossier.RecentSends) if (sent.Key == key) return sent.Template;
        return null;
    }

    void TryEnter(Journey journey, Trigger trigger, Signal signal)
    {
        var visits = VisitsTo(journey.Name);
        var occurrence = signal switch
        {
            Signal.Birthday birthday => $"{birthday.Year}",
            Signal.Holiday holiday => $"{holiday.Name}-{playbook.Holidays.YearOf(holiday.Name, holiday.Date)}",
            Signal.IssueFixed issue => issue.Issue,
            _ => $"{(visits?.Count ?? 0) + 1}",
        };

        if ((Obstacle(journey, visits, occurrence) ?? Again(signal, visits)) is not { } obstacle)
        {
            Enter(journey, trigger, signal, visits, occurrence);
            return;
        }

        // Said once, not every day or night for as long as a condition holds.
        if (signal is Signal.Day or Signal.ScoreChanged) return;
        Say(new(now, Happening.NotEntered) { Journey = journey.Name, Subject = trigger.On, Because = obstacle });
    }

    Visits? VisitsTo(string journey)
    {
        foreach (var visits in dossier.Visits) if (visits.Journey == journey) return visits;
        return null;
    }

    // The same occasion under another name: a birthday corrected across the turn of the year or into the other calendar, or a day
    // that is two holidays.
    string? Again(Signal signal, Visits? visits)
    {
        if (visits is not { Occurrences: [.., var last] }) return null;

        var again = signal switch
        {
            Signal.Birthday => YearIn(last) is { } year && last == $"{year}" && now - visits.LastEntered < HalfAYear,
            Signal.Holiday => YearIn(last) is { } year && last != $"{year}" && LocalTimes.SameDay(Zone, visits.LastEntered, now),
            _ => false,
        };
        return again ? "once per occasion" : null;
    }

    static int? YearIn(string occurrence) =>
        int.TryParse(occurrence.AsSpan(occurrence.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= FirstYear ? year : null;

    void Enter(Journey journey, Trigger trigger, Signal signal, Visits? visits, string occurrence)
    {
        var (heldOut, saw) = (Kernel.HeldOut(dossier.Customer, journey), Saw(trigger.When, signal, null));
        var enrollment = new Enrollment
        {
            Id = Enrollment.IdOf(journey.Name, dossier.Customer, occurrence),
            Journey = journey.Name,
            Version = journey.Version,
            Occurrence = occurrence,
            EnteredAt = now,
            EnteredOn = Events.NameOf(signal) ?? trigger.On,
            Step = heldOut ? Enrollment.Holdout : "",
            ArrivedAt = Beginning(signal, trigger),
            Reason = ReasonOf(signal) ?? CaseActs.Find(dossier, (signal as Signal.CaseMoved)?.Case)?.Subject,
            Case = (signal as Signal.CaseMoved)?.Case,
            Fix = (signal as Signal.IssueFixed)?.Fix,
            Figure = FigureOf(signal),
            Product = (signal as Signal.Ordered)?.Product,
            Heard = signal is Signal.Answered { Ask: not "" } heard ? heard.Ask : null,
            Counts = visits?.Counted != journey.Version,
        };

        Remember(journey, visits, occurrence);
        Watch(journey, enrollment, heldOut);
        dossier = dossier with { Enrollments = dossier.Enrollments.Add(enrollment) };
        Say(Entrance(journey, trigger, enrollment, heldOut, saw));

        if (heldOut) Put(enrollment with { WakeAt = journey.Goal?.Within.After(now, Zone, playbook.Policies.Hours) ?? now.AddDays(30) });
        else Walk(enrollment, Arrival.Entered, signal);
    }

    // A round made late must not make yesterday's birthday look like today's: the wait counts from the day itself.
    DateTimeOffset Beginning(Signal signal, Trigger trigger)
    {
        DateOnly? kept = signal switch
        {
            Signal.Birthday birthday => birthday.Date,
            Signal.Holiday holiday => holiday.Date,
            _ => null,
        };
        if (kept is not { } date) return now;

        var began = LocalTimes.At(Zone, date.AddDays(-trigger.BeforeDays), playbook.Policies.DayStarts);
        return began < now ? began : now;
    }

    string? ReasonOf(Signal signal) => signal switch
    {
        Signal.Complained complaint => Excerpt(complaint.Text),
        Signal.Answered answer => ReasonOf(answer),
        Signal.PointsExpiring expiring => $"{expiring.On:yyyy-MM-dd}",
        Signal.TierChanged tier => tier.To,
        Signal.Holiday holiday => holiday.Name,
        Signal.IssueFixed issue => issue.Title,
        Signal.TaskDone done => FindTask(done.Task) is >= 0 and var at ? dossier.Tasks[at].Note ?? dossier.Tasks[at].Outcome : null,
        Signal.TaskMoved moved => FindTask(moved.Task) is >= 0 and var at ? dossier.Tasks[at].Do : null,
        _ => null,
    };

    static double? FigureOf(Signal signal) => signal switch
    {
        Signal.Ordered order => (double)order.Amount,
        Signal.Refunded refund => (double)refund.Amount,
        Signal.Answered answer => answer.Score,
        Signal.PointsGained gained => gained.Points,
        Signal.PointsExpiring expiring => expiring.Points,
        _ => null,
    };

    void Remember(Journey journey, Visits? visits, string occurrence)
    {
        if (visits is null)
        {
            dossier = dossier with { Visits = dossier.Visits.Add(new(journey.Name, 1, now, [occurrence]) { Counted = journey.Version }) };
            return;
        }

        dossier = dossier with { Visits = dossier.Visits.Replace(visits, visits with { Count = visits.Count + 1, LastEntered = now, Occurrences = Room(visits.Occurrences).Add(occurrence), Counted = journey.Version }) };
    }

    // Occasions of this year and the last can come again, by another rule or a corrected date; what is older cannot.
    ImmutableArray<string> Room(ImmutableArray<string> occurrences)
    {
        if (occurrences.Length < MaxOccurrences) return occurrences;

        var recent = occurrences.RemoveAll(known => YearIn(known) is not { } year || year < now.Year - 1);
        return recent.Length < MaxOccurrencesOfTwoYears ? recent : recent.RemoveAt(0);
    }

    void Start((string Journey, string By) start)
    {
        if (playbook.Find(start.Journey) is { } journey) TryEnter(journey, new("started"), new Signal.Woke(now));
    }

    void Put(Enrollment enrollment)
    {
        for (var i = 0; i < dossier.Enrollments.Length; i++)
        {
            if (dossier.Enrollments[i].Id != enrollment.Id) continue;
            dossier = dossier with { Enrollments = dossier.Enrollments.SetItem(i, enrollment) };
            return;
        }
    }

    void End(Enrollment enrollment, string outcome, string? because)
    {
        dossier = dossier with
        {
            Enrollments = dossier.Enrollments.RemoveAll(e => e.Id == enrollment.Id),
            Visits = VisitsTo(enrollment.Journey) is { } visits
                ? dossier.Visits.Replace(visits, visits with { LastEnded = now, LastOutcome = outcome }) : dossier.Visits,
        };
        SayEnd(enrollment, outcome, because);
        ReleaseHold(enrollment.Id, "the journey ended", onlyOpen: true);
    }
}
