using System.CommandLine;

namespace Cvm.Local;

static class ServeCommand
{
    public static Command Make()
    {
        var (data, playbook, url) = (Options.Data(), Options.Playbook(), Options.Url());
        var hosts = new Option<string[]>("--host") { Description = "Another name that the pages may be asked for under, such as shop.example behind a proxy. May be given several times.", HelpName = "name" };
        var site = Options.Site();
        var senders = Options.Path("--senders", "YAML file that says by what messages go out; senders.yaml in the data folder where it is there, else everything stays in the built-in mailbox.", "file");
        var command = new Command("serve", "Run the shop: pages, HTTP intake and the clock. Messages go to the built-in mailbox, or out of the house where senders.yaml says so. Ctrl-C stops cleanly and loses nothing.") { data, playbook, senders, url, hosts, site };

        command.SetAction(async (parsed, stop) =>
        {
            var plan = SenderSetup.Read(parsed.GetValue(data)!, parsed.GetValue(senders));
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System, senders: plan, site: SiteOf(parsed.GetValue(site), parsed.GetValue(url)!));
            foreach (var sentence in SenderSetup.Sentences(plan)) Screen.Say(sentence);
            await Serve(workplace, parsed.GetValue(url)!, parsed.GetValue(hosts) ?? [], stop);
            return Cli.Done;
        });
        return command;
    }

    /// <summary>Where customers reach the pages: as told, else where they are served on this machine.</summary>
    public static Uri SiteOf(string? told, string url)
    {
        var site = new UriBuilder(told ?? url);
        if (site.Host is "0.0.0.0" or "[::]") site.Host = "localhost";
        return site.Uri;
    }

    public static async Task Serve(Workplace workplace, string url, string[] hosts, CancellationToken stop)
    {
        await WebHost.Serve(workplace, url, hosts, address => Screen.Say($"Pages and intake on {address} - Ctrl-C stops."), stop);
        Screen.Say("Stopped. Everything is on disk.");
    }
}
