using System.Diagnostics;
using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

public sealed class ClickTests
{
    const string Target = "https://shop.example/sale?a=1&b=%E7%8E%8B#top";

    [Fact]
    public async Task A_click_leads_to_the_sealed_address_and_is_noted()
    {
        await using var shop = await LinkShop.Open();
        await shop.Sent("ann@example.com");

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, target: Target)));

        Assert.Equal((HttpStatusCode.Redirect, Target), (answer.Status, answer.Headers["Location"]));
        Assert.Contains("no-store", answer.Headers["Cache-Control"]);
        Assert.Contains("noindex", answer.Headers["X-Robots-Tag"]);
        var click = Assert.Single((await shop.Dossier()).Clicks);
        Assert.Equal((LinkShop.Key, Target), (click.Key, click.Link));
    }

    [Theory]
    [InlineData("HEAD", null)]
    [InlineData("GET", "Sec-Purpose: prefetch;prerender")]
    [InlineData("GET", "Purpose: prefetch")]
    [InlineData("GET", "X-Moz: prefetch")]
    public async Task Who_only_looks_ahead_is_led_there_and_not_noted(string method, string? header)
    {
        await using var shop = await LinkShop.Open();
        await shop.Sent("ann@example.com");

        var answer = await shop.Ask(new(method), shop.Path(shop.Link(LinkKind.Click, target: Target)), null, header is null ? [] : [(header.Split(':')[0], header.Split(": ")[1])]);

        Assert.Equal((HttpStatusCode.Redirect, Target), (answer.Status, answer.Headers["Location"]));
        Assert.Empty((await shop.Dossier()).Clicks);
    }

    [Fact]
    public async Task A_person_gets_there_when_noting_fails_or_hangs_or_the_links_time_is_over()
    {
        await using var failing = await LinkShop.Open(wrap: _ => (_, _) => throw new InvalidOperationException("The disk is full"));
        await using var hanging = await LinkShop.Open(wrap: _ => (_, _) => new TaskCompletionSource<Taking[]>().Task);
        await using var late = await LinkShop.Open();
        late.Pass(TimeSpan.FromDays(2_000));
        var began = Stopwatch.GetTimestamp();

        foreach (var shop in new[] { failing, hanging, late })
            Assert.Equal((HttpStatusCode.Redirect, Target), await Follow(shop));

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(60)); // not for ever
        Assert.Empty((await late.Dossier()).Clicks);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example/")]
    [InlineData("/relative")]
    [InlineData("ftp://shop.example/")]
    [InlineData("not an address")]
    public async Task What_is_no_web_address_leads_nowhere(string target)
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, target: target)));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.False(answer.Headers.ContainsKey("Location"));
    }

    [Theory]
    [InlineData("?url=https://evil.example/")]
    [InlineData("?target=https://evil.example/&to=https://evil.example")]
    [InlineData("/https://evil.example/")]
    [InlineData("%0d%0aLocation:%20https://evil.example/")]
    public async Task Nothing_beside_the_seal_decides_where_it_leads(string more)
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, target: Target)) + more);

        Assert.True(answer.Status == HttpStatusCode.NotFound || answer.Headers["Location"] == Target, $"{answer.Status}");
        Assert.DoesNotContain(answer.Headers, header => header.Value.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_break_in_a_target_cannot_become_a_header()
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, target: "https://shop.example/\r\nSet-Cookie: a=b")));

        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task A_click_brings_nobody_back()
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, customer: "nobody", target: Target)));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(0, (await shop.Store.Load("nobody", "", default)).Revision);
    }

    static async Task<(HttpStatusCode, string)> Follow(LinkShop shop)
    {
        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Click, target: Target)));
        return (answer.Status, answer.Headers["Location"]);
    }
}
