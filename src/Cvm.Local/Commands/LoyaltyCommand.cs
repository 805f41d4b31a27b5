using System.CommandLine;
using System.Globalization;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

static class LoyaltyCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("loyalty", "What members hold in points, when it expires, what of it will probably never be spent, and what it is worth. The same numbers as on the page Loyalty. See docs/loyalty.md.") { data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var current = reading.Playbook.Playbook;
            var today = LocalTimes.Day(current.Policies.Zone, reading.Clock.GetUtcNow());
            var report = LoyaltyReport.Of(await LoyaltyReport.Read(reading.Store, stop), current, today);

            if (parsed.GetValue(json)) Screen.PrintJson(Sheet(report, current.Policies.Currency));
            else Print(report, current.Policies.Currency);
            return Cli.Done;
        });
        return command;
    }

    static void Print(LoyaltyReport report, string currency)
    {
        if (report is { Members: 0, Outstanding: 0, Owed: 0 })
        {
            Screen.Print("No member yet: customers become members with their first points or tier.");
            return;
        }

        string Money(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:N2} {currency}");
        Screen.Print($"{Cli.Count(report.Members, "member")} hold {report.Outstanding:N0} points: {report.Available:N0} can be spent, {report.Pending:N0} are pending, {report.Reserved:N0} reserved. Owed by members: {report.Owed:N0}.");
        Screen.Print($"Full value {Money(report.FullValue)}. {(report.Breakage is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"Expected breakage {known.Rate:0.0%} ({Cli.Count(known.Months, "finished month")}, single ones {known.Lowest:0.0%} to {known.Highest:0.0%}): {known.Points:N0} points ({known.Fewest:N0} to {known.Most:N0}). Expected value {Money(report.ExpectedValue)}.")
            : "Expected breakage is not known yet: no month's points have run their whole time.")}");

        Table("Tier", ["Members"], report.Tiers.Reverse().Select(tier => (tier.Tier == "" ? "none" : tier.Tier, new[] { tier.Members })));
        Table("Expire at the end of", ["Points", "Expected to expire"], report.Expiring.Select(one => (Month(one.Month), new[] { one.Points, one.Lost })));
        Table("Month", ["Earned", "Adjusted", "Spent", "Expired", "Taken back"], report.Months.Where(month => !month.IsEmpty).Select(month => (Month(month.Month), new[] { month.Earned, month.Adjusted, month.Spent, month.Expired, month.Reversed })));
    }

    static void Table(string by, string[] columns, IEnumerable<(string Name, long[] Numbers)> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(by);
        foreach (var name in columns) table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        foreach (var (name, numbers) in rows) table.AddRow([Markup.Escape(name), .. numbers.Select(number => number.ToString("N0", CultureInfo.InvariantCulture))]);
        if (table.Rows.Count > 0) Screen.Results.Write(table);
    }

    static object Sheet(LoyaltyReport report, string currency) => new
    {
        asOf = report.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        members = report.Members,
        outstanding = report.Outstanding,
        available = report.Available,
        pending = report.Pending,
        reserved = report.Reserved,
        owed = report.Owed,
        currency,
        pointWorth = report.PointWorth,
        fullValue = report.FullValue,
        expectedValue = report.ExpectedValue,
        breakage = report.Breakage is { } known
            ? new { rate = Math.Round(known.Rate, 6), lowest = Math.Round(known.Lowest, 6), highest = Math.Round(known.Highest, 6), months = known.Months, points = known.Points, fewest = known.Fewest, most = known.Most }
            : null,
        tiers = report.Tiers.Select(tier => new { tier = tier.Tier == "" ? null : tier.Tier, members = tier.Members }),
        expiring = report.Expiring.Select(one => new { month = Month(one.Month), points = one.Points, lost = one.Lost }),
        months = report.Months.Select(month => new { month = Month(month.Month), earned = month.Earned, adjusted = month.Adjusted, spent = month.Spent, expired = month.Expired, reversed = month.Reversed }),
    };

    static string Month(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
