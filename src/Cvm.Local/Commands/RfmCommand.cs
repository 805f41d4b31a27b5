using System.CommandLine;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

static class RfmCommand
{
    public static Command Make()
    {
        var orders = Options.Path("--orders", "CSV file of orders: customer, time, amount. A negative amount is money that went back.", "file");
        orders.Required = true;
        var map = new Option<string>("--map") { Description = "Which column holds what, such as customer=customer_id,at=date,amount=amount. Common names are guessed.", HelpName = "field=column,...", DefaultValueFactory = _ => "" };
        var asOf = Options.Day("--as-of", "The day to look from: later orders are left out. The day of the last order where none is named.");
        var result = Options.Path("--out", "CSV file to write the scores of every customer to.", "file");
        var (playbook, json) = (Options.Playbook(), Options.Json());
        var command = new Command("rfm", "Recency, frequency and money of every customer in a CSV file of orders. Each is a quintile from 1 to 5, and recency with frequency gives a named segment. Nothing is stored. See docs/scores.md.") { orders, map, asOf, result, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            var (file, day) = (parsed.GetValue(orders)!, parsed.GetValue(asOf));
            var asked = new OrderFile(file) { Map = parsed.GetValue(map)!, CalibrationEnd = day, HoldoutEnd = day, Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) };
            var segments = Task.Run(() => Segments(parsed.GetValue(playbook)!), stop); // while the orders are read
            var history = await Read(asked, stop);
            var scores = RfmScores.Of(history, await segments);

            if (parsed.GetValue(result) is { } path) Write(path, scores);
            if (parsed.GetValue(json)) Screen.PrintJson(Sheet(file, scores));
            else Print(scores);
            Tell(history);
            return history.Bad > 0 ? Cli.Problems : Cli.Done;
        });
        return command;
    }

    static async Task<OrderHistory> Read(OrderFile file, CancellationToken stop)
    {
        var history = await Screen.Progress($"Reading {Path.GetFileName(file.Path)}", show => Task.Run(() => OrderHistory.Read(file, share => show(share, ""), stop), stop));
        return history.Problem is { } problem ? throw new UserError(problem.ToString()) : history;
    }

    static RfmMap Segments(string folder)
    {
        var sources = PlaybookFolder.Load(folder);
        return sources.Playbook?.Scores.Segments ?? throw new PlaybookProblems(sources.Problems);
    }

    static void Write(string path, RfmScores scores)
    {
        try
        {
            RfmSheet.Write(path, scores);
            Screen.Say($"{Cli.Count(scores.Scores.Length, "customer")} in {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{path}' cannot be written: {e.Message}", e);
        }
    }

    static void Print(RfmScores scores)
    {
        var history = scores.History;
        if (scores.Scores.Length == 0)
        {
            Screen.Print("There is no order in it that counts.");
            return;
        }

        Screen.Print($"{Cli.Count(scores.Scores.Length, "customer")}, {Cli.Count(history.Counts.Orders, "order")} up to {Date(history.CalibrationEnd)}, read in {history.Took.TotalSeconds:N1} s.");
        var table = new Table().Border(TableBorder.Simple).AddColumn("Segment");
        foreach (var name in (string[])["Customers", "Share", "Revenue", "Share", "Order days", "Days since last"]) table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        foreach (var (segment, group) in scores.Segments())
        {
            table.AddRow(Markup.Escape(segment.Label), $"{group.Customers:N0}", $"{group.Share:0%}", $"{group.Revenue:N0}", $"{group.RevenueShare:0%}",
                group.Customers == 0 ? "" : $"{group.OrderDays:N1}", group.Customers == 0 ? "" : $"{group.SilenceDays:N0}");
        }

        Screen.Results.Write(table);
    }

    static void Tell(OrderHistory history)
    {
        Screen.Say($"Columns: {string.Join(", ", history.Columns.Select(pair => $"{pair.Field}={pair.Column}"))}");
        if (history.Counts.Refunds > 0) Screen.Say($"{Cli.Count(history.Counts.Refunds, "refund")}; {Cli.Count(history.Counts.OnlyRefunds, "customer")} with nothing else left out.");
        if (history.Counts.Later > 0) Screen.Say($"{Cli.Count(history.Counts.Later, "row")} after that day left out.");
        if (history.Bad == 0) return;

        foreach (var problem in history.FirstBad) Screen.Say(problem.ToString());
        Screen.Say(history.Bad == 1 ? "1 bad row left out." : $"{history.Bad:N0} bad rows left out{(history.Bad > history.FirstBad.Length ? $"; the first {history.FirstBad.Length} are named" : "")}.");
    }

    static object Sheet(string file, RfmScores scores) => new
    {
        file,
        asOf = scores.Scores.Length == 0 ? null : Date(scores.History.CalibrationEnd),
        customers = scores.Scores.Length,
        orders = scores.History.Counts.Orders,
        refunds = scores.History.Counts.Refunds,
        later = scores.History.Counts.Later,
        rows = scores.History.Rows,
        bad = scores.History.Bad,
        seconds = Math.Round(scores.History.Took.TotalSeconds, 3),
        columns = scores.History.Columns.ToDictionary(pair => pair.Field, pair => pair.Column),
        segments = scores.Segments().Select(one => new
        {
            segment = one.Segment.Label,
            cells = one.Segment.Cells,
            customers = one.Group.Customers,
            share = Math.Round(one.Group.Share, 6),
            revenue = one.Group.Revenue,
            revenueShare = Math.Round(one.Group.RevenueShare, 6),
            orderDays = Math.Round(one.Group.OrderDays, 3),
            silenceDays = Math.Round(one.Group.SilenceDays, 3),
        }),
        cells = scores.Cells().Select(cell => new
        {
            cell.Recency,
            cell.Frequency,
            segment = scores.Map[cell.Recency, cell.Frequency].Label,
            customers = cell.Group.Customers,
            revenue = cell.Group.Revenue,
        }),
    };

    static string Date(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd");
}
