using System.Diagnostics;

namespace Cvm;

/// <summary>How an enrollment comes to take a step.</summary>
enum Arrival { Entered, Arrived, Woke, Happened }

// The walk from step to step, until it rests or ends.
sealed partial class Deciding
{
    const int Rest = -2;
    static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    string outcome = "finished";

    void Walk(Enrollment e, Arrival how, Signal? signal)
    {
        if (EndStopped(e)) return;

        if (e.Step == Enrollment.Holdout)
        {
            End(e, "held out", "the time of comparison is over");
            return;
        }

        if (playbook.Find(e.Journey, e.Version) is not { } journey)
        {
            End(e, "stopped", $"version {e.Version} of this journey is not known any more");
            return;
        }

        if ((how == Arrival.Entered ? journey.Steps[0] : journey.Find(e.Step)) is not { } step)
        {
            End(e, "stopped", $"version {e.Version} of this journey has no step '{e.Step}' any more");
            return;
        }

        if (how == Arrival.Entered) Pass(e = e with { Step = step.Id, Visit = 1 });

        while (true)
        {
            if (++moves > Kernel.MaxMoves)
            {
                End(e, "stopped", $"moved {Kernel.MaxMoves} times without resting");
                return;
            }

            outcome = "finished";
            var next = Do(step, how, signal, ref e);
            if (next == Rest)
            {
                Put(e);
                return;
            }

            if (next == Step.Done)
            {
                End(e, outcome, null);
                return;
            }

            // A step that takes no time passes on when it was due itself: what follows a late start or a late wake-up is late too.
            var arrived = how switch { Arrival.Woke => e.WakeAt ?? e.ArrivedAt, Arrival.Happened => now, _ => e.ArrivedAt };
            step = journey.Steps[next];
            Pass(e = e with { Step = step.Id, Visit = e.Visit + 1, ArrivedAt = arrived, WakeAt = null, RestsFor = null, Asked = false });
            how = Arrival.Arrived;
        }
    }

    // The language on one screen: where the customer stands, what follows.
    int Do(Step step, Arrival how, Signal? signal, ref Enrollment e)
    {
        switch (step)
        {
            case Step.Send send:
                return TrySend(send, send.Sending, ref e) == Attempt.Rests ? Rest : send.Next;
            case Step.Ask ask:
                return AskOrHear(ask, how, ref e);
            case Step.Wait wait:
                return WaitOrGo(wait, how, ref e);
            case Step.If choice:
                return Branch(choice, choice.When.Holds(View(signal, e)), choice.When, signal, e) ? choice.Then : choice.Else;
            case Step.Choose choose:
                return Choose(choose, signal, e);
            case Step.Split split:
                return TakeArm(split, ref e);
            case Step.Give give:
                Give(give, signal, ref e);
                return give.Next;
            case Step.Task task:
                GiveTask(task, ref e);
                return task.Next;
            case Step.Case theCase:
                DoCase(theCase, signal, ref e);
                return theCase.Next;
            case Step.Set set:
                Change(set, e);
                return set.Next;
            case Step.Webhook hook:
                Call(hook, signal, e);
                return hook.Next;
            case Step.Start start:
                (starts ??= new()).Enqueue((start.Journey, e.Id));
                return start.Next;
            case Step.Hold hold:
                PutHold(hold, e);
                return hold.Next;
            case Step.Release release:
                ReleaseHold(e.Id, "released by the journey", onlyOpen: false);
                return release.Next;
            case Step.End end:
                outcome = end.Outcome;
                return Step.Done;
            default:
                throw new UnreachableException($"There is no step {step.GetType().Name}.");
        }
    }

    int WaitOrGo(Step.Wait wait, Arrival how, ref Enrollment e)
    {
        if (how is Arrival.Woke or Arrival.Happened)
        {
            e = e with { Happened = how == Arrival.Happened };
            return wait.Next;
        }

        var wake = Waking(wait, Punctual(e));
        if (wake <= now)
        {
            e = e with { Happened = false };
            return wait.Next;
        }

        e = e with { WakeAt = wake };
        Say(new(now, Happening.Waited) { Journey = e.Journey, Step = wait.Id, Until = wake, Because = wait.Until?.On });
        return Rest;
    }

    DateTimeOffset Waking(Step.Wait wait, DateTimeOffset from) => wait.Rest switch
    {
        { For: { } lapse } => lapse.After(from, Zone, playbook.Policies.Hours),
        { At: { } time } => LocalTimes.Next(Zone, from, time),
        { On: { } date } => LocalTimes.At(Zone, date, playbook.Policies.DayStarts),
        _ => throw new UnreachableException("A wait without an end."),
    };

    // Clocks tick and hosts are busy: a second after ten is still ten, and must not cost a day at the next time of day.
    DateTimeOffset Punctual(Enrollment e) => now - e.ArrivedAt < OnTime ? e.ArrivedAt : now;

    bool Branch(Step step, bool holds, Expression when, Signal? signal, Enrollment e)
    {
        Say(new(now, Happening.Took)
        {
            Journey = e.Journey,
            Step = step.Id,
            Subject = holds ? "yes" : "no",
            Because = holds ? when.Source : when.FirstFailing(View(signal, e)),
            Saw = Saw(when, signal, e),
        });
        return holds;
    }

    int Choose(Step.Choose choose, Signal? signal, Enrollment e)
    {
        foreach (var (when, then) in choose.Cases)
        {
            if (!when.Holds(View(signal, e))) continue;
            Say(new(now, Happening.Took) { Journey = e.Journey, Step = choose.Id, Subject = when.Source, Because = when.Source, Saw = Saw(choose, signal, e) });
            return then;
        }

        Say(new(now, Happening.Took) { Journey = e.Journey, Step = choose.Id, Subject = "otherwise", Because = "no case holds", Saw = Saw(choose, signal, e) });
        return choose.Otherwise;
    }

    void Change(Step.Set set, Enrollment e)
    {
        var profile = dossier.Profile;
        var tags = profile.Tags.Union(set.Tags).Except(set.Untag).Order(StringComparer.Ordinal);
        dossier = dossier with { Profile = profile with { Tags = [.. tags], Attributes = profile.Attributes.SetItems(set.Attributes) } };

        var words = set.Attributes.Select(pair => $"{pair.Key} = {pair.Value}").Concat(set.Tags.Select(tag => $"+{tag}")).Concat(set.Untag.Select(tag => $"-{tag}"));
        Say(new(now, Happening.Changed) { Journey = e.Journey, Step = set.Id, Subject = string.Join(", ", words) });
    }

    void Call(Step.Webhook hook, Signal? signal, Enrollment e)
    {
        var view = View(signal, e);
        var data = hook.Facts.ToImmutableSortedDictionary(
            name => name,
            name => Facts.All[name].Read(view) is { Known: true } value ? (value.Type == FactType.Text ? value.Text! : value.ToString()) : "",
            StringComparer.Ordinal);

        Queue(new()
        {
            Key = Key(e, hook),
            Kind = OutboxKind.Webhook,
            Purpose = Purpose.Transactional,
            Subject = hook.Url,
            Journey = e.Journey,
            Version = e.Version,
            Enrollment = e.Id,
            Step = hook.Id,
            QueuedAt = now,
            DueAt = now,
            Data = data,
        });
    }

    void WakeHeld()
    {
        WakeSenders();

        for (var i = 0; i < dossier.Outbox.Length; i++)
        {
            // Only a pause without an end puts an entry off until the last moment.
            var entry = dossier.Outbox[i];
            if (entry is { State: OutboxState.Queued, Purpose: Purpose.Promotional } && entry.DueAt == entry.ValidUntil && entry.DueAt > now) PutEntry(i, entry with { DueAt = now });
        }
    }

    void WakeSenders()
    {
        foreach (var e in dossier.Enrollments)
            if (playbook.Find(e.Journey, e.Version)?.Find(e.Step) is Step.Send or Step.Ask && !e.Asked && e.WakeAt > now) Put(e with { WakeAt = now });
    }

    static string Key(Enrollment e, Step step) => $"{e.Id}/{step.Id}/{e.Visit}";
}
