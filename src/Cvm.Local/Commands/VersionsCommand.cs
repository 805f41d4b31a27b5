using System.CommandLine;
using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local;

/// <summary>Every version of a journey that was ever live.</summary>
static class VersionsCommand
{
    public static Command Make()
    {
        var journey = new Argument<string>("JOURNEY") { Description = "Journey whose versions are listed." };
        var diff = new Option<int[]>("--diff") { Description = "Two versions to show side by side, such as --diff 2 3.", HelpName = "old new", Arity = new(2, 2), AllowMultipleArgumentsPerToken = true };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("versions", "List the versions of a journey: when each went live and by whom, and how many people are in it now. Or show two of them side by side. The data is only read, also while 'cvm serve' runs.") { journey, diff, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            var name = parsed.GetValue(journey)!;
            await using var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(parsed.GetValue(data)!));
            var live = new LivePlaybook(PlaybookLoader.Load(parsed.GetValue(playbook)!), store, TimeProvider.System);
            await live.Look(stop);
            var history = live.Publications.Where(one => one.Journey == name).ToList();
            if (history.Count == 0) throw new UserError($"No version of '{name}' was ever live. {Nearest.Hint(name, [.. live.Publications.Select(one => one.Journey).Distinct()])}".TrimEnd());

            if (parsed.GetValue(diff) is [var old, var next])
            {
                PublishPrint.Difference(JourneyDifference.Of(Version(live, name, old), Version(live, name, next)));
                return Cli.Done;
            }

            var rows = JourneyHistory.Of(name, live, await ((IRecords)store).Tallies([Tallies.At], stop));
            if (parsed.GetValue(json)) Screen.PrintJson(rows.Select(row => new { row.Publication.Number, row.Publication.Version, row.Publication.At, row.Publication.By, row.Publication.From, row.Publication.Places, row.People, row.Live }));
            else foreach (var row in rows.Reverse()) Screen.Print(Sentence(row, live.Now.Playbook.Policies.Zone));
            return Cli.Done;
        });
        return command;
    }

    static Journey Version(LivePlaybook live, string name, int version) => live.Now.Playbook.Find(name, version)
        ?? throw new UserError($"There is no version {version} of {name}, or it does not fit the playbook any more. Known: {string.Join(", ", live.Now.Playbook.Journeys.Concat(live.Now.Playbook.Earlier).Where(known => known.Name == name).Select(known => known.Version).Order())}.");

    static string Sentence(JourneyHistory.Row row, string zone)
    {
        var at = row.Publication.At is { } moment ? LocalTimes.In(zone, moment).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "-";
        var how = row.Publication.From switch
        {
            PublishedFrom.Before => "before publications were noted",
            PublishedFrom.Start => "from the folder, at a start",
            PublishedFrom.Back => $"back, by {row.Publication.By}",
            _ => $"by {row.Publication.By}",
        };
        return $"version {row.Publication.Version,-4} {at,-16}  {how,-32} {(row.People is { } people ? Words.Count(people, "person inside", "people inside") : "")}{(row.Live ? ", live" : "")}".TrimEnd();
    }
}
