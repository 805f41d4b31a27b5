namespace Cvm;

// What customers say of being written to: agreements, preferences, and wishes by SMS.
sealed partial class Deciding
{
    // One answer within five minutes (47 CFR 64.1200(a)(12)), and one a day is enough for whoever asks again and again.
    static readonly TimeSpan RepliesWithin = TimeSpan.FromMinutes(5);
    static readonly TimeSpan RepliesApart = TimeSpan.FromDays(1);

    // Where an SMS took away an agreement, START gives it back; where there had been none, it leaves none.
    const string Customer = "customer", BySms = "SMS", BySmsUnasked = "SMS, before any agreement";

    bool RecordConsent(Consent said)
    {
        // A word from the future would outlast the next one.
        var consent = said.At > now ? said with { At = now } : said;

        for (var i = 0; i < dossier.Consents.Length; i++)
        {
            var known = dossier.Consents[i];
            if (known.Channel != consent.Channel || known.Purpose != consent.Purpose) continue;

            consent = Weighed(consent, known);
            if (known == consent) return false;

            // Of two words of the same moment nobody knows the later; no is the one that does no harm.
            if (known.At > consent.At || (known.At == consent.At && !known.Given && consent.Given))
            {
                Say(new(now, Happening.Ignored) { Channel = consent.Channel, Subject = "consent", Because = "a newer word is known" });
                return false;
            }

            dossier = dossier with { Consents = dossier.Consents.SetItem(i, consent) };
            SayConsent(consent);
            return true;
        }

        consent = Weighed(consent, null);
        dossier = dossier with { Consents = dossier.Consents.Add(consent) };
        SayConsent(consent);
        return true;
    }

    // Whether it counts at once. What was confirmed before need not be confirmed again.
    Consent Weighed(Consent said, Consent? known)
    {
        if (!said.Given) return said with { ConfirmedAt = null, Pending = false };

        var confirmedAt = said.ConfirmedAt ?? (known is { Given: true, Pending: false } ? known.ConfirmedAt : null);
        var counts = confirmedAt is not null || known is { Given: true, Pending: false } || !NeedsConfirming(said);
        return said with { ConfirmedAt = confirmedAt, Pending = !counts };
    }

    bool NeedsConfirming(Consent consent) => playbook.Policies.DoubleOptIn.Contains((consent.Channel, consent.Purpose));

    // A word that came within other news is an event as well.
    void HearConsent(Consent consent)
    {
        if (!RecordConsent(consent)) return;
        foreach (var known in dossier.Consents)
            if (known.Channel == consent.Channel && known.Purpose == consent.Purpose) Raise(new Signal.Consented("", known.At, known));
    }

    void SayConsent(Consent consent) => Say(new(now, !consent.Given ? Happening.Withdrew : consent.Pending ? Happening.ConfirmAsked : Happening.Agreed)
    {
        Channel = consent.Channel,
        Subject = consent.Purpose.ToString().ToLowerInvariant(),
        Because = consent.Source,
        Wording = consent.Wording,
        By = consent.By,
    });

    bool RecordConfirmed(Signal.Confirmed confirmed)
    {
        if (NamesAnotherAddress(confirmed))
        {
            Say(new(now, Happening.Ignored) { Channel = confirmed.Channel, Subject = "a confirmation", Because = "its link went to another address", By = confirmed.By });
            return false;
        }

        for (var i = 0; i < dossier.Consents.Length; i++)
        {
            var known = dossier.Consents[i];
            if (known.Channel != confirmed.Channel || known.Purpose != confirmed.Purpose || !known.Pending) continue;

            dossier = dossier with { Consents = dossier.Consents.SetItem(i, known with { Pending = false, ConfirmedAt = confirmed.At }) };
            Say(new(now, Happening.Confirmed) { Channel = known.Channel, Subject = known.Purpose.ToString().ToLowerInvariant(), By = confirmed.By });
            return true;
        }

        Say(new(now, Happening.Ignored) { Channel = confirmed.Channel, Subject = "a confirmation", Because = "nothing is to be confirmed" });
        return false;
    }

    // Else whoever asks for a link to their own address could confirm somebody else's with it.
    bool NamesAnotherAddress(Signal.Confirmed confirmed) =>
        (confirmed.By.Contains('@', StringComparison.Ordinal) || confirmed.By.StartsWith('+')) && !Same(confirmed.By, AddressOf(confirmed.Channel));

    static bool Same(string? address, string? other) => string.Equals(address, other, StringComparison.OrdinalIgnoreCase);

    // A confirmation says that the address is theirs; it says nothing of another one, unless it came with that.
    void Reconfirm(Profile old, ImmutableArray<Consent> told)
    {
        for (var i = 0; i < dossier.Consents.Length; i++)
        {
            var known = dossier.Consents[i];
            var (before, after) = known.Channel == Channel.Email ? (old.Email, dossier.Profile.Email) : (old.Phone, dossier.Profile.Phone);
            if (before is null || Same(before, after) || !known.Given || known.Pending || known.ConfirmedAt is null || !NeedsConfirming(known)) continue;
            if (told.Any(word => word.ConfirmedAt is not null && word.Channel == known.Channel && word.Purpose == known.Purpose)) continue;

            var asked = known with { Pending = true, ConfirmedAt = null };
            dossier = dossier with { Consents = dossier.Consents.SetItem(i, asked) };
            SayConsent(asked with { Source = "a new address" });
            Raise(new Signal.Consented("", now, asked));
        }
    }

    void RecordPreferred(Signal.Preferred preferred)
    {
        var chosen = preferred.Preferences;
        if (chosen.Locale is not null || chosen.Zone is not null)
        {
            Become(dossier.Profile with { Locale = chosen.Locale ?? dossier.Profile.Locale, Zone = chosen.Zone ?? dossier.Profile.Zone });
            Say(new(now, Happening.Told) { Subject = string.Join(", ", new[] { chosen.Locale, chosen.Zone }.OfType<string>()) });
        }

        foreach (var consent in chosen.Consents) HearConsent(consent);
        foreach (var topic in chosen.TopicsOff) if (!dossier.TopicsOff.Contains(topic, StringComparer.Ordinal)) Switch(topic, Happening.TopicOff, [.. dossier.TopicsOff.Add(topic).Order(StringComparer.Ordinal)]);
        foreach (var topic in chosen.TopicsOn) if (dossier.TopicsOff.Contains(topic, StringComparer.Ordinal)) Switch(topic, Happening.TopicOn, dossier.TopicsOff.Remove(topic));

        if (chosen.EndPause) ReleaseHold(Customer, "asked to hear from us again", onlyOpen: false);
        if (chosen.PauseUntil is not { } until || until <= now) return;
        dossier = dossier with { Holds = dossier.Holds.RemoveAll(hold => hold.By == Customer).Add(new(Customer, now, until, "asked for a pause")) };
        Say(new(now, Happening.Held) { Until = until, Because = "asked for a pause" });
    }

    void Switch(string topic, Happening what, ImmutableArray<string> off)
    {
        dossier = dossier with { TopicsOff = off };
        Say(new(now, what) { Subject = topic });
    }

    // Whether it is to be heard by journeys as a text: a wish is not, and the answer to a survey is heard as that.
    bool RecordTexted(Signal.Texted texted)
    {
        var wish = texted.Wish ?? Wishes.In(texted.Text);
        Say(new(now, Happening.Texted) { Channel = Channel.Sms, Subject = wish == Wish.None ? null : wish.ToString().ToLowerInvariant(), Wording = Excerpt(texted.Text) });

        switch (wish)
        {
            case Wish.Stop when StopTexting(texted): Answer(texted, playbook.Policies.SmsReplies.Stop); break;
            case Wish.Start when TextAgain(texted): Answer(texted, playbook.Policies.SmsReplies.Start); break;
            case Wish.Help: Answer(texted, playbook.Policies.SmsReplies.Help); break;
        }

        if (wish != Wish.None) return false;

        // Whatever was asked last is what it answers.
        var (answer, waiting) = (AnswerIn(texted), CaseAwaitingWords(texted));
        if (answer is not null && !(waiting >= 0 && dossier.Cases[waiting].WaitingSince > Asked(answer.Ask)!.At))
        {
            if (RecordAnswer(answer)) Raise(answer);
            return false;
        }

        if (waiting >= 0) TakeReply(waiting, Clip(texted.Text, CaseActs.MaxWords), NotLater(texted.At));
        return true;
    }

    // Any reasonable wording revokes, at once and for every purpose (47 CFR 64.1200(a)(10)).
    bool StopTexting(Signal.Texted texted)
    {
        if (texted.At < dossier.StartedTexting)
        {
            Say(new(now, Happening.Ignored) { Channel = Channel.Sms, Subject = "an older STOP", Because = "a newer START is known" });
            return false;
        }

        var lines = this.lines.Count;
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            var known = dossier.Consents.FirstOrDefault(word => word.Channel == Channel.Sms && word.Purpose == purpose);
            if (known is not { Given: false }) HearConsent(new(Channel.Sms, purpose, false, texted.At, known is null ? BySmsUnasked : BySms, Excerpt(texted.Text), Customer));
            else if (known.Source is BySms or BySmsUnasked && known.At < texted.At) dossier = dossier with { Consents = dossier.Consents.Replace(known, known with { At = texted.At }) };
        }

        return this.lines.Count > lines;
    }

    // Gives back what an SMS had taken, and no more than that.
    bool TextAgain(Signal.Texted texted)
    {
        if (!(dossier.StartedTexting > texted.At)) dossier = dossier with { StartedTexting = texted.At > now ? now : texted.At };
        var back = dossier.Consents.RemoveAll(known => known is not { Channel: Channel.Sms, Given: false, Source: BySms or BySmsUnasked } || known.At > texted.At);
        foreach (var known in back)
        {
            if (known.Source == BySms) HearConsent(known with { Given = true, At = texted.At, Wording = Excerpt(texted.Text), ConfirmedAt = texted.At });
            else dossier = dossier with { Consents = dossier.Consents.Remove(known) };
        }

        var unblocked = Unblock(texted.At);
        if (!back.IsEmpty && !unblocked) Say(new(now, Happening.Restored) { Channel = Channel.Sms, Subject = dossier.Profile.Phone });
        return !back.IsEmpty || unblocked;
    }

    bool Unblock(DateTimeOffset at)
    {
        var left = dossier.Suppressions.RemoveAll(block =>
            block.Channel == Channel.Sms && block.Address == dossier.Profile.Phone && block.Because == Suppression.OptedOut && block.At <= at);
        if (left.Length == dossier.Suppressions.Length) return false;

        dossier = dossier with { Suppressions = left };
        Say(new(now, Happening.Restored) { Channel = Channel.Sms, Subject = dossier.Profile.Phone });
        return true;
    }

    void Answer(Signal.Texted texted, string? template)
    {
        if (template is null || texted.Acknowledged || dossier.Profile.Phone is null || now - texted.At > RepliesWithin) return;
        foreach (var sent in dossier.RecentSends) if (sent.Template == template && now - sent.At < RepliesApart) return;

        var key = $"reply:{dossier.Customer}:{texted.Id}";
        Queue(new()
        {
            Key = key,
            Kind = OutboxKind.Sms,
            Purpose = Purpose.Transactional,
            Subject = template,
            Journey = "",
            Version = 0,
            Enrollment = "",
            Step = "",
            QueuedAt = now,
            DueAt = now,
            ValidUntil = (texted.At > now ? now : texted.At) + RepliesWithin,
            Reply = true,
        });
        dossier = dossier with { RecentSends = Recent().Add(new(key, Channel.Sms, Purpose.Transactional, template, now)) };
        Say(new(now, Happening.Queued) { Subject = template, Channel = Channel.Sms, Key = key });
    }
}
