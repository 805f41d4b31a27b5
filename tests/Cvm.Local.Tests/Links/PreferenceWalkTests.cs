using Cvm.Engine;
using Cvm.Local.Tests.Pages;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Links;

/// <summary>A person with a phone, and a browser that runs no scripts.</summary>
public sealed class PreferenceWalkTests
{
    [BrowserFact]
    public async Task On_a_phone_without_scripts_everything_can_be_chosen_saved_taken_along_and_erased()
    {
        await using var shop = await LinkShop.Open();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var phone = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, JavaScriptEnabled = false, HasTouch = true, IsMobile = true });
        var page = await phone.NewPageAsync();
        await page.GotoAsync(new Uri(shop.Address, shop.Path(LinkKind.Preferences)).ToString());

        await page.GetByLabel("News and offers by e-mail").UncheckAsync();
        await page.GetByLabel("News and offers by SMS").CheckAsync();
        await page.GetByLabel("Time zone").SelectOptionAsync("Asia/Shanghai");
        await page.GetByLabel("Language").SelectOptionAsync("zh-CN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        var dossier = await shop.Dossier();
        Assert.Equal([(Channel.Email, false), (Channel.Sms, true)], dossier.Consents.Select(consent => (consent.Channel, consent.Given)));
        Assert.Equal(("Asia/Shanghai", "zh-CN"), (dossier.Profile.Zone, dossier.Profile.Locale));
        Assert.True(await page.GetByRole(AriaRole.Status).IsVisibleAsync());
        Assert.Contains("saved=yes", page.Url);
        var box = await page.Locator("main").BoundingBoxAsync();
        Assert.InRange(box!.Width, 1, 360);

        await page.GetByRole(AriaRole.Button, new() { Name = "暂停 30 天" }).ClickAsync();
        Assert.Single((await shop.Dossier()).Holds);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "下载我的数据" }).ClickAsync());
        Assert.Contains("ann@example.com", await File.ReadAllTextAsync((await download.PathAsync())!));

        await page.GetByRole(AriaRole.Link, new() { Name = "删除我的数据" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "是，删除我的数据" }).ClickAsync();
        Assert.Contains("您的数据已删除", await page.ContentAsync());
        Assert.Equal(0, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [BrowserFact]
    public async Task The_keyboard_is_enough_to_unsubscribe_and_come_back()
    {
        await using var shop = await LinkShop.Open();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserWalk.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var window = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(shop.Address, shop.Path(LinkKind.Unsubscribe)).ToString());

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("You are unsubscribed").WaitForAsync();
        var after = (await shop.Dossier()).Consents.Single().Given;
        shop.Pass(TimeSpan.FromMinutes(1));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Welcome back").WaitForAsync();

        Assert.False(after);
        Assert.True((await shop.Dossier()).Consents.Single().Given);
    }

    [BrowserFact]
    public async Task Nobody_stumbles_over_these_pages_wide_or_narrow()
    {
        await using var shop = await LinkShop.Open();
        await using var chinese = await LinkShop.Open(locale: "zh-CN");
        await using var walk = new BrowserWalk(shop.Address);
        await using var walkAgain = new BrowserWalk(chinese.Address);
        var p = shop.Path(LinkKind.Preferences);

        var complaints = await walk.Walk([p, p + "/forget", shop.Path(LinkKind.Unsubscribe), shop.Path(LinkKind.Confirm), "/pause", "/resume", "/outbox"]);
        var more = await walkAgain.Walk([p, p + "/forget", shop.Path(LinkKind.Unsubscribe)]);

        Assert.Empty(complaints);
        Assert.Empty(more);
    }
}
