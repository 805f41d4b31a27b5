using Cvm.Engine;
using Cvm.Local.Tests.Pages;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Links;

/// <summary>A person with a phone, a browser that runs no scripts, and a mail with five buttons.</summary>
public sealed class AnswerWalkTests
{
    static string Path(LinkShop shop, int score) =>
        shop.Path(shop.Link(LinkKind.Answer, Purpose.Service, target: AnswerLink.Of("after-order", score)) with { Key = AnswerTests.Key });

    [BrowserFact]
    public async Task One_tap_is_an_answer_and_two_more_say_why()
    {
        await using var shop = await AnswerTests.Asked();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var phone = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, JavaScriptEnabled = false, HasTouch = true, IsMobile = true });
        var page = await phone.NewPageAsync();

        await page.GotoAsync(new Uri(shop.Address, Path(shop, 2)).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var before = (await shop.Dossier()).Satisfaction.Answers;
        shop.Pass(TimeSpan.FromSeconds(10));
        await shop.Engine.Wake(LinkShop.Ann, default);

        Assert.Empty(before);
        Assert.Equal(2, (await shop.Dossier()).Satisfaction.Answers.Single().Score);

        await page.GetByText("Delivery").ClickAsync();
        await page.GetByLabel("In your own words").FillAsync("Nine days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" }).WaitForAsync();

        Assert.Equal((2, "Nine days", "delivery"), (await shop.Dossier()).Satisfaction.Answers.Single() is var given ? (given.Score, given.Comment, given.Reasons.Single()) : default);
        var box = await page.Locator("main").BoundingBoxAsync();
        Assert.InRange(box!.Width, 1, 360);

        await page.GetByRole(AriaRole.Link, new() { Name = "Change my answer" }).ClickAsync();
        await page.Locator("label[for=score-5]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" }).WaitForAsync();
        shop.Pass(TimeSpan.FromMinutes(1));
        await shop.Engine.Wake(LinkShop.Ann, default);

        Assert.Equal((5, 0), await shop.Dossier() is var dossier ? (dossier.Satisfaction.Answers.Single().Score, dossier.Satisfaction.Unhappy) : default);
    }

    [BrowserFact]
    public async Task Nobody_stumbles_over_the_page_wide_or_narrow_in_any_language_or_scale()
    {
        await using var shop = await AnswerTests.Asked();
        await using var chinese = await AnswerTests.Asked("zh-CN");
        await using var walk = new BrowserWalk(shop.Address);
        await using var walkAgain = new BrowserWalk(chinese.Address);
        var nps = shop.Path(shop.Link(LinkKind.Answer, Purpose.Service, target: AnswerLink.Of("recommend", 10)));

        Assert.Empty(await walk.Walk([Path(shop, 2), nps, "/satisfaction"]));
        Assert.Empty(await walkAgain.Walk([Path(chinese, 5)]));
    }
}
