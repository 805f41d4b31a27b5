namespace Cvm;

// Outbox entries on their way out: claimed before the provider is called, settled after.
sealed partial class Deciding
{
    // Longer than any provider takes; after this the host that claimed it is taken for dead.
    static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);
    static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    const int MaxAttempts = 30;

    public Turn Claim(string key, bool refusesDoubles)
    {
        var at = FindEntry(key);
        if (at < 0 || dossier.MergedInto is not null) return Made();

        var entry = dossier.Outbox[at];
        if (entry.DueAt is null || entry.DueAt > now) return Made();

        if (entry.State == OutboxState.Claimed && !refusesDoubles) Doubt(at, "the process ended while it was being delivered");
        else if (entry.State == OutboxState.Claimed && entry.Attempts >= MaxAttempts) Doubt(at, $"{MaxAttempts} attempts did not come to an end");
        else if (Obstacle(entry) is not { } verdict) TakeOn(at);
        else if (entry.State == OutboxState.Claimed) Doubt(at, $"{verdict.Rule}, but it may have arrived before");
        else PutOff(at, verdict);

        return Made();
    }

    // Nobody was asked yet: neither an attempt nor worth a line. Entries by the thousand wait like this.
    public Turn Wait(string key, DateTimeOffset until)
    {
        if (FindEntry(key) is >= 0 and var at && dossier.Outbox[at] is { DueAt: { } due } entry && due <= now && until > now)
            PutEntry(at, entry with { DueAt = until > now + LongestDelay ? now + LongestDelay : until });

        return Made();
    }

    public Turn Recover()
    {
        for (var at = 0; at < dossier.Outbox.Length; at++)
            if (dossier.Outbox[at] is { State: OutboxState.Claimed } entry && entry.DueAt > now) PutEntry(at, entry with { DueAt = now });

        return Made();
    }

    void TakeOn(int at)
    {
        var entry = dossier.Outbox[at];
        PutEntry(at, entry with { State = OutboxState.Claimed, ClaimedAt = now, DueAt = now + ClaimLasts, Attempts = entry.Attempts + 1 });

        // The cap counts from when the customer gets it.
        for (var i = 0; i < dossier.RecentSends.Length; i++)
        {
            var sent = dossier.RecentSends[i];
            if (sent.Key != entry.Key) continue;
            dossier = dossier with { RecentSends = dossier.RecentSends.RemoveAt(i).Add(sent with { At = now, To = AddressOf(sent.Channel) }) };
            return;
        }
    }

    Verdict? Obstacle(OutboxEntry entry)
    {
        if (entry.ValidUntil < now) return Verdict.Never(Permission.NotValid);
        if (entry.Channel is not { } channel || entry.Reply) return null;

        var verdict = Permission.Check(playbook, dossier, channel, entry.Purpose, now, entry.Key, playbook.Find(entry.Journey, entry.Version));
        return verdict.Allowed ? null : verdict;
    }

    void PutOff(int at, Verdict verdict)
    {
        var entry = dossier.Outbox[at];
        if (IsPause(verdict))
        {
            AwaitResumption(at, verdict.Rule!);
            return;
        }

        var until = verdict.Passing ? verdict.From ?? entry.ValidUntil : null;

        if (until is null || until > entry.ValidUntil || until <= now)
        {
            Drop(at, Happening.Skipped, verdict.Rule!);
            return;
        }

        if (entry.Purpose != Purpose.Transactional && HeldUp(entry)) until = OfItsOwn(until.Value, entry.ValidUntil, entry.Key);

        PutEntry(at, entry with { State = OutboxState.Queued, DueAt = until });
        SayOf(entry, Happening.Shifted, verdict.Rule, until);
    }

    static bool HeldUp(OutboxEntry entry) => entry.Attempts > 0 || entry.LastProblem is Permission.Paused or Permission.JourneyPaused;

    void AwaitResumption(int at, string rule)
    {
        var entry = dossier.Outbox[at];
        var until = now + Patience(entry.Purpose, entry.Key);
        if (until > entry.ValidUntil && entry.ValidUntil > now) until = entry.ValidUntil.Value;
        if (until > entry.ValidUntil)
        {
            Drop(at, Happening.Skipped, rule);
            return;
        }

        PutEntry(at, entry with { State = OutboxState.Queued, DueAt = until, LastProblem = rule });
        if (entry.LastProblem != rule) SayOf(entry, Happening.Shifted, rule, null);
    }

    public Turn Settle(string key, Delivery delivery)
    {
        var at = FindEntry(key);
        if (at < 0 || dossier.Outbox[at].State == OutboxState.Queued) return Made();
        if (dossier.Outbox[at].State == OutboxState.InDoubt && delivery is Delivery.Unknown) return Made();

        switch (delivery)
        {
            case Delivery.Unknown unknown: Doubt(at, unknown.Problem); break;
            case Delivery.Accepted accepted: Accept(at, accepted); break;
            case Delivery.Refused refused: Refuse(at, refused); break;
            case Delivery.TryLater later: TryAgain(at, later); break;
        }

        return Made();
    }

    void Accept(int at, Delivery.Accepted accepted)
    {
        var entry = dossier.Outbox[at];
        dossier = dossier with { Outbox = dossier.Outbox.RemoveAt(at) };
        if (entry.Channel == Channel.Email) dossier = dossier with { Effort = dossier.Effort with { Emails = dossier.Effort.Emails + 1 } };
        if (entry.Channel == Channel.Sms) dossier = dossier with { Effort = dossier.Effort with { SmsSegments = dossier.Effort.SmsSegments + Math.Max(1, accepted.Segments) } };
        SayOf(entry, entry.Kind switch { OutboxKind.Webhook => Happening.Called, OutboxKind.Customer => Happening.ReferrerTold, _ => Happening.Sent }, null, null);
    }

    void Refuse(int at, Delivery.Refused refused)
    {
        var sent = SentBy(dossier.Outbox[at].Key);
        Drop(at, Happening.Failed, refused.Reason);
        if (refused.Suppress && sent is not null) Suppress(sent.Channel, sent.To ?? AddressOf(sent.Channel), refused.Reason, now);
    }

    void TryAgain(int at, Delivery.TryLater later)
    {
        var entry = dossier.Outbox[at];
        if (entry.Attempts >= MaxAttempts)
        {
            Drop(at, Happening.Failed, $"gave up after {MaxAttempts} attempts: {later.Reason}");
            return;
        }

        PutEntry(at, entry with { State = OutboxState.Queued, DueAt = now + (later.After is { } asked ? Within(asked) : Backoff(entry)), LastProblem = later.Reason });
    }

    // What a provider asks for is a number from outside.
    static TimeSpan Within(TimeSpan asked) => asked < ShortestDelay ? ShortestDelay : asked > LongestDelay ? LongestDelay : asked;

    // Doubles from half a minute up to an hour; the key spreads retries of many entries over each span.
    static TimeSpan Backoff(OutboxEntry entry)
    {
        var span = TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, entry.Attempts - 1), LongestBackoff.TotalSeconds));
        return span * (0.75 + 0.5 * Chance.Of("backoff", entry.Key, entry.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    void Doubt(int at, string because)
    {
        var entry = dossier.Outbox[at];
        PutEntry(at, entry with { State = OutboxState.InDoubt, DueAt = null, LastProblem = because });
        SayOf(entry, Happening.InDoubt, because, null);
    }

    void Drop(int at, Happening what, string because)
    {
        var entry = dossier.Outbox[at];
        dossier = dossier with
        {
            Outbox = dossier.Outbox.RemoveAt(at),
            RecentSends = dossier.RecentSends.RemoveAll(sent => sent.Key == entry.Key),
            Asked = dossier.Asked.RemoveAll(asked => asked.Key == entry.Key), // nobody was asked by it
        };
        SayOf(entry, what, because, null);
    }

    Sent? SentBy(string key)
    {
        foreach (var sent in dossier.RecentSends) if (sent.Key == key) return sent;
        return null;
    }

    string? AddressOf(Channel channel) => channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;

    void Suppress(Channel channel, string? address, string because, DateTimeOffset at)
    {
        if (address is null || dossier.Suppressions.Any(known => known.Channel == channel && Same(known.Address, address))) return;
        if (because == Suppression.OptedOut && at < dossier.StartedTexting) return;

        dossier = dossier with { Suppressions = dossier.Suppressions.Add(new(channel, address, because, at)) };
        Say(new(now, Happening.Suppressed) { Channel = channel, Subject = address, Because = because });
    }

    int FindEntry(string key)
    {
        for (var i = 0; i < dossier.Outbox.Length; i++) if (dossier.Outbox[i].Key == key) return i;
        return -1;
    }

    void PutEntry(int at, OutboxEntry entry) => dossier = dossier with { Outbox = dossier.Outbox.SetItem(at, entry) };

    void SayOf(OutboxEntry entry, Happening what, string? because, DateTimeOffset? until) => Say(new(now, what)
    {
        Journey = entry.Reply || entry.Journey == "" ? null : entry.Journey,
        Step = entry.Reply || entry.Step == "" || entry.Journey == "" ? null : entry.Step,
        Subject = entry.Subject,
        Channel = entry.Channel,
        Because = because,
        Until = until,
        Key = entry.Key,
    });
}
