using System.CommandLine;
using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local;

/// <summary>Closes a journey: lets nobody in any more, and ends those inside where it stops.</summary>
static class HaltCommands
{
    public static Command Drain() => Make(
        "drain",
        "Let nobody into a journey any more; whoever is inside walks on to the end and gets its messages. Says first how many people that concerns. Lifted with 'cvm resume'. While 'cvm serve' runs, use the page of the journey.",
        PauseKind.Drain);

    public static Command Stop() => Make(
        "stop",
        "Stop a journey: nobody enters, and everybody inside ends at once, with the outcome 'stopped'. Their queued messages of the journey are not sent. Says first how many people that concerns. 'cvm resume' lets customers in again; it brings nobody back. While 'cvm serve' runs, use the page of the journey.",
        PauseKind.Stop);

    static Command Make(string name, string about, PauseKind kind)
    {
        var journey = new Argument<string>("JOURNEY") { Description = $"Journey to {name}." };
        var by = new Option<string>("--by") { Description = "Who does it; it is told to whoever asks why.", HelpName = "name", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Do it. Without this it is only said what would happen." };
        var (data, playbook) = (Options.Data(), Options.Playbook());
        var command = new Command(name, about) { journey, by, yes, data, playbook };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var what = PauseCommand.Known(workplace, parsed.GetValue(journey))!;
            var halt = await Halting.Of(what, workplace.Store, stop);
            Screen.Print(halt.Sentence(kind));

            if (!parsed.GetValue(yes))
            {
                Screen.Print("Nothing was done. Say it again with --yes.");
                return Cli.Done;
            }

            await workplace.Pauses.Begin(what, parsed.GetValue(by)!, stop, kind);
            var ended = (await workplace.Moving.GoOn(stop)).People;
            Screen.Print(kind == PauseKind.Drain ? $"The journey {what} lets nobody in any more." : $"The journey {what} is stopped. It ended for {Words.Count(ended, "person", "people")}.");
            return Cli.Done;
        });
        return command;
    }
}
