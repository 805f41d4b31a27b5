namespace Cvm;

/// <summary>Whether a message may go out: yes, not before a moment, or never; each "no" with the rule's name.</summary>
/// <param name="Rule">Null for yes.</param>
/// <param name="From">When the "no" may turn into "yes"; null where no time is known.</param>
/// <param name="Passing">Whether it may turn at all.</param>
public readonly record struct Verdict(string? Rule, DateTimeOffset? From = null, bool Passing = false)
{
    public static Verdict Yes => default;

    public bool Allowed => Rule is null;

    public static Verdict Never(string rule) => new(rule);

    public static Verdict Until(string rule, DateTimeOffset? from) => new(rule, from, true);
}

/// <summary>The one place that says whether a message may go out now. Rules in order: reachable, not suppressed, agreed to (and confirmed),
/// its topic not switched off, its journey not stopped, not held out of the programme, sending not paused, no hold, no quiet hours, within the caps. Whether it is still worth sending is for the message's own validity to say.</summary>
public static class Permission
{
    public const string NoEmail = "no e-mail address";
    public const string NoPhone = "no phone number";
    public const string Suppressed = "address is suppressed";
    public const string NoConsent = "no consent";
    public const string Withdrawn = "consent was withdrawn";
    public const string NotConfirmed = "consent is not confirmed yet";
    public const string TopicOff = "topic is switched off";
    public const string OutOfProgramme = "held out of all promotions for comparison";
    public const string Paused = "sending is paused";
    public const string JourneyPaused = "the journey is paused";
    public const string JourneyStopped = "the journey is stopped";
    public const string OnHold = "promotions are paused";
    public const string QuietHours = "quiet hours";
    public const string Cap = "frequency cap";
    public const string NotValid = "no longer valid";

    // A quiet rule that never ends is the playbook's mistake; a week finds the next allowed time in any that ends.
    const int MaxQuietDays = 8;

    /// <summary>Whether this channel may be used for this purpose now.</summary>
    /// <param name="except">Key of a message that has been counted already and is not to stand in its own way.</param>
    /// <param name="journey">The journey that sends it, for its topic and for a stop or pause of its own; null for none.</param>
    public static Verdict Check(Playbook playbook, Dossier dossier, Channel channel, Purpose purpose, DateTimeOffset now, string? except = null, Journey? journey = null)
    {
        var address = channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;
        if (address is null) return Verdict.Never(channel == Channel.Email ? NoEmail : NoPhone);

        foreach (var suppression in dossier.Suppressions)
            if (suppression.Channel == channel && string.Equals(suppression.Address, address, StringComparison.OrdinalIgnoreCase)) return Verdict.Never(Suppressed);

        if (Refusal(playbook, dossier, channel, purpose) is { } refusal) return Verdict.Never(refusal);

        if (purpose != Purpose.Transactional && journey?.Topic is { } topic && dossier.TopicsOff.Contains(topic, StringComparer.Ordinal)) return Verdict.Never(TopicOff);

        if (journey is not null && playbook.Stopped(journey.Name) is not null) return Verdict.Never(JourneyStopped);

        if (purpose == Purpose.Promotional && Kernel.OutOfProgramme(playbook, dossier.Customer)) return Verdict.Never(OutOfProgramme);

        if (PauseOf(playbook, journey?.Name) is { } pause) return Verdict.Until(pause, null);

        if (purpose == Purpose.Promotional && Held(dossier, now)) return Verdict.Until(OnHold, HoldEnds(dossier));

        if (purpose != Purpose.Transactional && QuietUntil(playbook, dossier, now) is { } morning) return Verdict.Until(QuietHours, morning);

        return CapUntil(playbook, dossier, channel, purpose, now, except) is { } free ? Verdict.Until(Cap, free) : Verdict.Yes;
    }

    static string? Refusal(Playbook playbook, Dossier dossier, Channel channel, Purpose purpose)
    {
        foreach (var consent in dossier.Consents)
            if (consent.Channel == channel && consent.Purpose == purpose) return !consent.Given ? Withdrawn : consent.Pending ? NotConfirmed : null;

        return playbook.Policies.ConsentNeeded.Contains(purpose) ? NoConsent : null;
    }

    static string? PauseOf(Playbook playbook, string? journey)
    {
        foreach (var pause in playbook.Pauses)
        {
            if (pause.Kind != PauseKind.Pause) continue;
            if (pause.Journey is null) return Paused;
            if (pause.Journey == journey) return JourneyPaused;
        }

        return null;
    }

    static bool Held(Dossier dossier, DateTimeOffset now)
    {
        foreach (var hold in dossier.Holds) if (!(hold.Until <= now)) return true;
        return false;
    }

    static DateTimeOffset? HoldEnds(Dossier dossier)
    {
        DateTimeOffset? last = null;
        foreach (var hold in dossier.Holds)
        {
            if (hold.Until is not { } until) return null;
            last = last > until ? last : until;
        }

        return last;
    }

    static DateTimeOffset? QuietUntil(Playbook playbook, Dossier dossier, DateTimeOffset now)
    {
        var zone = playbook.ZoneOf(dossier);
        var quiet = playbook.Policies.QuietFor(dossier.Profile);
        var end = now;

        for (var days = 0; days < MaxQuietDays; days++)
        {
            var local = LocalTimes.In(zone, end);
            var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
            var wholeDay = QuietAllDay(playbook, dossier, quiet, day);
            if (!wholeDay && !Quiet(quiet, time)) break;

            // Past the evening, or all day: the morning after. Before the morning: this one.
            var morning = wholeDay || time >= quiet.To ? day.AddDays(1) : day;
            var opens = LocalTimes.At(zone, morning, quiet.From == quiet.To ? TimeOnly.MinValue : quiet.To);
            end = opens > end ? opens : opens.AddHours(1); // the second time of an hour that comes twice
        }

        return end == now ? null : end;
    }

    static bool QuietAllDay(Playbook playbook, Dossier dossier, in QuietHours quiet, DateOnly day) =>
        (quiet.Sundays && day.DayOfWeek == DayOfWeek.Sunday) || (quiet.Holidays && playbook.Holidays.IsPublic(day, dossier.Profile.Country));

    static bool Quiet(in QuietHours quiet, TimeOnly time) => quiet.From < quiet.To ? time >= quiet.From && time < quiet.To
        : quiet.From > quiet.To && (time >= quiet.From || time < quiet.To);

    static DateTimeOffset? CapUntil(Playbook playbook, Dossier dossier, Channel channel, Purpose purpose, DateTimeOffset now, string? except)
    {
        DateTimeOffset? free = null;

        foreach (var cap in playbook.Policies.Caps)
        {
            // What a person asked for goes out whatever else did, unless a cap names it.
            if (!cap.Covers(channel, purpose) || (purpose == Purpose.Transactional && cap.Purpose is null)) continue;

            var opens = Opens(dossier, cap, now, except);
            if (opens is not null && !(opens <= free)) free = opens;
        }

        return free;
    }

    // The moment at which fewer than the cap's most lie within its window; null where that is so now.
    static DateTimeOffset? Opens(Dossier dossier, Cap cap, DateTimeOffset now, string? except)
    {
        var count = 0;
        foreach (var sent in dossier.RecentSends) if (Counts(sent)) count++;
        if (count < cap.Most) return null;

        var over = count - cap.Most;
        foreach (var sent in dossier.RecentSends)
            if (Counts(sent) && over-- == 0) return sent.At + cap.Within;

        return now + cap.Within;

        bool Counts(Sent sent) => !sent.Lost && cap.Covers(sent.Channel, sent.Purpose) && sent.At + cap.Within > now && sent.Key != except;
    }
}
