using System.CommandLine;
using Cvm.Engine;

namespace Cvm.Local;

static class CheckCommand
{
    public static Command Make()
    {
        var (playbook, json) = (Options.Playbook(), Options.Json());
        var at = Options.Day("--at", "The day to check for: what is before it is over. Today where none is named.");
        var command = new Command("check", "Read the whole playbook and prove what can be proven of it before anybody gets a message: every mistake with file, line, column, what is wrong and how to mend it; warnings of what may be meant; and the pressure bound, the most messages that one person can get in any 7 days. Nothing is changed and nobody gets a message.") { playbook, at, json };

        command.SetAction(parsed => Run(parsed.GetValue(playbook)!, Moment(parsed.GetValue(at)), parsed.GetValue(json)));
        return command;
    }

    // Noon, so that it is that day nearly everywhere.
    static DateTimeOffset Moment(DateOnly? day) => day is { } named ? new(named, new(12, 0), TimeSpan.Zero) : TimeProvider.System.GetUtcNow();

    static int Run(string folder, DateTimeOffset now, bool json)
    {
        var verdict = PlaybookCheck.Of(folder, now);
        if (json) PrintJson(folder, verdict);
        else Print(folder, verdict);

        return verdict.Sound ? Cli.Done : Cli.Problems;
    }

    static void Print(string folder, PlaybookVerdict verdict)
    {
        foreach (var problem in verdict.Problems) Screen.Print(problem.ToString());
        if (verdict.Pressure is { } pressure) foreach (var line in PressureWords.Of(pressure)) Screen.Print(line);

        var warnings = verdict.Problems.Count(problem => problem.Severity == Severity.Warning);
        var mistakes = verdict.Problems.Length - warnings;
        if (verdict is { Sound: true, Loaded.Playbook: var playbook }) Screen.Print($"{folder}: {Cli.Count(playbook.Journeys.Length, "journey")}, {Cli.Count(playbook.Templates.Count, "template")}, {(warnings == 0 ? "no problems" : Cli.Count(warnings, "warning"))}.");
        else Screen.Say($"{Cli.Count(mistakes, "problem")}{(warnings == 0 ? "" : $", {Cli.Count(warnings, "warning")}")}.");
    }

    static void PrintJson(string folder, PlaybookVerdict verdict) => Screen.PrintJson(new
    {
        folder,
        problems = verdict.Problems.Select(problem => new
        {
            severity = problem.Severity.ToString().ToLowerInvariant(),
            file = problem.At.File,
            line = problem.At.Line,
            column = problem.At.Column,
            what = problem.What,
            fix = problem.Fix,
        }),
        pressure = verdict.Pressure is not { } pressure ? null : new
        {
            days = Pressure.Days,
            figures = pressure.Figures.Select(figure => new { figure.Channel, figure.Purpose, figure.Most, figure.Uncapped, figure.Shares, figure.Each }),
        },
    });
}
