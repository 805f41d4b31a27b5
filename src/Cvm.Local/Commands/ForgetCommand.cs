using System.CommandLine;

namespace Cvm.Local;

static class ForgetCommand
{
    public static Command Make()
    {
        var customer = new Argument<string?>("CUSTOMER") { Description = "Id of the customer to erase.", Arity = ArgumentArity.ZeroOrOne };
        var lift = new Option<string?>("--lift") { Description = "Lets an id, e-mail address or phone number that was forgotten come in again.", HelpName = "id-or-address" };
        var (data, playbook) = (Options.Data(), Options.Playbook());
        var command = new Command("forget", "Erase a customer for good, or let one be known again. Profile, timeline, messages, cases and scores go; what stays are keyed hashes of id and addresses, so that no import brings the person back. See docs/permission.md.") { customer, lift, data, playbook };

        command.Validators.Add(result =>
        {
            var (named, lifted) = (result.GetResult(customer) is { Tokens.Count: > 0 }, result.GetResult(lift) is not null);
            if (named == lifted) result.AddError("Name either a customer to forget or, with --lift, an id or address to let in again.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            if (parsed.GetValue(lift) is { } known)
            {
                await workplace.Forgetting.Remember(known, stop);
                Screen.Print($"{known} may come in again.");
                return Cli.Done;
            }

            var whom = parsed.GetValue(customer)!;
            var was = await workplace.Forgetting.Forget(whom, stop);
            Screen.Print(was ? $"{whom} is forgotten." : $"There was no customer {whom}. The id is kept out from now on.");
            return Cli.Done;
        });
        return command;
    }
}
