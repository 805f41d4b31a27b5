using System.CommandLine;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

static class ImportCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var orders = new Option<string?>("--orders") { Description = "CSV file of orders: customer, time, amount; order id and coupon where there are any.", HelpName = "file" };
        var customers = new Option<string?>("--customers") { Description = "CSV file of customers: id, and whatever is known of name, e-mail, phone, birthday, zone, locale, country, consents.", HelpName = "file" };
        var map = new Option<string>("--map") { Description = "Which column holds what, such as customer=customer_id,at=date,amount=amount. Common names are guessed.", HelpName = "field=column,...", DefaultValueFactory = _ => "" };
        var command = new Command("import", "Take in customers and orders from CSV files. The same file again changes nothing, even after a kill in the middle. Bad rows go to a quarantine file with line, column and reason; good rows land.") { orders, customers, map, data, playbook, json };

        command.Validators.Add(result =>
        {
            if (result.GetValue(orders) is null && result.GetValue(customers) is null) result.AddError("Name a file with --orders or --customers.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var results = new List<ImportResult>();
            if (parsed.GetValue(customers) is { } people) results.Add(await Import(workplace, ImportKind.Customers, people, parsed.GetValue(map)!, stop));
            if (parsed.GetValue(orders) is { } sales) results.Add(await Import(workplace, ImportKind.Orders, sales, parsed.GetValue(map)!, stop));

            foreach (var result in results) Print(result, parsed.GetValue(json));
            return results.Exists(result => result.Problem is not null || result.Quarantined > 0) ? Cli.Problems : Cli.Done;
        });
        return command;
    }

    static async Task<ImportResult> Import(Workplace workplace, ImportKind kind, string file, string map, CancellationToken stop)
    {
        if (!File.Exists(file)) throw new UserError($"There is no file '{file}'.");

        var job = new ImportJob
        {
            Kind = kind,
            Path = file,
            Map = map,
            Quarantine = Path.Combine(workplace.Quarantine, Path.GetFileNameWithoutExtension(file) + ".quarantine.csv"),
            Playbook = workplace.Playbook.Playbook,
            Clock = workplace.Clock,
        };

        return await Screen.Progress($"Importing {Path.GetFileName(file)}", show => CsvImport.Run(job, workplace.Engine.Take, progress =>
            show(progress.TotalBytes == 0 ? 1 : (double)progress.Bytes / progress.TotalBytes, string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows, {progress.RowsPerSecond:N0} a second")), stop));
    }

    static void Print(ImportResult result, bool json)
    {
        if (json)
        {
            Screen.PrintJson(new
            {
                rows = result.Rows,
                taken = result.Taken,
                takenBefore = result.TakenBefore,
                quarantined = result.Quarantined,
                customers = result.Customers,
                seconds = Math.Round(result.Took.TotalSeconds, 3),
                columns = result.Columns.ToDictionary(pair => pair.Field, pair => pair.Column),
                quarantine = result.Quarantine,
                problem = result.Problem?.ToString(),
            });
            return;
        }

        if (result.Problem is { } problem) Screen.Say(problem.ToString());
        Screen.Print($"{Cli.Count(result.Rows, "row")} of {Cli.Count(result.Customers, "customer")} in {result.Took.TotalSeconds:N1} s: {result.Taken:N0} taken, {result.TakenBefore:N0} known before, {result.Quarantined:N0} in quarantine.");
        if (result.Columns.Length > 0) Screen.Say($"Columns: {string.Join(", ", result.Columns.Select(pair => $"{pair.Field}={pair.Column}"))}");
        if (result.Quarantine is { } quarantine) Screen.Say($"Mend the rows in {quarantine} and import that file.");
    }
}
