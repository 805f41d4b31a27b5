using System.CommandLine;

namespace Cvm.Local;

static class CheckCommand
{
    public static Command Make()
    {
        var (playbook, json) = (Options.Playbook(), Options.Json());
        var command = new Command("check", "Read the whole playbook and report every mistake, with file, line, column, what is wrong and how to mend it. Where there is none, warnings: SMS that cost more for longer names. Nothing is changed and nobody gets a message.") { playbook, json };

        command.SetAction(parsed => Run(parsed.GetValue(playbook)!, parsed.GetValue(json)));
        return command;
    }

    static int Run(string folder, bool json)
    {
        var (loaded, problems) = PlaybookLoader.Check(folder);

        if (json)
        {
            Screen.PrintJson(new
            {
                folder,
                problems = problems.Select(problem => new
                {
                    severity = problem.Severity.ToString().ToLowerInvariant(),
                    file = problem.At.File,
                    line = problem.At.Line,
                    column = problem.At.Column,
                    what = problem.What,
                    fix = problem.Fix,
                }),
            });
        }
        else
        {
            foreach (var problem in problems) Screen.Print(problem.ToString());
            if (loaded is { Playbook: var playbook }) Screen.Print($"{folder}: {Cli.Count(playbook.Journeys.Length, "journey")}, {Cli.Count(playbook.Templates.Count, "template")}, {(problems.Count == 0 ? "no problems" : Cli.Count(problems.Count, "warning"))}.");
            else Screen.Say($"{Cli.Count(problems.Count, "problem")}.");
        }

        return loaded is null ? Cli.Problems : Cli.Done;
    }
}
