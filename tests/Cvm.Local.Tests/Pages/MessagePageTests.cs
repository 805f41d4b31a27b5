using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

public sealed class MessagePageTests
{
    static readonly (string, string)[] Form = [("customer", "C0001"), ("channel", "email"), ("to", "me@example.com"), ("key", "abc")];

    static async Task<(HttpStatusCode Status, string Text, string? Location)> Post(SampleSite site, string path, params (string Name, string Value)[] form)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = site.Address };
        using var body = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString);
    }

    static async Task<SampleSite> Site(ISender sender)
    {
        var site = SampleSite.With(new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = sender, [OutboxKind.Sms] = sender });
        await site.InitializeAsync();
        return site;
    }

    [Fact]
    public async Task The_button_sends_one_marked_copy_that_belongs_to_nobody()
    {
        var sender = new Recorder(new Delivery.Accepted("x"));
        var site = await Site(sender);

        var (status, _, location) = await Post(site, "/messages/happy-birthday/test", Form);

        var sent = Assert.Single(sender.Sent);
        Assert.Equal(("test/abc", "me@example.com", ""), (sent.Key, sent.To, sent.Customer));
        Assert.StartsWith("[Test] Happy birthday, ", sent.Subject, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.RedirectMethod, "/messages/happy-birthday?customer=C0001&tested=yes#test"), (status, location));
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("to", "me@example.com\r\nBcc: evil@example.com", "holds a control character")]
    [InlineData("to", "", "is empty")]
    [InlineData("to", "+4915112345678", "is not an e-mail address")]
    [InlineData("channel", "sms", "is not an international phone number")]
    public async Task An_address_that_cannot_be_is_refused_before_anything_is_sent(string field, string value, string expected)
    {
        var sender = new Recorder(new Delivery.Accepted("x"));
        var site = await Site(sender);

        var (status, text, _) = await Post(site, "/messages/happy-birthday/test", [.. Form.Where(pair => pair.Item1 != field), (field, value)]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Empty(sender.Sent);
        await site.DisposeAsync();
    }

    [Fact]
    public async Task What_the_sender_says_is_told_and_its_failure_breaks_nothing()
    {
        var refusing = await Site(new Recorder(new Delivery.Refused("<b>no such mailbox</b>")));
        var failing = await Site(new Recorder(null));

        Assert.Contains("It was refused: &lt;b&gt;no such mailbox&lt;/b&gt;.", (await Post(refusing, "/messages/happy-birthday/test", Form)).Text, StringComparison.Ordinal);
        Assert.Contains("Nobody knows whether it was taken: the wire was cut.", (await Post(failing, "/messages/happy-birthday/test", Form)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(failing, "/messages/nope/test", Form)).Status);
        await refusing.DisposeAsync();
        await failing.DisposeAsync();
    }

    [Fact]
    public async Task The_mail_is_shown_in_both_looks_and_can_do_nothing()
    {
        var site = await Site(new Recorder(null));

        var (_, light, answer) = await site.Get("/messages/happy-birthday/html?customer=C0001&look=light");
        var (_, dark, _) = await site.Get("/messages/happy-birthday/html?customer=C0001&look=dark");

        Assert.Contains("@media not all{", Regex(light), StringComparison.Ordinal);
        Assert.Contains("@media all{", Regex(dark), StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        await site.DisposeAsync();

        static string Regex(string html) => html.ReplaceLineEndings("").Replace("@media all{ ", "@media all{", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_without_customers_tries_messages_on_somebody_invented()
    {
        var site = SampleSite.Empty;
        await site.InitializeAsync();

        var (_, text, _) = await site.Get("/messages/happy-birthday");

        Assert.Contains("There are no customers yet, so Alex Sample stands in, who does not exist.", text, StringComparison.Ordinal);
        await site.DisposeAsync();
    }

    sealed class Recorder(Delivery? answer) : ISender
    {
        public List<Outgoing> Sent { get; } = [];

        public bool RefusesDoubles => true;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop)
        {
            Sent.Add(message);
            return answer is null ? throw new InvalidOperationException("the wire was cut.") : Task.FromResult(answer);
        }
    }
}
