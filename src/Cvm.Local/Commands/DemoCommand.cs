using System.CommandLine;

namespace Cvm.Local;

static class DemoCommand
{
    public static Command Make()
    {
        var (playbook, url, json) = (Options.Playbook(), Options.Url(), Options.Json());
        var data = Options.Path("--data", "Folder for the demo's database. It must be new or empty. Without it a temporary folder is used and removed at the end.", "folder");
        var customers = Options.Whole("--customers", "How many customers the shop has.", 1, 1_000_000, 1_000);
        var days = Options.Whole("--days", "How many days are played, up to today.", 1, 3_650, 365);
        var seed = Options.Whole("--seed", "The same seed makes the same shop.", 0, int.MaxValue, 1);
        var noServe = new Option<bool>("--no-serve") { Description = "Play and report, but serve no pages." };
        var command = new Command("demo", "Make a believable shop, play its year, and show it. Customers, orders, refunds, answers and complaints are invented; the engine and the store are the real ones. Then the pages are served with the clock running.") { customers, days, seed, data, playbook, url, noServe, json };

        command.SetAction(async (parsed, stop) => await Run(
            new(parsed.GetValue(customers), parsed.GetValue(days), parsed.GetValue(seed)),
            parsed.GetValue(data),
            parsed.GetValue(playbook)!,
            parsed.GetValue(noServe) ? null : parsed.GetValue(url)!,
            parsed.GetValue(json),
            stop));
        return command;
    }

    static async Task<int> Run(DemoShop shop, string? data, string playbook, string? url, bool json, CancellationToken stop)
    {
        var site = url is null ? null : ServeCommand.SiteOf(null, url);
        var folder = data ?? Directory.CreateTempSubdirectory("cvm-demo-").FullName;
        if (data is not null && File.Exists(Path.Combine(data, "cvm.db"))) throw new UserError($"{data} holds a shop already. Show it with 'cvm serve --data {data}', or name a new folder.");

        try
        {
            var report = await shop.Play(folder, playbook, site, stop);
            if (json) Screen.PrintJson(report);
            else report.Print();
            if (url is null) return Cli.Done;

            await using var workplace = await Workplace.Open(folder, playbook, TimeProvider.System, site: site);
            await ServeCommand.Serve(workplace, url, [], stop);
            return Cli.Done;
        }
        finally
        {
            if (data is null) Directory.Delete(folder, recursive: true);
        }
    }
}
