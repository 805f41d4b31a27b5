using Cvm.Engine;
using Cvm.Local.Tests.Links;
using Cvm.Local.Tests.Pages;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Cases;

/// <summary>A case worked in a real browser, from the board to the follow-up.</summary>
public sealed class CaseBrowserTests
{
    [BrowserFact]
    public async Task A_case_is_answered_from_a_ready_answer_and_resolved_and_the_follow_up_goes_out()
    {
        await using var shop = await CaseShop.Open();
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync();

        await page.GotoAsync(new Uri(shop.Address, "/cases").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "The kettle leaks" }).ClickAsync();
        await page.GetByLabel("You work as").FillAsync("Maria");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this name" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "new one" }).ClickAsync();
        Assert.StartsWith("We are sorry, Ann Lee.", await page.GetByLabel("Your words").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        Assert.Contains("Your answer is on its way", await page.GetByRole(AriaRole.Status).InnerTextAsync());
        await page.GetByLabel("How").SelectOptionAsync("replaced");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve, and ask the customer" }).ClickAsync();
        Assert.Contains("Resolved.", await page.GetByRole(AriaRole.Status).InnerTextAsync());

        var theCase = await shop.Case();
        Assert.Equal((false, "replaced"), (theCase.Open, theCase.Outcome));
        Assert.All(theCase.History, entry => Assert.Equal("Maria", entry.By));

        // Four hours later, at ten in the customer's morning, the journey asks.
        foreach (var hours in new[] { 5, 16 })
        {
            shop.Pass(TimeSpan.FromHours(hours));
            var stored = await shop.Store.Load(LinkShop.Ann, "", default);
            var turn = Kernel.Take(shop.Loaded.Playbook, stored.Dossier, new Signal.Woke(shop.Clock.GetUtcNow()), shop.Clock.GetUtcNow());
            await shop.Store.Commit([new(stored.Dossier, stored.Revision, turn.Dossier, "", turn.Lines)], default);
        }

        Assert.Contains((await shop.Dossier()).Outbox, entry => entry.Subject == "how-did-we-do");
    }

    [BrowserFact]
    public async Task Nobody_stumbles_on_the_pages_of_a_case()
    {
        await using var shop = await CaseShop.Open(complaint: "The kettle leaks, and I have written about it three times already, to " + new string('x', 120));
        await shop.Work(CaseWork.Ask, "Which one do you have?\n\n" + new string('y', 300));
        await shop.Work(CaseWork.CustomerReplied, "The blue one.");
        await shop.Post("/issues", ("id", "leaky-kettles"), ("title", "Kettles leak"), ("owner", "nora"), ("by", "nora"));
        await shop.Work(CaseWork.LinkIssue, to: "leaky-kettles");
        await using var walk = new BrowserWalk(shop.Address);

        var complaints = await walk.Walk(["/cases", CaseShop.Page, CaseShop.Page + "?answer=new-one&by=Maria", "/issues", "/issues/leaky-kettles", "/customers/ann", shop.LinkTo(CaseShop.Id)], Environment.GetEnvironmentVariable("CVM_PICTURES"));

        Assert.Empty(complaints);
    }
}
