namespace Cvm;

// What a new day brings.
sealed partial class Deciding
{
    // Longer than any outage that should still be made up for; older birthdays are past caring.
    const int MaxDaysBack = 7;
    static readonly TimeSpan CouponsKept = TimeSpan.FromDays(90);

    void RecordDay(Signal.Day day)
    {
        var since = dossier.DaySeen ?? day.Since;
        var seen = since;
        if (since < day.Date.AddDays(-MaxDaysBack)) since = day.Date.AddDays(-MaxDaysBack);
        if (dossier.DaySeen is not null) dossier = dossier with { DaySeen = null };

        MaturePoints(day);
        ExpirePoints(day);
        WarnOfExpiry(day);
        Retier(day.At, day.Date);
        KeepReferral(day.Date, day.At);
        ForgetOldCoupons();
        for (var date = since.AddDays(1); date <= day.Date; date = date.AddDays(1)) RaiseDates(date, day.At);
        RaiseSegments(day.At);
        AskForContact(day, seen);
        WatchProgramme(day);
    }

    void ForgetOldCoupons()
    {
        var coupons = dossier.Coupons.RemoveAll(coupon => (coupon.UsedAt ?? coupon.ValidUntil) < now - CouponsKept);
        if (coupons.Length != dossier.Coupons.Length) dossier = dossier with { Coupons = coupons };
    }

    // Birthdays and holidays, each as many days ahead as some journey asks for.
    void RaiseDates(DateOnly date, DateTimeOffset at)
    {
        foreach (var journey in playbook.Journeys)
        {
            foreach (var trigger in journey.Enter)
            {
                var kept = date.AddDays(trigger.BeforeDays);
                if (trigger.On == "birthday" && dossier.Profile.Birthday is { IsPlaceholder: false } birthday
                    && birthday.KeptOn(kept, playbook.Policies.LeapDay) is { } year) RaiseOnce(new Signal.Birthday(at, year, kept, trigger.BeforeDays));
                if (trigger.On == "holiday") RaiseHolidays(trigger, kept, at);
            }
        }
    }

    void RaiseHolidays(Trigger trigger, DateOnly kept, DateTimeOffset at)
    {
        foreach (var name in trigger.Of is { } one ? [one] : playbook.Holidays.Names)
            if (playbook.Holidays.Begins(name, kept, dossier.Profile.Country)) RaiseOnce(new Signal.Holiday(at, name, kept, trigger.BeforeDays));
    }

    void RaiseOnce(Signal signal)
    {
        if (raised?.Contains(signal) != true) Raise(signal);
    }

    void RaiseSegments(DateTimeOffset at)
    {
        if (playbook.WatchedSegments.IsEmpty && dossier.Segments.IsEmpty) return;

        var view = View(null, null);
        var inside = playbook.WatchedSegments.RemoveAll(name => !playbook.Segments[name].When.Holds(view));
        if (inside.AsSpan().SequenceEqual(dossier.Segments.AsSpan())) return;

        foreach (var name in inside) if (!dossier.Segments.Contains(name)) Raise(new Signal.SegmentEntered(at, name));
        dossier = dossier with { Segments = inside };
    }
}
