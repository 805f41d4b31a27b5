namespace Cvm.Engine;

/// <summary>One customer's life in a rehearsal: the real kernel, in virtual time, in the order in which a host would take things: the day, signals, wake-ups, deliveries.</summary>
sealed class RehearsedLife
{
    // A customer whom a mistake in a journey keeps busy must not keep the rehearsal for ever.
    const int MostTurns = 200_000;

    readonly RehearsalPlan plan;
    readonly RehearsalCount count;
    readonly IReadOnlyList<(DateTimeOffset At, Signal Signal)> responses;
    readonly List<DateTimeOffset> sent = [];
    readonly HashSet<string> taken = new(StringComparer.Ordinal);
    Dossier dossier;
    DateOnly day;
    DateTimeOffset nextDay;
    string zone;
    int next, turns;

    public RehearsedLife(RehearsalPlan plan, Dossier dossier, IReadOnlyList<(DateTimeOffset At, Signal Signal)> responses, RehearsalCount count)
    {
        (this.plan, this.dossier, this.responses, this.count) = (plan, dossier, responses, count);
        zone = Playbook.ZoneOf(dossier);
        Begun(DayBegun(plan.From));
    }

    public Dossier Dossier => dossier;

    Playbook Playbook => plan.Playbook;

    /// <summary>Plays on until a moment, that moment included.</summary>
    public void PlayUntil(DateTimeOffset until)
    {
        while (NextMoment() is { } now && now <= until)
        {
            if (nextDay <= now) BeginDay(now);
            for (; next < responses.Count && responses[next].At <= now; next++) Hear(responses[next].Signal, now);
            WakeDue(now);
            Follow(now);
        }
    }

    /// <summary>Takes the scores of a night.</summary>
    public void Score(Scores scores, DateTimeOffset now)
    {
        Take(new Signal.Scored("scores", now, scores), now);
        WakeDue(now);
    }

    /// <summary>Counts what can only be said at the end.</summary>
    public void End() => count.AddLife(Playbook, dossier, sent, plan.Until);

    void Begun(DateOnly today) => (day, nextDay) = (today, LocalTimes.At(zone, today.AddDays(1), Playbook.Policies.DayStarts));

    DateTimeOffset? NextMoment()
    {
        if (turns > MostTurns) return null;

        var moment = nextDay;
        if (next < responses.Count && responses[next].At < moment) moment = responses[next].At;
        return dossier.DueAt is { } due && due < moment ? due : moment;
    }

    void BeginDay(DateTimeOffset now)
    {
        var today = DayBegun(now);
        if (today > day) Take(new Signal.Day("day", now, today, day), now);
        Begun(today > day ? today : day.AddDays(1));
    }

    void Hear(Signal signal, DateTimeOffset now)
    {
        if (signal.Id == "" || taken.Add(signal.Id)) Take(signal, now);
    }

    // Who moves meets the next day of the new place; what was missed comes with it.
    void Follow(DateTimeOffset now)
    {
        if (Playbook.ZoneOf(dossier) is var home && home == zone) return;
        zone = home;
        Begun(DayBegun(now));
    }

    // The latest day that has begun where the customer lives.
    DateOnly DayBegun(DateTimeOffset at)
    {
        var local = LocalTimes.In(Playbook.ZoneOf(dossier), at);
        var date = DateOnly.FromDateTime(local.DateTime);
        return TimeOnly.FromDateTime(local.DateTime) < Playbook.Policies.DayStarts ? date.AddDays(-1) : date;
    }

    void Take(Signal signal, DateTimeOffset now) => Become(Kernel.Take(Playbook, dossier, signal, now));

    void WakeDue(DateTimeOffset now)
    {
        while (dossier.DueAt <= now && turns <= MostTurns)
        {
            Become(Kernel.Take(Playbook, dossier, new Signal.Woke(now), now));
            foreach (var entry in dossier.Outbox) if (entry.DueAt <= now) Deliver(entry.Key, now);
        }
    }

    // Every provider takes everything at once: what goes wrong in the world is no part of a plan.
    void Deliver(string key, DateTimeOffset now)
    {
        Become(Kernel.Claim(Playbook, dossier, key, refusesDoubles: true, now));
        if (Find(key) is not { State: OutboxState.Claimed } entry) return;

        var segments = entry.Kind == OutboxKind.Sms ? Segments(entry) : 0;
        if (entry.Channel is not null) sent.Add(now);
        count.AddDelivery(entry, segments, now);
        Become(Kernel.Settle(Playbook, dossier, key, new Delivery.Accepted("rehearsal", segments), now));
    }

    int Segments(OutboxEntry entry) => plan.Renderer?.Render(Playbook, dossier, entry).Message is { } message ? Math.Max(1, message.Segments) : 1;

    OutboxEntry? Find(string key)
    {
        foreach (var entry in dossier.Outbox) if (entry.Key == key) return entry;
        return null;
    }

    void Become(Turn turn)
    {
        turns++;
        if (!turn.Changed) return;
        dossier = turn.Dossier;
        foreach (var line in turn.Lines) count.AddLine(dossier.Customer, line);
    }
}
