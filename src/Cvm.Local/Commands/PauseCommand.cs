using System.CommandLine;
using Cvm.Engine;

namespace Cvm.Local;

static class PauseCommand
{
    public static Command Make()
    {
        var journey = Journey("Journey to pause; everything where none is named.");
        var by = new Option<string>("--by") { Description = "Who pauses it, for those who find it paused.", HelpName = "name", Required = true };
        var (data, playbook) = (Options.Data(), Options.Playbook());
        var command = new Command("pause", "Stop sending, of one journey or of all. Everything else goes on: customers enter, wait, and leave. Messages wait, follow their on-late, and go out spread over a while after 'cvm resume'. While 'cvm serve' runs, use the button on its pages.") { journey, by, data, playbook };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var what = Known(workplace, parsed.GetValue(journey));
            await workplace.Pauses.Begin(what, parsed.GetValue(by)!, stop);
            Screen.Print(what is null ? "Sending is paused." : $"The journey {what} is paused.");
            return Cli.Done;
        });
        return command;
    }

    public static Argument<string?> Journey(string about) => new("JOURNEY") { Description = about, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The journey as it is called; <see cref="UserError"/> where there is none.</summary>
    public static string? Known(Workplace workplace, string? journey)
    {
        var names = workplace.Playbook.Playbook.Journeys.Select(known => known.Name).ToList();
        return journey is null || names.Contains(journey) ? journey : throw new UserError($"There is no journey '{journey}'. {Nearest.Hint(journey, names)}");
    }
}

static class ResumeCommand
{
    public static Command Make()
    {
        var journey = PauseCommand.Journey("Journey to let go on; everything where none is named.");
        var (data, playbook) = (Options.Data(), Options.Playbook());
        var command = new Command("resume", "Send again what 'cvm pause' stopped, and let customers in again where 'cvm drain' or 'cvm stop' kept them out. Messages that waited go out spread over the 'spread' of policies.yaml, as far as they are still worth sending. A journey paused by itself stays so while only everything is resumed.") { journey, data, playbook };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var what = parsed.GetValue(journey); // one that is in no playbook any more may still be paused
            var was = (await workplace.Pauses.Standing(stop)).Any(pause => pause.Journey == what);
            await workplace.Pauses.End(was ? what : PauseCommand.Known(workplace, what), stop);
            Screen.Print((was, what) switch
            {
                (false, null) => "Sending was not paused.",
                (false, _) => $"The journey {what} was neither paused, drained nor stopped.",
                (true, null) => "Sending goes on.",
                _ => $"The journey {what} goes on.",
            });
            return Cli.Done;
        });
        return command;
    }
}
