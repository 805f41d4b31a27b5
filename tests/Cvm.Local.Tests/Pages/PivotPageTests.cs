using System.Net;
using System.Text.RegularExpressions;

namespace Cvm.Local.Tests.Pages;

/// <summary>The pivot in the browser's place: tables, people, files, views.</summary>
public sealed partial class PivotPageTests(SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData("/pivot", "Rows", "Number of people", "Segments by value", "See the people", "260")]
    [InlineData("/pivot?rows=tier&columns=stage&measure=alive", "The small number is how many people each rests on.", "class=\"rests\"")]
    [InlineData("/pivot?rows=country&columns=&measure=revenue&choose=stage", "type=\"checkbox\" name=\"stage\" value=\"prospect\"", "Close")]
    [InlineData("/pivot?rows=stage&columns=tier&measure=people&stage=loyal,new", "Only:", "Stage: Loyal, New", "Leave out the filter Stage")]
    [InlineData("/pivot?rows=stage&country=nowhere", "Nobody is like this.", "Leave out all filters")]
    [InlineData("/pivot?rows=journey&columns=&measure=people", "Who has several values stands in several places")]
    [InlineData("/pivot/people", "260 people", "/customers/C0001", "Next page", "Everybody.")]
    public async Task A_page_says_what_it_should(string path, params string[] expected)
    {
        var (status, text, _) = await site.Get(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(expected, part => Assert.Contains(part, text));
    }

    [Theory]
    [InlineData("/pivot?rows=nonsense", "rows: There is nothing called &#x27;nonsense&#x27;")]
    [InlineData("/pivot?measure=revenu", "Did you mean &#x27;revenue&#x27;?")]
    [InlineData("/pivot?stage=gone&value=%3Cscript%3E", "stage: It has no value &#x27;gone&#x27;", "value: It has no value &#x27;&lt;script&gt;&#x27;")]
    [InlineData("/pivot?choose=shoe-size", "choose: There is nothing called &#x27;shoe-size&#x27;")]
    [InlineData("/pivot?colour=red", "colour: It is neither rows, columns nor measure")]
    [InlineData("/pivot/people?rows=x&stage=y", "stage: It has no value &#x27;y&#x27;")]
    [InlineData("/pivot.csv?columns=x", "columns: There is nothing called")]
    [InlineData("/pivot/people.csv?tags=vip", "Did you mean &#x27;tag&#x27;?")]
    public async Task A_wrong_parameter_is_named_with_what_may_stand_there(string path, params string[] expected)
    {
        var (status, text, _) = await site.Get(path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("<!DOCTYPE html>", text);
        Assert.All(expected, part => Assert.Contains(part, text));
        Assert.DoesNotContain("<script", text);
    }

    [Fact]
    public async Task Every_cell_leads_to_as_many_people_as_it_counts()
    {
        var (_, text, _) = await site.Get("/pivot?rows=stage&columns=tier&measure=people");
        var cells = Cell().Matches(text).Select(match => (Address: WebUtility.HtmlDecode(match.Groups[1].Value), Count: match.Groups[2].Value)).ToList();

        Assert.InRange(cells.Count, 8, 60);
        foreach (var (address, count) in cells)
        {
            var (status, people, _) = await site.Get(address);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(count == "1" ? "<h1>1 person</h1>" : $"<h1>{count} people</h1>", people);
        }
    }

    [Fact]
    public async Task People_are_paged_through_without_a_gap()
    {
        var (address, seen) = ("/pivot/people?stage=prospect,new,repeat,mature,loyal,at-risk,lapsed,none", new List<string>());
        while (address is not null)
        {
            var (_, text, _) = await site.Get(address);
            seen.AddRange(Person().Matches(text).Select(match => match.Groups[1].Value));
            address = Next().Match(text) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }

        Assert.Equal(Enumerable.Range(1, 260).Select(i => $"C{i:D4}"), seen);
    }

    [Fact]
    public async Task Files_are_attachments_with_a_mark_and_what_the_page_shows()
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var table = await client.GetAsync(new Uri("/pivot.csv?rows=stage&columns=&measure=people", UriKind.Relative));
        using var people = await client.GetAsync(new Uri("/pivot/people.csv?stage=loyal", UriKind.Relative));
        var (bytes, lines) = (await table.Content.ReadAsByteArrayAsync(), (await people.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n"));

        Assert.Equal("text/csv; charset=utf-8", table.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"pivot-stage-people.csv\"", string.Join("", table.Content.Headers.GetValues("Content-Disposition")));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("attachment; filename=\"people.csv\"", string.Join("", people.Content.Headers.GetValues("Content-Disposition")));
        Assert.Equal("no-store", people.Headers.CacheControl!.ToString());
        Assert.All(lines[1..], line => Assert.StartsWith("C", line));
        Assert.Contains($"<h1>{lines.Length - 1} people</h1>", (await site.Get("/pivot/people?stage=loyal")).Text);
    }

    [Fact]
    public async Task A_view_is_kept_shown_and_deleted()
    {
        var kept = await Post("/pivot/views", ("name", "Gold <b>in</b> Germany"), ("by", "Kim"), ("address", "rows=tier&columns=&measure=people&country=DE"));
        Assert.Equal((HttpStatusCode.SeeOther, "/pivot?rows=tier&columns=&measure=people&country=DE"), (kept.StatusCode, kept.Headers.Location!.ToString()));
        var (_, shown, _) = await site.Get("/pivot");
        Assert.Contains("Gold &lt;b&gt;in&lt;/b&gt; Germany</a>", shown);
        Assert.Contains("by Kim, 14 Mar 2027", shown);

        var again = await Post("/pivot/views", ("name", "gold <b>in</b> germany"), ("by", "Lou"), ("address", "rows=stage"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("already, by Kim", await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/pivot/views", ("name", "x"), ("address", "rows=nonsense"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/pivot/views")).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await Post("/pivot/views/delete", ("name", "Gold <b>in</b> Germany"))).StatusCode);
        Assert.DoesNotContain("in&lt;/b&gt; Germany", (await site.Get("/pivot")).Text);
    }

    [Fact]
    public async Task It_speaks_chinese()
    {
        var (_, text, _) = await site.Get("/pivot?rows=stage&columns=value&measure=people&lang=zh-CN");

        Assert.Contains("透视表", WebUtility.HtmlDecode(text));
        Assert.Contains("生命周期阶段", WebUtility.HtmlDecode(text));
        Assert.DoesNotContain("Lapsed", text);
    }

    [Fact]
    public async Task A_shop_without_customers_says_so()
    {
        var empty = SampleSite.Empty;
        await empty.InitializeAsync();

        Assert.Contains("No customers yet.", (await empty.Get("/pivot")).Text);
        Assert.Contains("Nobody is like this.", (await empty.Get("/pivot/people")).Text);
        await empty.DisposeAsync();
    }

    [BrowserFact]
    public async Task On_a_phone_the_table_scrolls_in_its_frame_and_the_page_does_not()
    {
        await using var walk = new BrowserWalk(site.Address);

        Assert.Empty(await walk.Walk(["/pivot?rows=first-order-month&columns=segment&measure=average-order", "/pivot?rows=stage&columns=tier&measure=people&choose=segment", "/pivot/people?stage=loyal"]));
    }

    async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    [GeneratedRegex("<td class=\"number [^\"]*\">\\s*<a href=\"(/pivot/people[^\"]*)\">([\\d,]+)</a>")]
    private static partial Regex Cell();

    [GeneratedRegex("<th scope=\"row\">\\s*<a href=\"/customers/([^\"]*)\"")]
    private static partial Regex Person();

    [GeneratedRegex("<a href=\"([^\"]*)\" rel=\"next\"")]
    private static partial Regex Next();
}
