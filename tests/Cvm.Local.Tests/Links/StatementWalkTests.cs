using Cvm.Engine;
using Cvm.Local.Tests.Pages;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Links;

/// <summary>The statement in a browser that runs no scripts.</summary>
public sealed class StatementWalkTests
{
    [BrowserFact]
    public async Task Nobody_stumbles_over_a_statement_wide_or_narrow_in_either_language()
    {
        await using var shop = await StatementShop.Open();
        await using var chinese = await StatementShop.Open("zh-CN");
        await StatementShop.Fill(shop);
        await StatementShop.Fill(chinese);
        await using var walk = new BrowserWalk(shop.Address);
        await using var again = new BrowserWalk(chinese.Address);
        var pictures = Environment.GetEnvironmentVariable("CVM_PICTURES");

        var complaints = await walk.Walk([shop.Path(LinkKind.Statement), shop.Path(LinkKind.Statement) + "?before=4", shop.Path(LinkKind.Preferences), "/customers/ann", "/loyalty"], In(pictures, "en"));
        var more = await again.Walk([chinese.Path(LinkKind.Statement)], In(pictures, "zh"));

        Assert.Empty(complaints);
        Assert.Empty(more);
    }

    [BrowserFact]
    public async Task On_a_phone_the_way_leads_from_preferences_to_the_statement_and_back_and_numbers_stand_in_line()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var phone = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, JavaScriptEnabled = false, HasTouch = true, IsMobile = true });
        var page = await phone.NewPageAsync();
        await page.GotoAsync(new Uri(shop.Address, shop.Path(LinkKind.Preferences)).ToString());

        await page.GetByRole(AriaRole.Link, new() { Name = "Your points" }).ClickAsync();
        var numbers = page.Locator(".movements td.number");
        var edges = new List<double>();
        for (var i = 0; i < await numbers.CountAsync(); i++) edges.Add((await numbers.Nth(i).BoundingBoxAsync())!.X + (await numbers.Nth(i).BoundingBoxAsync())!.Width);
        await page.GetByRole(AriaRole.Link, new() { Name = "Change what you get" }).ClickAsync();

        Assert.InRange(edges.Count, 5, 10);
        Assert.InRange(edges.Max(), 1, 360);
        Assert.Equal(edges.Min(), edges.Max(), 0.5);
        Assert.Contains("/links/p/", page.Url);
    }

    static string? In(string? folder, string name) => folder is null ? null : Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
