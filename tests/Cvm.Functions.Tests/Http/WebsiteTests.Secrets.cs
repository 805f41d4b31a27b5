using Cvm.Engine;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions.Tests;

// Links are secrets, and public paths lead nowhere else.
public sealed partial class WebsiteTests
{
    [Theory]
    [InlineData("/links/../customers", null, null)]
    [InlineData("/links/%2e%2e/customers", null, null)]
    [InlineData("/customers", "/links/%2E./customers?at=1", null)]
    [InlineData("/customers", null, "/links/.%252e/customers")]
    [InlineData("/customers", null, "/links/u\\..\\..\\customers")]
    public async Task An_address_that_climbs_out_of_the_public_paths_opens_nothing(string path, string? raw, string? asSent)
    {
        var site = Site(new Access(loginRequired: true, loginStandsBefore: true));

        var (status, text) = await Ask(site, "GET", path, principal: PrincipalOf("administrator"), raw: raw, asSent: asSent);

        Assert.Equal(400, status);
        Assert.Contains("climbs", text);
    }

    [Theory]
    [InlineData("/customers/a..b", "/customers/a%2e.b?from=../x")]
    [InlineData("/customers/50%", "/customers/50%25")]
    public async Task Dots_and_percents_in_names_are_no_climbing(string path, string raw)
    {
        var (status, _) = await Ask(Site(new Access(loginRequired: true, loginStandsBefore: true)), "GET", path, principal: PrincipalOf("administrator"), raw: raw, asSent: raw);

        Assert.Equal(404, status);
    }

    [Fact]
    public async Task Where_the_page_of_a_link_fails_the_log_names_the_kind_and_not_the_secret()
    {
        var notes = new Notes();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(notes));
        var token = Links.Token(new(LinkKind.Preferences, "ann", "k1", Channel.Email, Purpose.Promotional, Noon.AddDays(1)));
        var site = Site(Laptop, logs: logs, playbook: () => throw new InvalidDataException("The playbook is gone."));
        await At().Take([("ann", new Signal.Told("t1", Noon, new() { Email = "ann@example.com" }, []))], default);

        var (status, _) = await Ask(site, "GET", $"/links/p/{token}");

        Assert.Equal(500, status);
        Assert.Contains(notes.Lines, line => line.Contains("/links/p/...", StringComparison.Ordinal));
        Assert.DoesNotContain(notes.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }
}
