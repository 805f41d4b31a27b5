namespace Cvm.Engine;

/// <summary>What measures count besides lines of the timeline: from what a change makes of the dossier, and from the steps it passed.</summary>
static class MeasureTallies
{
    /// <summary>Counts the change in, on the day of its last line.</summary>
    public static void Add(Change change, Dictionary<Tally, long> into)
    {
        foreach (var passage in change.Passed) AddPassage(change, passage, into);
        if (change.Lines.IsEmpty) return;

        var (before, after) = (change.Before, change.After);
        foreach (var line in change.Lines) if (line is { What: Happening.Withdrew, Subject: "promotional" }) Tallies.Bump(into, Happened("opt-outs", DayOf(line.At)), 1);
        if (before.Cases != after.Cases) AddResolved(before, after, into);

        // What a merged record brings along was counted when it was its own.
        if ((ReferenceEquals(before.Effort, after.Effort) && ReferenceEquals(before.Purchases, after.Purchases)) || change.Lines.Any(line => line.What == Happening.Merged)) return;

        var day = DayOf(change.Lines[^1].At);
        Tallies.Bump(into, Happened("emails", day), after.Effort.Emails - before.Effort.Emails);
        Tallies.Bump(into, Happened("sms-segments", day), after.Effort.SmsSegments - before.Effort.SmsSegments);
        Tallies.Bump(into, Happened("discounts", day), Tallies.Cents(after.Purchases.Discounts) - Tallies.Cents(before.Purchases.Discounts));
    }

    static void AddPassage(Change change, Passage passage, Dictionary<Tally, long> into)
    {
        if (change.Lines.IsEmpty) return;
        var day = DayOf(change.Lines[^1].At);
        var month = new DateOnly(day.Year, day.Month, 1);
        if (passage.Outcome is { } outcome) Tallies.Bump(into, new(Tallies.Left, passage.Journey, $"{passage.Version}/{passage.Step}/{outcome}", month), 1);
        else Tallies.Bump(into, new(Tallies.Came, passage.Journey, $"{passage.Version}/{passage.Step}", month), 1);
    }

    // One that became part of another is none that was resolved.
    static void AddResolved(Dossier before, Dossier after, Dictionary<Tally, long> into)
    {
        foreach (var work in after.Cases)
            if (work is { ResolvedAt: { } at, MergedInto: null } && before.Cases.Any(known => known.Open && known.Id == work.Id))
                Tallies.Bump(into, new(Tallies.ResolvedIn, "", Durations.ClassOf(at - work.OpenedAt), DayOf(at)), 1);
    }

    static Tally Happened(string what, DateOnly day) => new(Tallies.Happened, "", what, day);

    static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
