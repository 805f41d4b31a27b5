using System.CommandLine;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Local;

static class ImportCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var orders = Options.Path("--orders", "CSV file of orders: customer, time, amount; order id and coupon where there are any.", "file");
        var customers = Options.Path("--customers", "CSV file of customers: id, and whatever is known of name, e-mail, phone, birthday, zone, locale, country, consents.", "file");
        var answers = Options.Path("--answers", "CSV file of answers to surveys, from paper or interviews: customer, survey, score, time; comment, reasons, product, agent, by where there are any.", "file");
        var reviews = Options.Path("--reviews", "CSV file of online reviews: customer or e-mail address, rating from 1 to 5, time; text, site, product where there are any.", "file");
        var map = new Option<string>("--map") { Description = "Which column holds what, such as customer=customer_id,at=date,amount=amount. Common names are guessed.", HelpName = "field=column,...", DefaultValueFactory = _ => "" };
        var command = new Command("import", "Take in customers, orders, answers to surveys and online reviews from CSV files. The same file again changes nothing, even after a kill in the middle. Bad rows go to a quarantine file with line, column and reason; good rows land.") { orders, customers, answers, reviews, map, data, playbook, json };

        command.Validators.Add(result =>
        {
            if (new[] { orders, customers, answers, reviews }.All(option => result.GetResult(option) is null)) result.AddError("Name a file with --orders, --customers, --answers or --reviews.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var files = new List<(ImportKind Kind, string File)>();
            if (parsed.GetValue(customers) is { } people) files.Add((ImportKind.Customers, people));
            if (parsed.GetValue(orders) is { } sales) files.Add((ImportKind.Orders, sales));
            if (parsed.GetValue(answers) is { } said) files.Add((ImportKind.Answers, said));
            if (parsed.GetValue(reviews) is { } told) files.Add((ImportKind.Reviews, told));
            foreach (var (_, file) in files) MustExist(file);

            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var results = new List<(ImportKind Kind, string File, ImportResult Result)>();
            foreach (var (kind, file) in files)
            {
                var result = await Import(workplace, kind, file, parsed.GetValue(map)!, stop);
                results.Add((kind, file, result));
                if (!parsed.GetValue(json)) Print(result);
            }

            if (parsed.GetValue(json)) Screen.PrintJson(results.Select(one => Sheet(one.Kind, one.File, one.Result)));
            return results.Exists(one => one.Result.Problem is not null || one.Result.Quarantined > 0) ? Cli.Problems : Cli.Done;
        });
        return command;
    }

    // Before anything is taken: the second file's name may be the wrong one.
    static void MustExist(string file)
    {
        if (Directory.Exists(file)) throw new UserError($"'{file}' is a folder. Name a CSV file.");
        if (!File.Exists(file)) throw new UserError($"There is no file '{file}'.");
    }

    static async Task<ImportResult> Import(Workplace workplace, ImportKind kind, string file, string map, CancellationToken stop)
    {
        var job = new ImportJob
        {
            Kind = kind,
            Path = file,
            Map = map,
            Quarantine = Path.Combine(workplace.Quarantine, Path.GetFileNameWithoutExtension(file) + ".quarantine.csv"),
            Store = workplace.Store,
            People = workplace.Store,
            Playbook = workplace.Playbook.Playbook,
            Clock = workplace.Clock,
        };

        return await Screen.Progress($"Importing {Path.GetFileName(file)}", show => CsvImport.Run(job, workplace.Engine.Take, progress =>
            show(progress.TotalBytes == 0 ? 1 : (double)progress.Bytes / progress.TotalBytes, string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows, {progress.RowsPerSecond:N0} a second")), stop));
    }

    static object Sheet(ImportKind kind, string file, ImportResult result) => new
    {
        kind,
        file,
        rows = result.Rows,
        taken = result.Taken,
        takenBefore = result.TakenBefore,
        quarantined = result.Quarantined,
        customers = result.Customers,
        seconds = Math.Round(result.Took.TotalSeconds, 3),
        columns = result.Columns.ToDictionary(pair => pair.Field, pair => pair.Column),
        quarantine = result.Quarantine,
        problem = result.Problem?.ToString(),
    };

    static void Print(ImportResult result)
    {
        if (result.Problem is { } problem) Screen.Say(problem.ToString());
        Screen.Print($"{Cli.Count(result.Rows, "row")} of {Cli.Count(result.Customers, "customer")} in {result.Took.TotalSeconds:N1} s: {result.Taken:N0} taken, {result.TakenBefore:N0} known before, {result.Quarantined:N0} in quarantine.");
        if (result.Columns.Length > 0) Screen.Say($"Columns: {string.Join(", ", result.Columns.Select(pair => $"{pair.Field}={pair.Column}"))}");
        if (result.Quarantine is { } quarantine) Screen.Say($"Mend the rows in {quarantine} and import that file.");
    }
}
