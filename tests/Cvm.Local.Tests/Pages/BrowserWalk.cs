using System.Globalization;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Pages;

/// <summary>Opens pages in Chromium, wide and light, then narrow and dark, and notes what a visitor would stumble over:
/// an error on the console, a failed request, a horizontal scroll bar.</summary>
public sealed class BrowserWalk(Uri site) : IAsyncDisposable
{
    public const string Chromium = "/usr/bin/chromium";

    static readonly (int Width, int Height, ColorScheme Scheme)[] Windows = [(1280, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark)];

    readonly List<string> complaints = [];
    IPlaywright? playwright;
    IBrowser? browser;

    /// <summary>Opens each path in both windows. A path ending in <c>/*</c> stands for the first link below it on the page before the star.</summary>
    /// <param name="pictures">A folder to put a picture of every page into; none where null.</param>
    /// <returns>What is wrong, one sentence each; empty where all is well.</returns>
    public async Task<IReadOnlyList<string>> Walk(IEnumerable<string> paths, string? pictures = null)
    {
        complaints.Clear();
        await Open();
        var all = paths.ToList();

        foreach (var (width, height, scheme) in Windows)
        {
            await using var window = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
            var page = await window.NewPageAsync();
            Listen(page, width);
            foreach (var path in all)
            {
                await Visit(page, path, width);
                if (pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, Name(path, width)), FullPage = true });
            }
        }

        return [.. complaints];
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    async Task Open()
    {
        if (browser is not null) return;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    void Listen(IPage page, int width)
    {
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{page.Url} at {width} px: the console says {message.Text}");
        page.PageError += (_, error) => Note(true, $"{page.Url} at {width} px: {error}");
        page.RequestFailed += (_, request) => Note(true, $"{page.Url} at {width} px: {request.Url} failed, {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{page.Url} at {width} px: {response.Url} answers {response.Status.ToString(CultureInfo.InvariantCulture)}");

        void Note(bool wrong, string complaint)
        {
            if (wrong) complaints.Add(complaint);
        }
    }

    async Task Visit(IPage page, string path, int width)
    {
        await Go(page, path.EndsWith("/*", StringComparison.Ordinal) ? path[..^2] : path);
        if (path.EndsWith("/*", StringComparison.Ordinal))
        {
            var link = page.Locator($"main a[href^='{path[..^1]}']").First;
            if (await link.CountAsync() == 0)
            {
                complaints.Add($"{page.Url}: no link below {path[..^1]}");
                return;
            }

            await Go(page, await link.GetAttributeAsync("href") ?? path);
        }

        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) complaints.Add($"{page.Url} at {width} px: {over} px too wide, {await Widest(page)}");
    }

    Task<IResponse?> Go(IPage page, string path) => page.GotoAsync(new Uri(site, path).ToString(), new() { WaitUntil = WaitUntilState.Load });

    static Task<string> Widest(IPage page) => page.EvaluateAsync<string>("""
        (() => {
            const edge = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > edge && !e.closest('.wide'));
            return wide.length === 0 ? 'by nothing in sight' : 'by ' + wide[wide.length - 1].outerHTML.slice(0, 120);
        })()
        """);

    static string Name(string path, int width)
    {
        var name = string.Concat(path.Replace("*", "first", StringComparison.Ordinal).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return $"{(name == "" ? "overview" : name)}-{width}.png";
    }
}

/// <summary>A test that needs Chromium: skipped, and saying so, where there is none; but never in CI.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        var ci = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        if (!ci && !File.Exists(BrowserWalk.Chromium)) Skip = $"There is no browser at {BrowserWalk.Chromium}: apt-get install chromium";
    }
}
