namespace Cvm.Engine;

/// <summary>Turns a change into what it adds to the tallies. Pure; every store calls it within its commit.</summary>
public static class Tallies
{
    /// <summary>People at a step now. Detail: <c>version/step</c>.</summary>
    public const string At = "at";

    /// <summary>Customers, open cases, and points. Detail says which: <c>customers</c>, <c>cases</c>, <c>points</c> (that can be spent, less what is owed),
    /// <c>points-pending</c>, <c>points-reserved</c>, <c>points-owed</c>.</summary>
    public const string Now = "now";

    /// <summary>By day: entered, held-out, not-entered (detail: reason), ended (detail: outcome), goal (detail: member or held out).</summary>
    public const string Entered = "entered", HeldOut = "held-out", NotEntered = "not-entered", Ended = "ended", Goal = "goal";

    /// <summary>By day: sent (detail: channel), skipped and shifted and failed (detail: reason).</summary>
    public const string Sent = "sent", Skipped = "skipped", Shifted = "shifted", Failed = "failed";

    /// <summary>By day: orders, refunds, answers, complaints, points-earned, -spent, -expired, -reversed, -adjusted, -returned, friends, cases-opened, -resolved,
    /// tasks-given, -done, -overdue,
    /// money-in and money-back in cents, and what else <see cref="BaseSeries"/> names, all as detail. Orders, refunds and complaints count on their own day.</summary>
    public const string Happened = "happened";

    /// <summary>By the day on which they were resolved: cases by the time they took. Detail: see <see cref="Durations"/>.</summary>
    public const string ResolvedIn = "resolved-in";

    /// <summary>By month, on its first day: customers who ordered in it, and what they paid in cents. Detail: the month of their first order, such as 2026-03.</summary>
    public const string Cohort = "cohort", CohortMoney = "cohort-money";

    /// <summary>By month, on its first day: enrollments that came to a step (detail: <c>version/step</c>), and that left their journey there (detail: <c>version/step/outcome</c>).</summary>
    public const string Came = "came", Left = "left";

    /// <summary>By day: what providers and links told of messages (detail: delivered, opened, clicked, opened by a program, bounced ...), and agreements
    /// withdrawn (detail: channel and purpose).</summary>
    public const string Reported = "reported", Withdrew = "withdrew";

    /// <summary>Now: customers who ever had points or a tier (detail: their tier, empty for none), and points that can be spent (detail: the month in which they expire, such as 2027-03).</summary>
    public const string Members = "members", Expiring = "expiring";

    /// <summary>By the day it was given: answers to surveys; see <see cref="AnswerTallies"/>.</summary>
    public const string Answer = "answer", AnswerSegment = "answer-segment", AnswerProduct = "answer-product", AnswerAgent = "answer-agent", AnswerReason = "answer-reason";

    /// <summary>What groups come to, for comparison; see <see cref="MeasuredTallies"/>. Journey is empty for the programme as a whole.</summary>
    public const string Measured = "measured";

    /// <summary>Those that count answers to surveys, of which there are many.</summary>
    public static IReadOnlyList<string> Answers { get; } = [Answer, AnswerSegment, AnswerProduct, AnswerAgent, AnswerReason];

    public static IReadOnlyList<string> Kinds { get; } = [At, Now, Members, Expiring, Entered, HeldOut, NotEntered, Ended, Goal, Sent, Skipped, Shifted, Failed, Happened, Reported, Withdrew, Measured, ResolvedIn, Cohort, CohortMoney, Came, Left, .. Answers];

    /// <summary>Adds what the change counts to <paramref name="into"/>.</summary>
    public static void Add(Change change, Dictionary<Tally, long> into)
    {
        var (before, after) = (change.Before, change.After);
        Bump(into, new(Now, "", "customers", null), Counts(after) - (change.Revision == 0 ? 0 : Counts(before)));
        if (before.Enrollments != after.Enrollments)
        {
            foreach (var enrollment in before.Enrollments) Bump(into, PlaceOf(enrollment), -1);
            foreach (var enrollment in after.Enrollments) Bump(into, PlaceOf(enrollment), 1);
        }

        if (before.Cases != after.Cases) Bump(into, new(Now, "", "cases", null), after.Cases.Count(c => c.Open) - before.Cases.Count(c => c.Open));
        if (!ReferenceEquals(before.Ledger, after.Ledger))
        {
            AddPoints(before.Ledger, -1, into);
            AddPoints(after.Ledger, 1, into);
        }

        if (before.Satisfaction != after.Satisfaction) AnswerTallies.Add(before.Satisfaction, after.Satisfaction, (tally, by) => Bump(into, tally, by));
        foreach (var line in change.Lines) AddLine(change, line, into);
        MeasureTallies.Add(change, into);
    }

    /// <summary>Takes a customer who is erased out of what stands now. What has happened stays counted: nobody can be told from it.</summary>
    public static void Remove(Dossier dossier, Dictionary<Tally, long> into)
    {
        Stand(dossier, -1, into);
        MeasuredTallies.Remove(dossier, (tally, by) => Bump(into, tally, by));
    }

    /// <summary>Adds what one customer's dossier counts for among what stands now: <see cref="At"/>, <see cref="Now"/>, <see cref="Members"/> and
    /// <see cref="Expiring"/>. Over all dossiers that have a revision it gives these tallies anew, from nothing.</summary>
    public static void Standing(Dossier dossier, Dictionary<Tally, long> into) => Stand(dossier, 1, into);

    static void Stand(Dossier dossier, int sign, Dictionary<Tally, long> into)
    {
        Bump(into, new(Now, "", "customers", null), sign * Counts(dossier));
        foreach (var enrollment in dossier.Enrollments) Bump(into, PlaceOf(enrollment), sign);
        Bump(into, new(Now, "", "cases", null), sign * dossier.Cases.Count(c => c.Open));
        AddPoints(dossier.Ledger, sign, into);
    }

    // Those who have points or a tier are members.
    static void AddPoints(Ledger ledger, int sign, Dictionary<Tally, long> into)
    {
        if (!ledger.IsUsed) return;

        Bump(into, new(Now, "", "points", null), sign * ledger.Balance);
        Bump(into, new(Now, "", "points-pending", null), sign * ledger.Coming);
        Bump(into, new(Now, "", "points-reserved", null), sign * ledger.Reserved);
        Bump(into, new(Now, "", "points-owed", null), sign * ledger.Owed);
        Bump(into, new(Members, "", ledger.Tier ?? "", null), sign);
        foreach (var lot in ledger.Lots) Bump(into, new(Expiring, "", $"{lot.Expires:yyyy-MM}", null), sign * lot.Left);
    }

    static Tally PlaceOf(Enrollment enrollment) => new(At, enrollment.Journey, $"{enrollment.Version}/{enrollment.Step}", null);

    // A record that became part of another is no customer.
    static int Counts(Dossier dossier) => dossier.MergedInto is null ? 1 : 0;

    static void AddLine(Change change, Line line, Dictionary<Tally, long> into)
    {
        var day = line.Day ?? DateOnly.FromDateTime(line.At.UtcDateTime);
        var journey = line.Journey ?? "";
        if (line.Measured is { } measured) MeasuredTallies.Add(journey, measured, (tally, by) => Bump(into, tally, by));

        switch (line.What)
        {
            case Happening.Entered: Bump(into, new(Entered, journey, "", day), 1); break;
            case Happening.HeldOut: Bump(into, new(HeldOut, journey, "", day), 1); break;
            case Happening.NotEntered: Bump(into, new(NotEntered, journey, line.Because ?? "", day), 1); break;
            case Happening.Ended when line.Step != Enrollment.Holdout: Bump(into, new(Ended, journey, line.Subject ?? "", day), 1); break;
            case Happening.GoalReached: Bump(into, new(Goal, journey, line.Subject ?? "", day), 1); break;
            case Happening.Sent when line.Channel is { } channel: Bump(into, new(Sent, journey, channel == Channel.Email ? "e-mail" : "sms", day), 1); break;
            case Happening.Sent: Bump(into, new(Sent, journey, "staff", day), 1); break;
            case Happening.Skipped: Bump(into, new(Skipped, journey, line.Because ?? "", day), 1); break;
            case Happening.Shifted: Bump(into, new(Shifted, journey, line.Because ?? "", day), 1); break;
            case Happening.Failed: Bump(into, new(Failed, journey, line.Because ?? "", day), 1); break;
            case Happening.Ordered: Count("orders"); Money("money-in"); OrderTallies.Add(change, day, line.Figure ?? 0, into); break;
            case Happening.Refunded: Count("refunds"); Money("money-back"); OrderTallies.Refund(change, day, line.Figure ?? 0, into); break;
            case Happening.Reported when line.Because is { } report: Bump(into, new(Reported, journey, report, day), 1); break;
            case Happening.Withdrew: Bump(into, new(Withdrew, "", $"{line.Channel?.ToString().ToLowerInvariant()} {line.Subject}", day), 1); break;
            case Happening.Answered: Count("answers"); break;
            case Happening.Complained: Count("complaints"); break;
            case Happening.CaseOpened: Count("cases-opened"); break;
            case Happening.CaseResolved: Count("cases-resolved"); break;
            case Happening.TaskGiven: Count("tasks-given"); break;
            case Happening.TaskDone: Count("tasks-done"); break;
            case Happening.TaskOverdue: Count("tasks-overdue"); break;
            case Happening.PointsEarned or Happening.PointsGiven: Figure("points-earned"); break;
            case Happening.PointsSpent: Figure("points-spent"); break;
            case Happening.PointsExpired: Figure("points-expired"); break;
            case Happening.PointsReversed: Figure("points-reversed"); break;
            case Happening.PointsAdjusted: Figure("points-adjusted"); break;
            case Happening.PointsReturned: Figure("points-returned"); break;
            case Happening.FriendBought: Count("friends"); break;
        }

        void Count(string what) => Bump(into, new(Happened, "", what, day), 1);
        void Figure(string what) => Bump(into, new(Happened, "", what, day), (long)(line.Figure ?? 0));
        void Money(string what) => Bump(into, new(Happened, "", what, day), Cents(line.Figure ?? 0));
    }

    internal static long Cents(decimal amount) => (long)decimal.Round(amount * 100);

    internal static void Bump(Dictionary<Tally, long> into, Tally tally, long by)
    {
        if (by == 0) return;
        var sum = into.GetValueOrDefault(tally) + by;
        if (sum == 0) into.Remove(tally);
        else into[tally] = sum;
    }
}
