using System.Globalization;

namespace Cvm;

/// <summary>What came of trying to send.</summary>
enum Attempt { Queued, Skipped, Rests }

// Messages on their way into the outbox. A message waits as state of its enrollment until it may go; only then is it queued.
sealed partial class Deciding
{
    // How many times a quiet hour may end in a cap, and a cap in a quiet hour, before the message counts as not sendable.
    const int MaxLooks = 16;

    // As the rule that a message rests for, where an outage held it up.
    const string Late = "late";

    Attempt TrySend(Step step, Sending sending, ref Enrollment e)
    {
        if (HadBefore(e, step)) return Skip(step, sending, e, BeforeTheMove);

        var due = sending.At is { } time ? LocalTimes.Next(Zone, e.ArrivedAt, time) : e.ArrivedAt;
        var validUntil = sending.ValidFor.After(due, Zone, playbook.Policies.Hours);

        if (now > validUntil)
        {
            switch (sending.OnLate)
            {
                case OnLate.Skip:
                    return Skip(step, sending, e, Permission.NotValid);
                case OnLate.Shift:
                    e = e with { ArrivedAt = now, WakeAt = null };
                    due = sending.At is { } next ? LocalTimes.Next(Zone, now, next) : now;
                    break;
            }

            validUntil = sending.ValidFor.After(due > now ? due : now, Zone, playbook.Policies.Hours);
        }

        if (due > now)
        {
            e = e with { WakeAt = due };
            Say(new(now, Happening.Waited) { Journey = e.Journey, Step = step.Id, Until = due });
            return Attempt.Rests;
        }

        var journey = playbook.Find(e.Journey, e.Version)!;
        var purpose = sending.Purpose ?? journey.Purpose;
        return StandsInQueue(step, purpose, due, validUntil, ref e) ? Attempt.Rests : SendBy(step, sending, journey, purpose, validUntil, ref e);
    }

    // After an outage everybody's messages are due at once; each takes a moment of its own, so that they do not go out in one blast.
    bool StandsInQueue(Step step, Purpose purpose, DateTimeOffset due, DateTimeOffset validUntil, ref Enrollment e)
    {
        if (purpose == Purpose.Transactional || now - (e.WakeAt ?? due) <= OnTime) return false;

        var until = OfItsOwn(now, validUntil, $"{e.Id}/{step.Id}");
        if (until <= now) return false;

        e = e with { WakeAt = until, RestsFor = Late };
        Say(new(now, Happening.Waited) { Journey = e.Journey, Step = step.Id, Until = until });
        return true;
    }

    // A moment after this one that few others have.
    DateTimeOffset OfItsOwn(DateTimeOffset from, DateTimeOffset? validUntil, string name)
    {
        var room = validUntil is { } end && end - from < playbook.Policies.Spread ? end - from : playbook.Policies.Spread;
        return room > TimeSpan.Zero ? from + room * Chance.Of("spread", name, from.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)) : from;
    }

    Attempt SendBy(Step step, Sending sending, Journey journey, Purpose purpose, DateTimeOffset validUntil, ref Enrollment e)
    {
        (string Rule, Channel Channel)? no = null;

        foreach (var channel in sending.Via)
        {
            if (playbook.Templates.GetValueOrDefault(sending.Template)?.For(channel) != true) continue;

            var verdict = Permission.Check(playbook, dossier, channel, purpose, now, null, journey);
            if (verdict.Allowed)
            {
                QueueMessage(step, sending, channel, purpose, validUntil, ref e);
                return Attempt.Queued;
            }

            if (!verdict.Passing)
            {
                no ??= (verdict.Rule!, channel);
                continue;
            }

            var (from, rule) = IsPause(verdict) ? (NextLook(sending, purpose, validUntil, e), verdict.Rule!) : FirstAllowed(channel, purpose, journey, verdict, validUntil);
            if (from is not { } moment) return Skip(step, sending, e, rule, channel);

            if (!IsPause(verdict) && HeldUp(e) && purpose != Purpose.Transactional) moment = OfItsOwn(moment, validUntil, e.Id);
            RestFor(step, sending, channel, rule, moment, IsPause(verdict), ref e);
            return Attempt.Rests;
        }

        return Skip(step, sending, e, no?.Rule ?? "no template for any channel", no?.Channel);
    }

    void RestFor(Step step, Sending sending, Channel channel, string rule, DateTimeOffset until, bool paused, ref Enrollment e)
    {
        // A pause has no end that could be told, and is told once.
        if (!paused || e.RestsFor != rule)
            Say(new(now, Happening.Shifted) { Journey = e.Journey, Step = step.Id, Subject = sending.Template, Channel = channel, Because = rule, Until = paused ? null : until });
        e = e with { WakeAt = until, RestsFor = HeldUp(e) && !paused ? e.RestsFor : rule };
    }

    // By a pause or an outage, like many others, which would else go out in one blast when the night ends for all of them.
    static bool HeldUp(Enrollment e) => e.RestsFor is Late or Permission.Paused or Permission.JourneyPaused;

    static bool IsPause(Verdict verdict) => verdict.Rule is Permission.Paused or Permission.JourneyPaused;

    // While sending is paused each message looks again now and then, at a moment of its own: when it goes on, they come spread over that time.
    DateTimeOffset? NextLook(Sending sending, Purpose purpose, DateTimeOffset validUntil, Enrollment e)
    {
        var from = now + Patience(purpose, e.Id);
        if (sending.OnLate != OnLate.Skip || from <= validUntil) return from;
        return now < validUntil ? validUntil : null;
    }

    TimeSpan Patience(Purpose purpose, string name)
    {
        var span = purpose == Purpose.Transactional && playbook.Policies.Spread > OnTime ? OnTime : playbook.Policies.Spread;
        var share = Chance.Of("pause", name, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return span < ShortestDelay ? ShortestDelay : span * (0.5 + share);
    }

    // The first moment within validity at which every rule says yes as things stand. A pause without an end is
    // waited for as long as the message is valid. With the rule that stood in the way last.
    (DateTimeOffset? From, string Rule) FirstAllowed(Channel channel, Purpose purpose, Journey journey, Verdict verdict, DateTimeOffset validUntil)
    {
        if (verdict.From is null) return (now < validUntil ? validUntil : null, verdict.Rule!);

        for (var looks = 0; looks < MaxLooks; looks++)
        {
            if (verdict.From is not { } from || from > validUntil) break;
            var next = Permission.Check(playbook, dossier, channel, purpose, from, null, journey);
            if (next.Allowed) return (from, verdict.Rule!);
            verdict = next;
            if (!next.Passing) break;
        }

        return (null, verdict.Rule!);
    }

    Attempt Skip(Step step, Sending sending, Enrollment e, string rule, Channel? channel = null)
    {
        Say(new(now, Happening.Skipped) { Journey = e.Journey, Step = step.Id, Subject = sending.Template, Channel = channel, Because = rule });
        return Attempt.Skipped;
    }

    void QueueMessage(Step step, Sending sending, Channel channel, Purpose purpose, DateTimeOffset validUntil, ref Enrollment e)
    {
        var key = Key(e, step);
        e = e with { Message = key };
        Queue(new()
        {
            Key = key,
            Kind = channel == Channel.Email ? OutboxKind.Email : OutboxKind.Sms,
            Purpose = purpose,
            Subject = sending.Template,
            Journey = e.Journey,
            Version = e.Version,
            Enrollment = e.Id,
            Step = step.Id,
            QueuedAt = now,
            DueAt = now,
            ValidUntil = validUntil,
            Data = DataFor(step, e),
        });

        dossier = dossier with { RecentSends = Recent().Add(new(key, channel, purpose, sending.Template, now)) };
        Say(new(now, Happening.Queued) { Journey = e.Journey, Step = step.Id, Subject = sending.Template, Channel = channel, Key = key });
    }

    void Queue(OutboxEntry entry) => dossier = dossier with { Outbox = dossier.Outbox.Add(entry) };

    // Without what no cap looks back to any more, and no report is to be expected for.
    ImmutableArray<Sent> Recent()
    {
        var longest = TimeSpan.FromDays(30);
        foreach (var cap in playbook.Policies.Caps) if (cap.Within > longest) longest = cap.Within;
        return dossier.RecentSends.RemoveAll(sent => sent.At + longest <= now);
    }

    ImmutableSortedDictionary<string, string> DataFor(Step step, Enrollment e)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

        if (e.Coupon is { } code && dossier.Coupons.FirstOrDefault(c => c.Code == code) is { } coupon)
        {
            data["coupon"] = coupon.Code;
            data["worth"] = coupon.Worth;
            data["until"] = coupon.ValidUntil.ToString("O", CultureInfo.InvariantCulture);
        }

        if (e.Reason is { } reason) data["reason"] = reason;
        if (e.Figure is { } figure) data["figure"] = figure.ToString(CultureInfo.InvariantCulture);
        if (e.Case is { } theCase) data["case"] = theCase;
        if (e.EnteredOn == "issue-fixed") (data["issue"], data["fix"]) = (e.Reason ?? "", e.Fix ?? "");
        if (e.EnteredOn == "points-expiring")
        {
            data["points"] = data.GetValueOrDefault("figure", "");
            data["on"] = data.GetValueOrDefault("reason", "");
        }

        if (e.EnteredOn is "tier" or "tier-up") data["tier"] = e.Reason ?? "";
        if (step is Step.Ask ask) data["survey"] = ask.Survey;
        return data.ToImmutable();
    }
}
