using System.CommandLine;

namespace Cvm.Local;

static class SendTestCommand
{
    public static Command Make()
    {
        var template = new Argument<string>("template") { Description = "The message's name, such as we-miss-you." };
        var to = new Option<string?>("--to") { Description = "Who gets the test: an e-mail address or a phone number. The customer's own address where it is left out.", HelpName = "address" };
        var customer = new Option<string?>("--customer") { Description = "Whom it is written for. An invented person where it is left out.", HelpName = "id" };
        var locale = new Option<string?>("--locale") { Description = "In which language, such as zh-CN. The customer's own where it is left out.", HelpName = "tag" };
        var channel = Options.OneOf("--channel", "By which channel.", "email", "email", "sms");
        var senders = Options.Path("--senders", "YAML file that says by what messages go out; senders.yaml in the data folder where it is there, else the built-in mailbox.", "file");
        var (data, playbook) = (Options.Data(), Options.Playbook());
        var command = new Command("send-test", "Send one copy of a message to yourself. It is written for a customer as it would be now, marked [Test], and handed once to what is set up to send. Nothing is noted about the customer, and its own links do nothing. While 'cvm serve' runs, the same is on its page /messages.")
        {
            template, to, customer, locale, channel, senders, data, playbook,
        };

        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(to) is null && parsed.GetValue(customer) is null) throw new UserError("Name who gets it with --to, or a customer with --customer.");

            var plan = SenderSetup.Read(parsed.GetValue(data)!, parsed.GetValue(senders));
            await using var workplace = await Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, parsed.GetValue(template)!, plan);
            var by = parsed.GetValue(channel) == "sms" ? Channel.Sms : Channel.Email;
            return await Send(workplace, parsed.GetValue(template)!, by, parsed.GetValue(customer), parsed.GetValue(locale), parsed.GetValue(to), stop);
        });
        return command;
    }

    static async Task<Workplace> Open(string data, string playbook, string template, SendersPlan plan)
    {
        try
        {
            return await Workplace.Open(data, playbook, TimeProvider.System, senders: plan);
        }
        catch (UserError busy) when (busy.Message.Contains("is in use by another cvm", StringComparison.Ordinal))
        {
            throw new UserError($"{busy.Message} Or send the test from its page, /messages/{template}.", busy);
        }
    }

    static async Task<int> Send(Workplace workplace, string template, Channel channel, string? customer, string? locale, string? to, CancellationToken stop)
    {
        var (playbook, now) = (workplace.Playbook.Playbook, workplace.Clock.GetUtcNow());
        if (!playbook.Templates.ContainsKey(template)) throw new UserError($"There is no message '{template}'. {Nearest.Hint(template, [.. playbook.Templates.Keys])}".TrimEnd());
        if (locale is not null && !TemplateFile.IsLocale(locale)) throw new UserError($"'{locale}' is not a language tag. Write it like en or zh-CN.");

        var dossier = await Reader(workplace, customer, stop);
        var reader = locale is null ? dossier : dossier with { Profile = dossier.Profile with { Locale = locale } };
        var own = channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;
        if ((to ?? own) is not { } written) throw new UserError($"The customer '{customer}' has no {(channel == Channel.Email ? "e-mail address" : "phone number")}. Name another with --to.");

        var (address, wrong) = MessageTrial.Address(playbook, channel, written, now);
        if (address is null) throw new UserError(wrong!);

        var trial = workplace.Playbook.Messages!.Try(playbook, reader, MessageTrial.Entry(playbook, reader, template, channel, now));
        if (trial.Message is not { } message) throw new UserError($"The message cannot be made: {trial.Problem}.");

        var delivery = await workplace.Senders[message.Kind].Send(MessageTrial.Copy(message, address, Guid.NewGuid().ToString("N")), stop);
        Screen.Say($"{template} for {dossier.Profile.Name ?? dossier.Customer} to {address}, in {trial.Locale}: {Web.Words.Of(delivery)}");
        return delivery is Delivery.Accepted ? Cli.Done : Cli.Problems;
    }

    static async Task<Dossier> Reader(Workplace workplace, string? customer, CancellationToken stop)
    {
        if (customer is null) return MessageTrial.Sample(workplace.Playbook.Playbook, workplace.Clock.GetUtcNow());
        var stored = await workplace.Store.Load(customer, "", stop);
        return stored.Revision > 0 ? stored.Dossier : throw new UserError($"No customer has the id '{customer}'. Ids are on the customers page, and in the files they came from.");
    }
}
