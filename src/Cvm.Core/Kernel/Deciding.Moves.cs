using System.Globalization;

namespace Cvm;

// People in flight whose journey was published anew, from a place in one version to a place in another.
sealed partial class Deciding
{
    const string BeforeTheMove = "sent before the move to this version";

    void RecordMove(Signal.Moved move)
    {
        if (playbook.Find(move.Journey, move.To) is not { } to)
        {
            Say(new(now, Happening.Ignored) { Journey = move.Journey, Subject = $"the move to version {move.To}", Because = "no such version is known", By = Named(move.By) });
            return;
        }

        foreach (var e in dossier.Enrollments)
        {
            if (e.Journey != move.Journey || e.Version == move.To || !move.Places.TryGetValue(Moves.PlaceOf(e.Version, e.Step), out var place)) continue;
            if (playbook.Find(e.Journey, e.Version) is { } from && Moves.May(from, to, e.Step, place)) Move(e, from, to, place, move.By);
        }
    }

    void Move(Enrollment e, Journey from, Journey to, string place, string by)
    {
        var moved = e with { Version = to.Version, MovedFrom = e.Version };
        if (place != Enrollment.Holdout) moved = Settled(moved, from.Find(e.Step)!, to.Find(place)!);

        // What it is measured by stays that of the version it began with: counted in one group, it must not end in another.
        Put(moved);
        Say(new(now, Happening.Moved)
        {
            Journey = e.Journey,
            Step = place,
            Subject = to.Version.ToString(CultureInfo.InvariantCulture),
            Because = $"from '{e.Step}' of version {e.Version}",
            Until = moved.WakeAt > now ? moved.WakeAt : null,
            By = Named(by),
        });
    }

    // At the step that stands for the one before, as far as it does; else like somebody who has just come to it.
    Enrollment Settled(Enrollment e, Step old, Step step)
    {
        var visit = step.Id == old.Id ? e.Visit : e.Visit + 1;
        var there = e with { Step = step.Id, Visit = visit, RestsFor = null, Asked = false };

        return (old, step) switch
        {
            (Step.Ask, Step.Ask ask) when e.Asked && ((Step.Ask)old).Survey == ask.Survey => there with { Asked = true, WakeAt = Patience(e, ask) },
            (Step.Wait was, Step.Wait wait) when was.Rest == wait.Rest => there with { WakeAt = NotBefore(e.WakeAt ?? now) },
            (_, Step.Wait wait) => there with { WakeAt = NotBefore(Waking(wait, e.ArrivedAt)) },
            (Step.Send, Step.Send) or (Step.Ask, Step.Ask) when !e.Asked => there with { RestsFor = e.RestsFor, WakeAt = now },
            _ => there with { ArrivedAt = now, WakeAt = now },
        };
    }

    // From when the question went out.
    DateTimeOffset Patience(Enrollment e, Step.Ask ask) =>
        e.Message is { } key && Asked(key) is { } asked ? NotBefore(ask.Patience.After(asked.At, Zone, playbook.Policies.Hours)) : NotBefore(e.WakeAt ?? now);

    DateTimeOffset NotBefore(DateTimeOffset moment) => moment > now ? moment : now;

    // Of one run; only a move can bring somebody to a message for the second time.
    bool HadBefore(Enrollment e, Step step)
    {
        if (e.MovedFrom is null) return false;

        var name = $"{e.Id}/{step.Id}";
        foreach (var sent in dossier.RecentSends) if (sent.Key.LastIndexOf('/') is > 0 and var end && sent.Key.AsSpan(0, end).SequenceEqual(name)) return true;
        return false;
    }
}
