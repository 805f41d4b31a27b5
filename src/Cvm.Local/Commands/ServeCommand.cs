using System.CommandLine;

namespace Cvm.Local;

static class ServeCommand
{
    public static Command Make()
    {
        var (data, playbook, url) = (Options.Data(), Options.Playbook(), Options.Url());
        var hosts = new Option<string[]>("--host") { Description = "Another name that the pages may be asked for under, such as shop.example behind a proxy. May be given several times.", HelpName = "name" };
        var site = Options.Site();
        var command = new Command("serve", "Run the shop: pages, HTTP intake and the clock. Messages go to the built-in mailbox. Ctrl-C stops cleanly and loses nothing.") { data, playbook, url, hosts, site };

        command.SetAction(async (parsed, stop) =>
        {
            await using var workplace = await Workplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System, site: SiteOf(parsed.GetValue(site), parsed.GetValue(url)!));
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
