using System.Net;
using System.Text.Json.Nodes;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

public sealed class PreferenceTests
{
    [Fact]
    public async Task The_page_shows_what_is_chosen_and_no_address()
    {
        await using var shop = await LinkShop.Open();

        var (status, text, headers) = await shop.Get(shop.Path(LinkKind.Preferences));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("For a••@e••••.com and •••• 78", text);
        Assert.Equal(["email-promotional", "email-service", "sms-service"], LinkShop.Fields(text).Where(field => field.Name == "on").Select(field => field.Value));
        Assert.All(["ann@example.com", "+4915112345678", "Ann Lee", "<script", "style="], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("noindex", headers["X-Robots-Tag"]);
        Assert.Contains("no-store", headers["Cache-Control"]);
        Assert.Contains("default-src 'none'", headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task Saving_without_touching_anything_says_nothing()
    {
        await using var shop = await LinkShop.Open();
        var (path, before) = (shop.Path(LinkKind.Preferences), (await shop.Lines()).Count);

        var answer = await Save(shop, path, _ => { });

        Assert.Equal((HttpStatusCode.SeeOther, path + "?saved=yes"), (answer.Status, answer.Headers["Location"]));
        Assert.Equal(before, (await shop.Lines()).Count);
        Assert.Contains("Saved.", (await shop.Get(answer.Headers["Location"])).Text);
    }

    [Fact]
    public async Task What_is_switched_is_recorded_with_the_very_words_that_were_shown()
    {
        await using var shop = await LinkShop.Open();
        var topic = shop.Loaded.Playbook.Policies.Topics[0].Name;

        await Save(shop, shop.Path(LinkKind.Preferences), fields =>
        {
            fields.Remove(("on", "email-promotional"));
            fields.Add(("on", "sms-promotional"));
            fields.Remove(("topic", topic));
            Set(fields, "zone", "Asia/Tokyo");
            Set(fields, "locale", "zh-CN");
        });

        var dossier = await shop.Dossier();
        Assert.Equal(topic, Assert.Single(dossier.TopicsOff));
        Assert.Equal(("Asia/Tokyo", "zh-CN"), (dossier.Profile.Zone, dossier.Profile.Locale));
        Assert.Equal(("Ann Lee", "ann@example.com"), (dossier.Profile.Name, dossier.Profile.Email));
        var sms = dossier.Consents.Single(consent => consent.Channel == Channel.Sms);
        Assert.Equal((true, Purpose.Promotional, "preference centre", "News and offers by SMS", "customer", LinkShop.Noon), (sms.Given, sms.Purpose, sms.Source, sms.Wording, sms.By, sms.At));
        var email = dossier.Consents.Single(consent => consent.Channel == Channel.Email);
        Assert.Equal((false, "News and offers by e-mail"), (email.Given, email.Wording));
        Assert.Contains("偏好设置", (await shop.Get(shop.Path(LinkKind.Preferences))).Text);
    }

    [Fact]
    public async Task A_page_left_open_takes_back_nothing_that_was_said_since()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Preferences);
        var old = LinkShop.Fields((await shop.Get(path)).Text);
        await shop.Post(shop.Path(LinkKind.Unsubscribe));

        await shop.Post(path, [.. old, ("do", "save")]);

        Assert.False((await shop.Dossier()).Consents.Single().Given);
    }

    [Fact]
    public async Task A_pause_holds_promotions_for_thirty_days_and_can_be_ended()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Preferences);

        await Save(shop, path, _ => { }, "pause");
        var hold = Assert.Single((await shop.Dossier()).Holds);
        var paused = (await shop.Get(path)).Text;
        await Save(shop, path, _ => { }, "resume");

        Assert.Equal(LinkShop.Noon.AddDays(30), hold.Until!.Value, TimeSpan.FromHours(1)); // summer time may begin between
        Assert.Contains("No news and offers until 31 March 2027.", paused);
        Assert.Empty((await shop.Dossier()).Holds);
    }

    [Theory]
    [InlineData("on", "email-transactional")]
    [InlineData("on", "fax-promotional")]
    [InlineData("was", "x")]
    [InlineData("topic", "no-such-topic")]
    [InlineData("was-topic", "../../etc")]
    [InlineData("zone", "Mars/Olympus")]
    [InlineData("zone", "Europe/Berlin\r\nSet-Cookie: a=b")]
    [InlineData("zone", "../../etc/passwd")]
    [InlineData("locale", "xx")]
    [InlineData("locale", "en\r\nX: y")]
    [InlineData("do", "drop")]
    public async Task What_the_page_does_not_offer_changes_nothing(string field, string value)
    {
        await using var shop = await LinkShop.Open();
        var (path, before) = (shop.Path(LinkKind.Preferences), await shop.Store.Load(LinkShop.Ann, "", default));
        var fields = LinkShop.Fields((await shop.Get(path)).Text);
        fields.Add(("do", "save"));
        if (field is "on" or "was" or "topic" or "was-topic") fields.Add((field, value));
        else Set(fields, field, value);

        var answer = await shop.Post(path, [.. fields]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("nothing was changed", answer.Text);
        Assert.Equal(before.Revision, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_none_is_refused()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Preferences);

        var large = await shop.Post(path, ("do", new string('x', 100_000)));
        var many = await shop.Post(path, [.. Enumerable.Range(0, 5_000).Select(i => ("on", "a"))]);
        var json = await shop.Ask(HttpMethod.Post, path, new StringContent("{}", null, "application/json"));

        Assert.All([large, many, json], answer => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status));
        Assert.Single((await shop.Dossier()).Consents);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_post_here()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Preferences);

        var origin = await shop.Ask(HttpMethod.Post, path + "/forget", null, ("Origin", "https://evil.example"));
        var fetched = await shop.Ask(HttpMethod.Post, path, null, ("Sec-Fetch-Site", "cross-site"));

        Assert.All([origin, fetched], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.Status));
        Assert.Equal("Ann Lee", (await shop.Dossier()).Profile.Name);
    }

    [Fact]
    public async Task Where_the_shop_wants_double_opt_in_a_link_that_came_by_mail_confirms_the_mail_and_nothing_else()
    {
        await using var shop = await LinkShop.Open(policies => policies with { DoubleOptIn = [(Channel.Email, Purpose.Service), (Channel.Sms, Purpose.Promotional)] });
        await shop.Sent("ann@example.com");
        await shop.Engine.Take(LinkShop.Ann, new Signal.Consented("no", LinkShop.Noon, new(Channel.Email, Purpose.Service, false, LinkShop.Noon, "phone")), default);
        shop.Pass(TimeSpan.FromMinutes(1));

        await Save(shop, shop.Path(LinkKind.Preferences), fields => fields.AddRange([("on", "email-service"), ("on", "sms-promotional")]));

        var dossier = await shop.Dossier();
        Assert.False(dossier.Consents.Single(consent => consent is { Channel: Channel.Email, Purpose: Purpose.Service }).Pending);
        Assert.True(dossier.Consents.Single(consent => consent.Channel == Channel.Sms).Pending);
        Assert.Contains("Please confirm this", (await shop.Get(shop.Path(LinkKind.Preferences))).Text);
    }

    [Fact]
    public async Task A_link_that_went_to_an_address_they_have_left_confirms_nothing()
    {
        await using var shop = await LinkShop.Open(policies => policies with { DoubleOptIn = [(Channel.Email, Purpose.Service)] });
        await shop.Sent("old@example.com");
        await shop.Engine.Take(LinkShop.Ann, new Signal.Consented("no", LinkShop.Noon, new(Channel.Email, Purpose.Service, false, LinkShop.Noon, "phone")), default);
        shop.Pass(TimeSpan.FromMinutes(1));

        await Save(shop, shop.Path(LinkKind.Preferences), fields => fields.Add(("on", "email-service")));

        Assert.True((await shop.Dossier()).Consents.Single(consent => consent.Purpose == Purpose.Service).Pending);
    }

    [Fact]
    public async Task My_data_is_all_of_it_as_a_file()
    {
        await using var shop = await LinkShop.Open();
        for (var i = 0; i < 1_100; i++) await shop.Engine.Take(LinkShop.Ann, new Signal.Ordered($"o{i}", LinkShop.Noon.AddDays(-30), $"o{i}", 1), default);

        var (status, text, headers) = await shop.Get(shop.Path(LinkKind.Preferences) + "/data");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("attachment", headers["Content-Disposition"], StringComparison.Ordinal);
        var data = JsonNode.Parse(text)!;
        Assert.Equal("ann@example.com", (string?)data["customer"]!["profile"]!["email"]);
        Assert.Equal((await shop.Dossier()).Lines, data["timeline"]!.AsArray().Count);
        Assert.Equal(1, (int)data["timeline"]!.AsArray()[^1]!["number"]!);
    }

    [Fact]
    public async Task Forgetting_asks_first_and_leaves_nothing_behind_the_link()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Preferences);

        var asked = await shop.Get(path + "/forget");
        var still = await shop.Dossier();
        var done = await shop.Post(path + "/forget");

        Assert.Contains("This cannot be undone", asked.Text);
        Assert.Equal("Ann Lee", still.Profile.Name);
        Assert.Contains("You are forgotten", done.Text);
        Assert.Equal(0, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
        foreach (var again in new[] { path, path + "/data", path + "/forget", shop.Path(LinkKind.Unsubscribe) }) Assert.Equal(HttpStatusCode.NotFound, (await shop.Get(again)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(path, ("do", "pause"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(shop.Path(LinkKind.Unsubscribe))).Status);
        Assert.Equal(Taking.Forgotten, await shop.Tell("other-id", "ANN@example.com", null, null));
        Assert.Equal(0, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task A_team_member_who_helps_is_named_and_confirms_nothing()
    {
        await using var shop = await LinkShop.Open(policies => policies with { DoubleOptIn = [(Channel.Sms, Purpose.Promotional)] });
        var opened = await shop.Post($"/customers/{LinkShop.Ann}/preferences");

        await Save(shop, opened.Headers["Location"], fields => fields.Add(("on", "sms-promotional")));
        var sms = (await shop.Dossier()).Consents.Single(consent => consent.Channel == Channel.Sms);
        shop.Pass(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        Assert.Equal(("somebody of the team", true), (sms.By, sms.Pending));
        Assert.Equal(HttpStatusCode.Gone, (await shop.Get(opened.Headers["Location"])).Status);
    }

    [Fact]
    public async Task A_stopped_address_says_so_in_place_of_switches()
    {
        await using var shop = await LinkShop.Open();
        await shop.Sent("ann@example.com");
        await shop.Engine.Take(LinkShop.Ann, new Signal.Reported("r1", LinkShop.Noon, LinkShop.Key, Report.Bounced), default);

        var text = (await shop.Get(shop.Path(LinkKind.Preferences))).Text;

        Assert.Contains("We do not write to this address any more", text);
        Assert.DoesNotContain("value=\"email-promotional\"", text, StringComparison.Ordinal);
    }

    static async Task<Answer> Save(LinkShop shop, string path, Action<List<(string Name, string Value)>> change, string act = "save")
    {
        var fields = LinkShop.Fields((await shop.Get(path)).Text);
        change(fields);
        return await shop.Post(path, [.. fields, ("do", act)]);
    }

    static void Set(List<(string Name, string Value)> fields, string name, string value)
    {
        fields.RemoveAll(field => field.Name == name);
        fields.Add((name, value));
    }
}
