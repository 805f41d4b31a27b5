using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

static class ScoreCommand
{
    public static Command Make()
    {
        var asOf = Options.Day("--as-of", "The day scores speak of. Today where none is named.");
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("score", "Score every customer of the shop now, as the nightly sweep of 'cvm serve' does. Fits the models, keeps the scores of all who have moved, and prints what they come to by segment, stage and value. Journeys that wait for a score start when they next run. See docs/scores.md.") { asOf, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var today = workplace.Sweep.Today(workplace.Clock.GetUtcNow());
            var day = parsed.GetValue(asOf) ?? today;
            if (day > today) throw new UserError($"{day:yyyy-MM-dd} has not come yet: it is {today:yyyy-MM-dd} in the shop. Name a day up to that.");

            var begun = Stopwatch.GetTimestamp();
            var result = await Screen.Progress("Scoring", show => workplace.Sweep.Make(day, step => show(
                step.Scored == 0 ? 0 : (double)step.Scored / step.Customers,
                step.Scored == 0 ? $"reading {step.Customers:N0}" : string.Create(CultureInfo.InvariantCulture, $"{step.Scored:N0} of {step.Customers:N0}, {step.Moved:N0} moved")), stop));
            var summary = (await Sweep.Summary(workplace.Store, stop))!;
            var took = Stopwatch.GetElapsedTime(begun);

            if (parsed.GetValue(json)) Screen.PrintJson(Sheet(result, summary, workplace.Playbook.Playbook.Scores.Segments, took));
            else Print(result, summary, workplace.Playbook.Playbook, took);
            return Cli.Done;
        });
        return command;
    }

    static void Print(Sweep.Result result, ScoreSummary summary, Playbook playbook, TimeSpan took)
    {
        if (result.Customers == 0)
        {
            Screen.Print("Nobody has ordered yet: there is nothing to score.");
            return;
        }

        Screen.Print($"{Cli.Count(result.Customers, "customer")} as of {result.Model.AsOf:yyyy-MM-dd}, {result.Moved:N0} of them moved, in {took.TotalSeconds:N1} s.");
        Screen.Print($"{result.Model.Buying.Model.Name}: {string.Join(", ", result.Model.Buying.Parameters.Select(p => $"{p.Name} {p.Value:G4}"))}{(result.Model.Buying.Trouble is { } trouble ? $" ({trouble})" : "")}");
        var all = summary.All;
        Show("Segment", summary.Segments(playbook.Scores.Segments).Select(one => (one.Segment.Label, one.Group)), all);
        Show("Stage", Enum.GetValues<Stage>().Select(stage => (ScoreWords.Of(stage), summary.Stages[(int)stage])), all);
        Show("Value", Enum.GetValues<Band>().Reverse().Select(band => (ScoreWords.Of(band), summary.Values[(int)band])), all);
        if (summary.Portrait is not { } portrait) return;

        if (portrait.Groups.Length > 0) Screen.Print("Customers who behave alike:");
        foreach (var group in portrait.Groups) Screen.Print($"  {group.Share:0%}  {group.About}");
        if (portrait.Leaving.Length > 0) Screen.Print("What tells those who left from those who stayed:");
        foreach (var sentence in portrait.Leaving) Screen.Print($"  {sentence}");
    }

    static void Show(string by, IEnumerable<(string Name, ScoreGroup Group)> groups, ScoreGroup all)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(by);
        foreach (var name in (string[])["Customers", "Share", "Revenue", "Expected within a year", "Chance of staying"]) table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        foreach (var (name, group) in groups)
        {
            if (group.Customers == 0) continue;
            table.AddRow(Markup.Escape(name), $"{group.Customers:N0}", $"{(double)group.Customers / all.Customers:0%}", $"{group.Net:N0}", $"{group.Expected:N0}", $"{group.Staying / group.Customers:0%}");
        }

        Screen.Results.Write(table);
    }

    static object Sheet(Sweep.Result result, ScoreSummary summary, RfmMap map, TimeSpan took) => new
    {
        asOf = result.Model.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        model = result.Model.Name,
        customers = result.Customers,
        moved = result.Moved,
        converged = result.Model.Buying.Converged,
        parameters = result.Model.Buying.Parameters.Concat(result.Model.Spending.Parameters).ToDictionary(p => p.Name, p => p.Value),
        seconds = Math.Round(took.TotalSeconds, 3),
        segments = summary.Segments(map).Select(one => Group(one.Segment.Name, one.Group)),
        stages = Enum.GetValues<Stage>().Select(stage => Group(ScoreWords.Of(stage), summary.Stages[(int)stage])),
        values = Enum.GetValues<Band>().Select(band => Group(ScoreWords.Of(band), summary.Values[(int)band])),
        potentials = Enum.GetValues<Band>().Select(band => Group(ScoreWords.Of(band), summary.Potentials[(int)band])),
        relationships = Enum.GetValues<Relationship>().Select(one => Group(ScoreWords.Of(one), summary.Relationships[(int)one])),
        needs = Enum.GetValues<Need>().Select(need => Group(ScoreWords.Of(need), summary.Needs[(int)need])),
    };

    static object Group(string name, ScoreGroup group) =>
        new { name, customers = group.Customers, revenue = Math.Round(group.Net, 2), expected = Math.Round(group.Expected, 2), staying = Math.Round(group.Staying, 2) };
}
