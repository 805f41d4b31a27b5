using Cvm.Engine;
using Cvm.Local.Tests.Links;
using Cvm.Local.Tests.Pages;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Editor;

/// <summary>The editor in a real browser, with its script.</summary>
public sealed class EditorBrowserTests
{
    const string Page = "/journeys/win-back/edit";

    [BrowserFact]
    public async Task A_mistake_is_marked_while_it_is_typed_and_mending_it_brings_the_flow_chart_back()
    {
        await using var desk = await Desk.Open();
        var page = await desk.Visit(Page);

        await Replace(page, "wait: 10d", "wait: 10x");
        await page.Locator(".gutter .mistake").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var line = desk.Line("wait: 10d").ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(line, (await page.Locator(".gutter .mistake").InnerTextAsync()).Trim());
        Assert.Contains("comes as soon as there are no mistakes", await page.Locator("#panel").InnerTextAsync());

        await page.Locator("ol.mistakes a").First.ClickAsync();
        Assert.Equal("10x", await page.EvaluateAsync<string>("(() => { const a = document.querySelector('#yaml'); return a.value.slice(a.selectionStart, a.selectionEnd); })()"));
        await page.Keyboard.TypeAsync("13d");

        await page.Locator("#panel svg.flow", new() { HasTextString = "Wait 13 days" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await page.Locator(".gutter .mistake").CountAsync());
        Assert.Equal("No mistakes", await page.Locator("#verdict").InnerTextAsync());
        Assert.Empty(desk.Complaints);
    }

    [BrowserFact]
    public async Task Of_two_people_the_second_is_shown_the_first_ones_change()
    {
        await using var desk = await Desk.Open();
        var (ann, bob) = (await desk.Visit(Page), await desk.Visit(Page));

        await Replace(ann, "wait: 10d", "wait: 11d");
        await ann.GetByLabel("Your name").FillAsync("Ann");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await ann.GetByText("Draft saved by Ann").WaitForAsync();

        await bob.GetByLabel("Your name").FillAsync("Bob");
        await Replace(bob, "wait: 10d", "wait: 12d");
        await bob.GetByText("Ann saved a newer draft").WaitForAsync();
        await bob.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();

        await bob.GetByRole(AriaRole.Heading, new() { Name = "Ann saved first" }).WaitForAsync();
        Assert.Contains("wait: 11d", await bob.Locator("td.gone").InnerTextAsync());
        Assert.Contains("wait: 12d", await bob.Locator("td.come").InnerTextAsync());
        Assert.Equal("Ann", (await desk.Draft())!.By);

        await bob.GetByRole(AriaRole.Button, new() { Name = "Put both into one text" }).ClickAsync();
        Assert.Contains("# >>> Ann\n  - wait: 11d", await bob.Locator("#yaml").InputValueAsync());
    }

    [BrowserFact]
    public async Task Everything_is_done_from_the_keyboard()
    {
        await using var desk = await Desk.Open();
        var page = await desk.Visit(Page);
        var keys = page.Keyboard;
        await page.Locator("#yaml").FocusAsync();

        // A word is offered, chosen and taken; Enter keeps the indentation, Tab indents.
        await keys.PressAsync("Control+End");
        await keys.PressAsync("Shift+ArrowUp");
        await keys.TypeAsync("  - send: we-mi");
        await page.Locator("#words li[aria-selected=true]").WaitForAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("vlid-for: 5d");
        Assert.EndsWith("  - send: we-miss-you\n    vlid-for: 5d", await page.Locator("#yaml").InputValueAsync());

        // F8 goes to the mistake, once what was typed last has been checked; typing mends it.
        await page.Locator("#mistakes li", new() { HasTextString = "vlid-for" }).First.WaitForAsync();
        await keys.PressAsync("Control+Home");
        await keys.PressAsync("F8");
        await keys.TypeAsync("valid-for");
        await keys.PressAsync("Escape");
        await page.Locator("#panel svg.flow").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        // Escape, then Tab leaves the text; Enter presses what has the focus.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Tab");
        Assert.Equal("Save the draft", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Examples" }).FocusAsync();
        await keys.PressAsync("Enter");
        await page.GetByText("as expected. Played with").WaitForAsync();

        await page.Locator("#yaml").FocusAsync();
        await keys.PressAsync("Control+s");
        await page.GetByText("Draft saved by").WaitForAsync();
        Assert.EndsWith("  - send: we-miss-you\n    valid-for: 5d", (await desk.Draft())!.Yaml);
        Assert.Empty(desk.Complaints);
    }

    [BrowserFact]
    public async Task Tab_indents_lines_and_takes_it_back_and_undo_undoes_it()
    {
        await using var desk = await Desk.Open();
        var page = await desk.Visit("/journeys/thank-you/edit");
        await page.Locator("#yaml").FillAsync("a:\n  b: 1\n  c: 2\n");

        await page.EvaluateAsync("document.querySelector('#yaml').setSelectionRange(4, 15)");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("a:\n    b: 1\n    c: 2\n", await page.Locator("#yaml").InputValueAsync());
        await page.Keyboard.PressAsync("Shift+Tab");
        Assert.Equal("a:\n  b: 1\n  c: 2\n", await page.Locator("#yaml").InputValueAsync());
        await page.Keyboard.PressAsync("Control+z");
        Assert.Equal("a:\n    b: 1\n    c: 2\n", await page.Locator("#yaml").InputValueAsync());
    }

    [BrowserFact]
    public async Task Nobody_stumbles_on_the_editor()
    {
        await using var desk = await Desk.Open();
        await new Drafts(desk.Shop.Store, desk.Shop.Clock).Save("win-back", desk.Text.Replace("wait: 10d", "wait: 10x", StringComparison.Ordinal) + "# " + new string('x', 300), 0, "Ann " + new string('y', 70));
        await using var walk = new BrowserWalk(desk.Shop.Address);

        var complaints = await walk.Walk(
            [Page, "/journeys/birthday-care/edit", "/journeys/birthday-care/edit?show=examples", "/journeys/complaint-escalation/edit?show=rehearsal", "/journeys/thank-you/edit", "/journeys/new", "/journeys/new?name=A&from=welcome", "/journeys"],
            Environment.GetEnvironmentVariable("CVM_PICTURES"));

        Assert.Empty(complaints);
    }

    static async Task Replace(IPage page, string what, string by)
    {
        await page.EvaluateAsync("what => { const a = document.querySelector('#yaml'), at = a.value.indexOf(what); a.focus(); a.setSelectionRange(at, at + what.length); }", what);
        await page.Keyboard.TypeAsync(by);
    }

    /// <summary>A shop and a browser, in which every error of the page is noted.</summary>
    sealed class Desk : IAsyncDisposable
    {
        public required LinkShop Shop { get; init; }
        public required IPlaywright Playwright { get; init; }
        public required IBrowser Browser { get; init; }

        public List<string> Complaints { get; } = [];

        public string Text => Shop.Loaded.Texts.Single(text => text.Journey == "win-back").Yaml;

        public static async Task<Desk> Open()
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            var (shop, playwright) = (await LinkShop.Open(), await Microsoft.Playwright.Playwright.CreateAsync());
            return new() { Shop = shop, Playwright = playwright, Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] }) };
        }

        public async Task<IPage> Visit(string path)
        {
            var page = await Browser.NewPageAsync();
            page.SetDefaultTimeout(120_000); // a busy machine is slow, not wrong
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning") Complaints.Add(message.Text);
            };
            page.PageError += (_, error) => Complaints.Add(error);
            await page.GotoAsync(new Uri(Shop.Address, path).ToString());
            await page.Locator("form.scripted").WaitForAsync();
            return page;
        }

        public int Line(string text) => Text[..Text.IndexOf(text, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;

        public Task<Draft?> Draft() => new Drafts(Shop.Store, Shop.Clock).Of("win-back");

        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
            await Shop.DisposeAsync();
        }
    }
}
