using System.Globalization;

namespace Cvm;

// What is under way in the other record: cases, tasks, journeys, messages.
sealed partial class Deciding
{
    void JoinWork(Dossier other)
    {
        var cases = dossier.Cases.Concat(other.Cases).ToList();
        dossier = dossier with
        {
            Coupons = AtMost([.. dossier.Coupons.Concat(other.Coupons.Select(theirs => StillReserved(theirs, other))).OrderBy(coupon => coupon.GivenAt)], MaxCoupons, known => known.UsedAt is not null || known.ValidUntil < now),

            // The next number counts on from the last, so the highest stands last.
            Cases = AtMost([.. cases.OrderBy(NumberIn).ThenBy(known => known.OpenedAt)], MaxCases, known => !known.Open),
            Tasks = AtMost([.. dossier.Tasks.Concat(other.Tasks.Select(OneOfAPlan)).OrderBy(task => task.At)], MaxTasks, known => !known.Open),
        };
        EndHoldsOf(cases.Except(dossier.Cases));
        foreach (var contact in other.Contacts) dossier = dossier with { Contacts = With(contact) };
        foreach (var plan in other.Plans)
        {
            var known = StandingOf(plan.Plan);
            PutStanding(known, known is null ? plan : known with { Count = Math.Max(known.Count, plan.Count), Closed = Joining.Later(known.Closed, plan.Closed) });
        }
    }

    // The ledgers are one by now: what their checkout reserved may have another name.
    Coupon StillReserved(Coupon theirs, Dossier other) =>
        theirs.Redemption is { } id && dossier.Ledger.Redemption(Moved(id, other)) is { } moved && moved.Coupon == theirs.Code ? theirs with { Redemption = moved.Id } : theirs;

    static int NumberIn(Case known) => int.TryParse(known.Id.AsSpan(known.Id.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // Nobody is to be called twice by the same plan.
    StaffTask OneOfAPlan(StaffTask theirs)
    {
        if (!theirs.Open || theirs.Plan is null || !dossier.Tasks.Any(mine => mine.Open && mine.Plan == theirs.Plan)) return theirs;

        Say(new(now, Happening.TaskCancelled) { Subject = theirs.Do, Because = "both records had one of this plan" });
        return theirs with { CancelledAt = now, Note = "both records had one of this plan" };
    }

    static ImmutableArray<T> AtMost<T>(ImmutableArray<T> all, int most, Func<T, bool> over)
    {
        while (all.Length > most) all = RoomIn(all, all.Length, over);
        return all;
    }

    void JoinJourneys(Dossier other)
    {
        foreach (var theirs in other.Visits)
            dossier = dossier with { Visits = VisitsTo(theirs.Journey) is { } mine ? dossier.Visits.Replace(mine, mine.Join(theirs)) : dossier.Visits.Add(theirs) };

        foreach (var enrollment in other.Enrollments)
        {
            var inside = dossier.Enrollments.Any(mine => mine.Journey == enrollment.Journey && !Beside(mine, enrollment.Occurrence));
            dossier = dossier with { Enrollments = dossier.Enrollments.Add(enrollment) };
            if (inside || dossier.Enrollments.Length > Kernel.MaxEnrollments) End(enrollment, Merging, inside ? "the other record is in this journey too" : $"already in {Kernel.MaxEnrollments} journeys");
        }

        dossier = dossier with { Segments = [.. dossier.Segments.Union(other.Segments).Order(StringComparer.Ordinal)] };
    }

    void JoinMessages(Dossier other) => dossier = dossier with
    {
        RecentSends = [.. dossier.RecentSends.Concat(other.RecentSends).OrderBy(sent => sent.At)],
        Clicks = [.. dossier.Clicks.Concat(other.Clicks).OrderBy(click => click.At).TakeLast(MaxClicks)],
        Asked = [.. dossier.Asked.Concat(other.Asked).OrderBy(asked => asked.At).TakeLast(MaxAsked)],
        Outbox = [.. dossier.Outbox.Concat(other.Outbox).OrderBy(entry => entry.QueuedAt)],
    };
}
