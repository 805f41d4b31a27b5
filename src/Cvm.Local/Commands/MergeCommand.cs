using System.CommandLine;

namespace Cvm.Local;

static class MergeCommand
{
    public static Command Make()
    {
        var from = new Argument<string>("FROM") { Description = "Id of the record that goes." };
        var into = new Argument<string>("INTO") { Description = "Id of the record that stays." };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would happen, and do nothing." };
        var by = new Option<string>("--by") { Description = "Who merges them, for the timeline.", HelpName = "name", DefaultValueFactory = _ => "cvm" };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("merge", "Make two records of one person one. Orders, points, cases, tasks and journeys are united, a no to messages stands, and what still comes for FROM goes to INTO. It cannot be undone. See docs/merging.md. While 'cvm serve' runs, use the form on the customer's page.") { from, into, dry, by, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var (leaving, staying, only) = (parsed.GetValue(from)!, parsed.GetValue(into)!, parsed.GetValue(dry));
            var result = await workplace.Merging.Run(leaving, staying, parsed.GetValue(by)!, only, stop);
            if (result.Problem is { } problem) throw new UserError(problem);

            var sentences = result.Lines.Select(Sentences.Of).ToList();
            if (parsed.GetValue(json)) Screen.PrintJson(new { from = leaving, into = staying, dryRun = only, sentences });
            else
            {
                foreach (var sentence in sentences) Screen.Print(sentence);
                Screen.Print(only ? $"{leaving} would be merged into {staying}. Nothing was done." : $"{leaving} is merged into {staying}.");
            }

            return Cli.Done;
        });
        return command;
    }
}
