using System.Net;
using System.Net.Http.Headers;

namespace Cvm.Local.Tests.Pages;

public sealed class PagesTests(SampleSite site) : IClassFixture<SampleSite>
{
    static readonly string[] Everywhere =
    [
        "/pivot", "/pivot?rows=segment&columns=&measure=alive&country=DE,none&choose=tier", "/pivot?rows=journey&columns=tag&measure=nps", "/pivot?rows=country&country=nowhere", "/pivot/people", "/pivot/people?stage=loyal&after=C0100", "/pivot/people?tag=nobody-has-it",
        "/", "/customers", "/customers?q=%E7%8E%8B", "/customers?after=C0100", "/customers?q=nobody-at-all", "/customers/C0001", "/customers/C0003", "/customers/C0004", "/customers/C0005",
        "/customers/C0014", "/customers/C0008", "/customers/C0009", "/tasks", "/tasks?role=director&person=-", "/tasks?person=nobody-at-all", "/tasks?wrong=until", "/segments", "/customers?segment=champion", "/customers?cell=11", "/customers?stage=at-risk&after=C0100",
        "/customers/C0001?before=40", "/customers/C0001?before=1", "/customers/C0001/explain", "/customers/C0001/explain?journey=win-back", "/customers/C0001/explain?journey=win-back&at=2027-02-01", "/customers/C0001/explain?line=7",
        "/satisfaction", "/satisfaction?months=3", "/satisfaction?months=60&survey=recommend", "/satisfaction?survey=effort", "/satisfaction?months=-7",
        "/journeys", "/journeys/win-back", "/journeys/complaint-escalation", "/journeys/birthday-care", "/journeys/loyalty-rewards",
        "/mailbox", "/mailbox?customer=C0003", "/mailbox?before=1", "/mailbox/1", "/mailbox/2", "/mailbox/3", "/mailbox/7", "/mailbox/11", "/outbox", "/loyalty", "/pause", "/pause?journey=win-back", "/resume",
        "/proof", "/cases", "/cases?with=-", "/cases?with=nobody-at-all", "/issues",
        "/dashboard", "/dashboard?window=weeks&cohorts=money", "/dashboard?window=months&until=2027-01-15", "/dashboard?window=%3Cscript%3E&until=yesterday", "/dashboard/revenue", "/dashboard/retention?window=days", "/dashboard/complaints?window=weeks", "/dashboard/time-to-resolve?window=months", "/dashboard/lifetime-value",
        "/messages", "/messages/happy-birthday", "/messages/happy-birthday?customer=C0003&locale=zh-CN&bare=on", "/messages/happy-birthday?customer=Ada", "/messages/tier-news?customer=nobody-at-all",
    ];

    public static TheoryData<string> EveryPage => [.. Everywhere];

    [Theory, MemberData(nameof(EveryPage))]
    public async Task Every_page_is_whole_and_harmless(string path)
    {
        var (status, text, answer) = await site.Get(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("<!DOCTYPE html>", text);
        Assert.EndsWith("</html>", text.TrimEnd());
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", text);
        Assert.DoesNotContain("System.", text);
        Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", string.Join(' ', answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/", "1,234,567", "Messages by day", "Held back for comparison", "16% <span class=\"of\">23 of 141", "Quiet hours", "2 messages</strong> in doubt", "Case overdue")]
    [InlineData("/customers/C0001/explain?line=7", "The rule", "Back to the customer")]
    [InlineData("/customers/C0001/explain?journey=win-back", "Whether the customer could enter", "Whether a message of it might go out", "What happened in it")]
    [InlineData("/customers/C0001/explain?at=2999-01-01", "is not over yet")]
    [InlineData("/customers/C0001/explain?at=x", "is no day")]
    [InlineData("/customers", "Ada Lovelace", "&#x738B;", "Next page", "open case", "&lt;script&gt;")]
    [InlineData("/customers?q=ADA", "Ada Lovelace", "C0001")]
    [InlineData("/customers/C0001", "Gold tier", "Waiting until 19 Mar 23:40, or until the message is opened", "Promotions are paused", "7QK3-9FZP", "overdue since", "Older")]
    [InlineData("/customers/C0001?before=40", "Kept back SMS")]
    [InlineData("/customers/C0002", "Usually orders about every", "</span> to promotional e-mail: no consent", "Open their preference centre")]
    [InlineData("/customers/C0005", "Has not ordered yet.", "Nothing has happened yet.", "nothing to be worked out")]
    [InlineData("/customers/C0008", "Chance of staying", "How this is worked out", "P(alive) = 1 / (1 &#x2B; a", "Gamma-Gamma as of 14 Mar 2027", "in 8 of 10 such cases from", "margin - ", "Chance of staying, day by day", "<path class=\"curve\"", "In journeys: <code>lifetime-value</code>", "/customers?stage=")]
    [InlineData("/customers/C0001", "3 changes", "chance of staying 93% to 71%, stage mature to at-risk")]
    [InlineData("/customers/C0009", "one order says little yet", "Chance of staying, day by day")]
    [InlineData("/segments", "Probably still customers", "/customers?cell=55", "/customers?segment=champion", "potential loyalist", "What tells leavers from stayers", "Customers who behave alike", "mbg-nbd 2027-03-14, fitted to 241 customers")]
    [InlineData("/customers?segment=champion", "Segment: champion", "Show all customers")]
    [InlineData("/satisfaction", "CSAT (top-2-box)", "How happy are you with your &lt;b&gt;order&lt;/b&gt;?", "more often than others", "<path class=\"band\"", "The same as a table", "maria", "Champion", "&lt;script&gt;alert")]
    [InlineData("/satisfaction?survey=recommend", "NPS", "&#x2B;100", "No answer names a product yet.")]
    [InlineData("/satisfaction?survey=effort", "No answer in this time.", "cvm import --answers FILE", "How easy did Shop make it for you?")]
    [InlineData("/customers?cell=34", "Recency 3 and frequency 4: loyal")]
    [InlineData("/journeys/win-back", "Wait 7 days", "1,204", "14 in version 2", "coupon 50%", "journey: win-back", "&lt;before&gt;", "Won-back")]
    [InlineData("/mailbox/1", "<iframe class=\"mail\"", " sandbox ", "src=\"/mailbox/1/html\"", "As plain text")]
    [InlineData("/mailbox/3", "billed as 2 SMS, about 0.14 EUR")]
    [InlineData("/dashboard", "Revenue", "role=\"tooltip\"", "Paid for orders, less what was paid back.", "on the year before", "above its usual range", "Who comes back", "Feb 27", "First order", "/journeys/win-back#steps", "What is counted")]
    [InlineData("/dashboard/complaints?window=weeks", "Complaints that customers made.", "usual range", "a year before", "147 in the seven days to 13 Mar 2027, above the usual range", "The same as a table")]
    [InlineData("/dashboard/contribution", "sms-segments * sms-cost", "Cost of a segment of an SMS: 0.07", "Paid for orders, by the day of the order")]
    [InlineData("/journeys/win-back", "Step by step", "400 came", "won-back 40", "Wait here now")]
    [InlineData("/", "above its usual range")]
    [InlineData("/loyalty", "1,240,100", "1,234,567 can be spent", "Expected breakage", "months that last ran their whole time", "single months from", "Gold", "No tier", "−", "The same as a table", "Expected to expire")]
    [InlineData("/proof", "Earns about", "141 held back", "so nobody knows what the journey earns", "Q1 2027", "119 of them kept out of every promotion", "Ways at split", "coupon earns about")]
    [InlineData("/journeys/win-back", "What it earned", "How many people it takes", "2 points", "Version 2")]
    [InlineData("/messages", "happy-birthday", "E-mail, SMS", "en, zh-CN", "/journeys/birthday-care", "2 segments")]
    [InlineData("/messages/happy-birthday?customer=C0001", "Promotional, from", "Would wait: promotions are paused, until", " sandbox ", "/messages/happy-birthday/html?customer=C0001&amp;look=dark", "A small present for your day.", "[Test]")]
    [InlineData("/messages/happy-birthday?customer=C0001", "&#x2019; is not in the GSM alphabet")]
    [InlineData("/messages/happy-birthday?customer=Ada", "As it would be written to", "Others found")]
    [InlineData("/messages/happy-birthday?customer=nobody-at-all", "Nobody found for &#x201C;nobody-at-all&#x201D;, so Alex Sample stands in")]
    [InlineData("/messages/happy-birthday?bare=on&locale=zh-CN", "&#x751F;&#x65E5;&#x5FEB;&#x4E50;")]
    [InlineData("/outbox", "In doubt", "It did not arrive", "Nothing so far", "did not answer within 10 seconds (3 tries)", "Mailbox does not exist", "Queued")]
    public async Task A_page_tells_what_matters(string path, params string[] texts)
    {
        var (_, text, _) = await site.Get(path);

        foreach (var expected in texts) Assert.Contains(expected, text);
    }

    [Theory]
    [InlineData("/customers/nobody", "No customer &#x27;nobody&#x27;")]
    [InlineData("/customers/%3Cscript%3E", "&lt;script&gt;")]
    [InlineData("/customers?stage=tired", "There is no stage &#x27;tired&#x27;")]
    [InlineData("/customers?cell=66", "There is no cell &#x27;66&#x27;")]
    [InlineData("/satisfaction?survey=none", "There is no survey &#x27;none&#x27;")]
    [InlineData("/journeys/none", "No journey")]
    [InlineData("/cases/C0001/99", "No case")]
    [InlineData("/issues/none", "No issue")]
    [InlineData("/pause?journey=none", "No journey")]
    [InlineData("/mailbox/99999", "No message 99999")]
    [InlineData("/no/such/page", "There is no page here")]
    public async Task What_is_not_there_says_so_and_leads_on(string path, string expected)
    {
        var (status, text, answer) = await site.Get(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(expected, text);
        Assert.Contains("<nav", text);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Addresses_below_api_are_left_to_the_api()
    {
        var (status, text, _) = await site.Get("/api/nothing");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Empty(text);
    }

    [Fact]
    public async Task An_empty_shop_says_what_to_do_next()
    {
        var empty = SampleSite.Empty;
        await empty.InitializeAsync();

        var overview = (await empty.Get("/")).Text;
        var customers = (await empty.Get("/customers")).Text;
        var segments = (await empty.Get("/segments")).Text;
        var satisfaction = (await empty.Get("/satisfaction")).Text;
        var mailbox = (await empty.Get("/mailbox")).Text;
        var outbox = (await empty.Get("/outbox")).Text;
        var loyalty = (await empty.Get("/loyalty")).Text;
        await empty.DisposeAsync();

        Assert.Contains("cvm import --customers FILE", overview);
        Assert.Contains("cvm demo", customers);
        Assert.Contains("Nobody has been scored yet.", segments);
        Assert.Contains("Nobody has answered a survey in this time.", satisfaction);
        Assert.Contains("No messages yet.", mailbox);
        Assert.Contains("The outbox is empty.", outbox);
        Assert.Contains("No member yet.", loyalty);
        Assert.DoesNotContain("<svg width", loyalty);
    }

    [Fact]
    public async Task A_message_is_shown_in_a_sandbox()
    {
        var (status, text, answer) = await site.Get("/mailbox/1/html");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("We miss you", text);
        Assert.StartsWith("sandbox;", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task The_style_sheet_is_sent_once()
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        var first = await client.GetAsync(new Uri("/app.css", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/app.css");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        var second = await client.SendAsync(again);

        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Paging_shows_every_customer_once()
    {
        List<string> seen = [];
        var path = "/customers";
        for (string? next = path; next is not null;)
        {
            var (_, text, _) = await site.Get(next);
            seen.AddRange(System.Text.RegularExpressions.Regex.Matches(text, "href=\"/customers/(C[0-9]{4})\"").Select(match => match.Groups[1].Value));
            var link = System.Text.RegularExpressions.Regex.Match(text, "href=\"(/customers\\?after=[^\"]+)\" rel=\"next\"");
            next = link.Success ? link.Groups[1].Value : null;
        }

        Assert.Equal(260, seen.Count);
        Assert.Equal(260, seen.Distinct().Count());
    }

    [BrowserFact]
    public async Task Nobody_stumbles_in_a_browser_wide_or_narrow()
    {
        await using var walk = new BrowserWalk(site.Address) { ReadsAloud = true };

        var complaints = await walk.Walk([.. Everywhere, "/customers/*", "/journeys/*", "/mailbox/*", "/messages/*"], Environment.GetEnvironmentVariable("CVM_PICTURES"));

        Assert.Empty(complaints);
    }
}
