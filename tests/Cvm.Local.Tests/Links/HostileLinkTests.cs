using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

public sealed class HostileLinkTests
{
    [Fact]
    public async Task A_token_that_is_not_ours_opens_nothing_and_tells_nothing()
    {
        await using var shop = await LinkShop.Open();
        var good = shop.Links.Token(shop.Link(LinkKind.Preferences));
        var foreign = new SignedLinks("another shop's key"u8, new("https://shop.example/")).Token(shop.Link(LinkKind.Preferences));

        foreach (var token in new[] { good[..^1], good + "A", good.ToUpperInvariant(), "B" + good[1..], foreign, "x", "%7f", "..%2f..%2fetc", new string('A', 7_000), "ann" })
        {
            foreach (var path in new[] { $"/links/p/{token}", $"/links/u/{token}", $"/links/y/{token}", $"/links/c/{token}", $"/links/a/{token}", $"/links/p/{token}/data", $"/links/p/{token}/forget" })
            {
                var answer = await shop.Get(path);

                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{path}: {answer.Status}");
                Assert.DoesNotContain("nn Lee", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("<nav", answer.Text, StringComparison.Ordinal);
            }

            foreach (var path in new[] { $"/links/p/{token}", $"/links/u/{token}", $"/links/y/{token}", $"/links/p/{token}/forget", $"/links/u/{token}/undo" })
                Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(path, ("do", "pause"))).Status);
        }

        Assert.Equal(1, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task A_link_of_one_kind_is_none_of_another()
    {
        await using var shop = await LinkShop.Open();
        (LinkKind Kind, string Path)[] doors = [(LinkKind.Unsubscribe, "u"), (LinkKind.Preferences, "p"), (LinkKind.Confirm, "y"), (LinkKind.Click, "c"), (LinkKind.Answer, "a")];

        foreach (var (kind, _) in doors)
            foreach (var (other, path) in doors)
            {
                if (other == kind) continue;
                var answer = await shop.Get($"/links/{path}/{shop.Links.Token(shop.Link(kind, target: "https://shop.example/"))}");
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{kind} opened {other}");
            }
    }

    [Fact]
    public async Task Another_customers_link_does_nothing_to_this_one()
    {
        await using var shop = await LinkShop.Open();
        await shop.Tell("bob", "bob@example.com", null, "en");

        await shop.Post(shop.Path(shop.Link(LinkKind.Unsubscribe, customer: "bob")));
        await shop.Post(shop.Path(shop.Link(LinkKind.Preferences, customer: "bob")) + "/forget");

        Assert.True((await shop.Dossier()).Consents.Single().Given);
        Assert.Equal(0, (await shop.Store.Load("bob", "", default)).Revision);
    }

    [Fact]
    public async Task A_link_to_personal_data_is_over_after_its_season()
    {
        await using var shop = await LinkShop.Open();
        shop.Pass(TimeSpan.FromDays(91));
        var path = shop.Path(LinkKind.Preferences);

        foreach (var answer in new[] { await shop.Get(path), await shop.Get(path + "/data"), await shop.Get(path + "/forget"), await shop.Post(path + "/forget"), await shop.Post(path, ("do", "pause")) })
        {
            Assert.Equal(HttpStatusCode.Gone, answer.Status);
            Assert.Contains("This link has expired", answer.Text);
            Assert.DoesNotContain("••", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal("Ann Lee", (await shop.Dossier()).Profile.Name);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    public async Task Other_methods_do_nothing(string method)
    {
        await using var shop = await LinkShop.Open();

        foreach (var kind in Enum.GetValues<LinkKind>())
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await shop.Ask(new(method), shop.Path(shop.Link(kind, target: "https://shop.example/")))).Status);

        Assert.Equal(1, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task Heads_and_scanners_of_every_page_change_nothing()
    {
        await using var shop = await LinkShop.Open();
        var p = shop.Path(LinkKind.Preferences);

        foreach (var path in new[] { p, p + "/data", p + "/forget", shop.Path(LinkKind.Unsubscribe), shop.Path(LinkKind.Confirm) })
            for (var i = 0; i < 3; i++)
            {
                var head = await shop.Ask(HttpMethod.Head, path);
                Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
                Assert.Equal(HttpStatusCode.OK, (await shop.Get(path)).Status);
            }

        Assert.Equal(1, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }
}
