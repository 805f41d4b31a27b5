using System.Globalization;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

/// <summary>A rehearsal as people and programs read it.</summary>
static class RehearsalPrint
{
    static readonly (string What, string Title)[] Parts =
    [
        ("not entered", "Did not enter"), ("not tried", "Never came to it"), ("shifted", "Held up"), ("skipped", "Not sent"), ("way", "Ways taken"), ("ended", "Ended as"), ("goal", "Reached the goal"),
        ("coupon", "Coupons given"), ("task", "Tasks for"), ("case", "Cases opened"),
    ];

    public static void Print(RehearsalSheet sheet)
    {
        var plan = sheet.Plan;
        Screen.Print(string.Create(CultureInfo.InvariantCulture, $"{(sheet.Journey ?? "All journeys")}, played over {Cli.Count(sheet.Played.Customers, "customer")} for {Cli.Count(plan.Days, "day")} from {plan.From:yyyy-MM-dd HH:mm} UTC, {Answers(sheet)}, in {sheet.Took.TotalSeconds:N1} s. Nothing was sent or changed."));
        if (sheet.Published is null) Screen.Print("The versions here are the ones that are published, or nothing is published yet: there is nothing to hold it against.");

        foreach (var journey in sheet.Journeys) PrintJourney(sheet, journey);
        PrintCosts(sheet);
        PrintPressure(sheet);
        if (sheet.Journey is not null) PrintDays(sheet);
    }

    static string Answers(RehearsalSheet sheet) => sheet.Responses switch
    {
        "none" => "nobody answers",
        "history" => sheet.Plan.From < TimeProvider.System.GetUtcNow().AddMinutes(-5) ? "customers do what they did" : "customers do again what they did before",
        var file => $"customers do what {file} says",
    };

    static void PrintJourney(RehearsalSheet sheet, Journey journey)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn($"{journey.Name}, version {journey.Version}").AddColumn(new TableColumn("Rehearsed") { Alignment = Justify.Right });
        if (sheet.Published is not null) table.AddColumn(new TableColumn("As published") { Alignment = Justify.Right }).AddColumn(new TableColumn("Difference") { Alignment = Justify.Right });
        table.AddColumn("For example");

        Row(table, sheet, "Enter", sheet.Played.Sum(journey.Name, "entered"), sheet.Published?.Sum(journey.Name, "entered"), sheet.Of(journey.Name, "entered").SelectMany(one => one.Customers));
        if (sheet.Played.Sum(journey.Name, "held out") > 0) Row(table, sheet, "Held out for comparison", sheet.Played.Sum(journey.Name, "held out"), sheet.Published?.Sum(journey.Name, "held out"), []);
        foreach (var channel in Enum.GetValues<Channel>())
            if (sheet.Played.Sent(journey.Name, channel) is > 0 and var sent) Row(table, sheet, channel == Channel.Email ? "E-mails" : "SMS", sent, sheet.Published?.Sent(journey.Name, channel), []);

        foreach (var (what, title) in Parts)
        {
            var rows = sheet.Of(journey.Name, what).ToList();
            if (rows.Count > 0) table.AddRow(Markup.Escape(title));
            foreach (var (detail, count, before, customers) in rows) Row(table, sheet, "  " + (detail == "" ? title : detail), count, before, customers);
        }

        Screen.Results.Write(table);
    }

    static void Row(Table table, RehearsalSheet sheet, string name, int count, int? before, IEnumerable<string> customers)
    {
        List<string> cells = [Markup.Escape(name), $"{count:N0}"];
        if (sheet.Published is not null) cells.AddRange([$"{before:N0}", count == before ? "" : (count - before)?.ToString("+#,0;-#,0", CultureInfo.InvariantCulture) ?? ""]);
        cells.Add(Markup.Escape(string.Join(", ", customers.Take(3))));
        table.AddRow([.. cells]);
    }

    static void PrintCosts(RehearsalSheet sheet)
    {
        var (email, sms, points, tasks) = sheet.Costs(sheet.Played);
        Screen.Print(string.Create(CultureInfo.InvariantCulture, $"Costs, in {sheet.Plan.Playbook.Policies.Currency}: e-mail {email:N2}, SMS {sms:N2} ({sheet.Played.SegmentsOf(sheet.Journey):N0} segments), points {points:N2}, tasks {tasks:N2}. Coupons are counted above; what they take off is known once they are used."));
    }

    static void PrintPressure(RehearsalSheet sheet)
    {
        var (most, customer) = sheet.Played.Busiest;
        Screen.Print(customer is null ? "Nobody gets a message." : $"Most messages anybody gets in any 7 days, from all journeys: {most}, {customer}.");
        foreach (var (messages, customers) in sheet.Played.Pressure) Screen.Print($"  at most {messages,2}: {Cli.Count(customers, "customer")}");
    }

    static void PrintDays(RehearsalSheet sheet)
    {
        var days = sheet.Played.Messages.Where(pair => pair.Key.Journey == sheet.Journey).GroupBy(pair => pair.Key.Day).Select(group => (Day: group.Key, Count: group.Sum(pair => pair.Value))).ToList();
        if (days.Count == 0) return;

        Screen.Print("Messages by day (UTC)");
        var most = days.Max(day => day.Count);
        foreach (var (day, count) in days) Screen.Print(string.Create(CultureInfo.InvariantCulture, $"  {day:yyyy-MM-dd}  {count,7:N0}  {new string('#', Math.Max(1, count * 40 / most))}"));
    }

    public static object Sheet(RehearsalSheet sheet) => new
    {
        journey = sheet.Journey,
        from = sheet.Plan.From,
        days = sheet.Plan.Days,
        responses = sheet.Responses,
        customers = sheet.Played.Customers,
        seconds = Math.Round(sheet.Took.TotalSeconds, 3),
        journeys = sheet.Journeys.Select(journey => new
        {
            journey = journey.Name,
            version = journey.Version,
            found = sheet.Played.All.Where(pair => pair.Key.Journey == journey.Name).Select(pair => new
            {
                what = pair.Key.What,
                detail = pair.Key.Detail,
                count = pair.Value.Count,
                asPublished = sheet.Published is null ? null : (int?)(sheet.Published.All.TryGetValue(pair.Key, out var before) ? before.Count : 0),
                figure = pair.Value.Figure == 0 ? null : (decimal?)pair.Value.Figure,
                customers = pair.Value.Customers,
            }),
        }),
        messages = sheet.Played.Messages.Where(pair => sheet.Journey is null || pair.Key.Journey == sheet.Journey)
            .Select(pair => new { day = pair.Key.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), journey = pair.Key.Journey, channel = pair.Key.Channel, count = pair.Value }),
        costs = Costs(sheet),
        pressure = sheet.Played.Pressure.Select(pair => new { most = pair.Key, customers = pair.Value }),
        busiest = new { customer = sheet.Played.Busiest.Customer, messages = sheet.Played.Busiest.Most },
    };

    static object Costs(RehearsalSheet sheet)
    {
        var (email, sms, points, tasks) = sheet.Costs(sheet.Played);
        return new { email, sms, smsSegments = sheet.Played.SegmentsOf(sheet.Journey), points, tasks };
    }
}
