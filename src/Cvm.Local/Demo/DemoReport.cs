using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

/// <summary>What a played year led to.</summary>
sealed record DemoReport
{
    public required int Seed { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required double Seconds { get; init; }
    public required long Customers { get; init; }
    public required long Orders { get; init; }
    public required decimal Revenue { get; init; }
    public required long Refunds { get; init; }
    public required long Answers { get; init; }
    public required long Complaints { get; init; }
    public required long CasesOpened { get; init; }
    public required long CasesResolved { get; init; }
    public required long CasesOpen { get; init; }
    public required long PointsEarned { get; init; }
    public required long PointsSpent { get; init; }
    public required long PointsExpired { get; init; }
    public required long PointsOutstanding { get; init; }
    public required IReadOnlyList<JourneyReport> Journeys { get; init; }

    /// <summary>Why messages did not go out or went later, and why somebody did not enter, with how often.</summary>
    public required IReadOnlyList<ReasonCount> WhyNot { get; init; }

    public static async Task<DemoReport> Of(DemoShop shop, Workplace workplace, DateTimeOffset from, DateTimeOffset until, TimeSpan took, CancellationToken stop)
    {
        var tallies = await ((IRecords)workplace.Store).Tallies(Tallies.Kinds, stop);
        long Sum(string kind, string? detail = null, string? journey = null) => tallies
            .Where(pair => pair.Tally.Kind == kind && (detail is null || pair.Tally.Detail == detail) && (journey is null || pair.Tally.Journey == journey)).Sum(pair => pair.Count);

        return new()
        {
            Seed = shop.Seed,
            From = from,
            Until = until,
            Seconds = Math.Round(took.TotalSeconds, 1),
            Customers = Sum(Tallies.Now, "customers"),
            Orders = Sum(Tallies.Happened, "orders"),
            Revenue = (Sum(Tallies.Happened, "money-in") - Sum(Tallies.Happened, "money-back")) / 100m,
            Refunds = Sum(Tallies.Happened, "refunds"),
            Answers = Sum(Tallies.Happened, "answers"),
            Complaints = Sum(Tallies.Happened, "complaints"),
            CasesOpened = Sum(Tallies.Happened, "cases-opened"),
            CasesResolved = Sum(Tallies.Happened, "cases-resolved"),
            CasesOpen = Sum(Tallies.Now, "cases"),
            PointsEarned = Sum(Tallies.Happened, "points-earned"),
            PointsSpent = Sum(Tallies.Happened, "points-spent"),
            PointsExpired = Sum(Tallies.Happened, "points-expired"),
            PointsOutstanding = Sum(Tallies.Now, "points"),
            Journeys =
            [
                .. workplace.Playbook.Playbook.Journeys.Select(journey => new JourneyReport(
                    journey.Name,
                    Sum(Tallies.Entered, journey: journey.Name),
                    Sum(Tallies.HeldOut, journey: journey.Name),
                    Sum(Tallies.Sent, "e-mail", journey.Name),
                    Sum(Tallies.Sent, "sms", journey.Name),
                    Sum(Tallies.Goal, "member", journey.Name),
                    Sum(Tallies.At, journey: journey.Name),
                    tallies.Where(pair => pair.Tally.Kind == Tallies.Ended && pair.Tally.Journey == journey.Name)
                        .GroupBy(pair => pair.Tally.Detail).OrderByDescending(group => group.Sum(pair => pair.Count)).ThenBy(group => group.Key, StringComparer.Ordinal)
                        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Count)))),
            ],
            WhyNot =
            [
                .. tallies.Where(pair => pair.Tally.Kind is Tallies.Skipped or Tallies.Shifted or Tallies.Failed or Tallies.NotEntered)
                    .GroupBy(pair => (pair.Tally.Kind, pair.Tally.Journey, pair.Tally.Detail))
                    .Select(group => new ReasonCount(group.Key.Kind, group.Key.Journey, group.Key.Detail, group.Sum(pair => pair.Count)))
                    .OrderByDescending(reason => reason.Count).ThenBy(reason => $"{reason.What}{reason.Journey}{reason.Reason}", StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>Prints tables for people.</summary>
    public void Print()
    {
        var screen = Screen.Results;
        screen.WriteLine($"{From:d MMMM yyyy} to {Until:d MMMM yyyy}, played in {Seconds:N1} s: {Customers:N0} customers, {Orders:N0} orders, {Revenue:N0} in money kept.");
        screen.WriteLine();

        var journeys = Plain("Journey", "Entered", "Held back", "E-mails", "SMS", "Goal", "In it now");
        foreach (var j in Journeys) journeys.AddRow(j.Journey, $"{j.Entered:N0}", $"{j.HeldBack:N0}", $"{j.Emails:N0}", $"{j.Sms:N0}", $"{j.Goals:N0}", $"{j.Inside:N0}");
        screen.Write(journeys);

        foreach (var j in Journeys.Where(j => j.Outcomes.Count > 0))
            screen.WriteLine($"  {j.Journey} ended: {string.Join(", ", j.Outcomes.Select(pair => $"{pair.Key} {pair.Value:N0}"))}");

        screen.WriteLine();
        var reasons = Plain("Why not, or not yet", "Journey", "Times");
        foreach (var reason in WhyNot.Take(14)) reasons.AddRow(Markup.Escape($"{reason.What}: {reason.Reason}"), reason.Journey, $"{reason.Count:N0}");
        screen.Write(reasons);

        screen.WriteLine($"Cases: {CasesOpened:N0} opened, {CasesResolved:N0} resolved, {CasesOpen:N0} open. {Complaints:N0} complaints, {Answers:N0} survey answers, {Refunds:N0} refunds.");
        screen.WriteLine($"Points: {PointsEarned:N0} earned, {PointsSpent:N0} spent, {PointsExpired:N0} expired, {PointsOutstanding:N0} outstanding.");
    }

    static Table Plain(string first, params string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var name in others) table.AddColumn(new TableColumn(name) { Alignment = name == "Journey" ? Justify.Left : Justify.Right });
        return table;
    }
}

sealed record JourneyReport(string Journey, long Entered, long HeldBack, long Emails, long Sms, long Goals, long Inside, IReadOnlyDictionary<string, long> Outcomes);

sealed record ReasonCount(string What, string Journey, string Reason, long Count);
