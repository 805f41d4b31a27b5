using System.Globalization;
using Microsoft.Playwright;

namespace Cvm.Local.Tests.Pages;

/// <summary>Opens pages in Chromium, wide, light and English, then narrow, dark and Chinese, and notes what a visitor would stumble over:
/// an error on the console, a failed request, a horizontal scroll bar; and, where asked for, what a screen reader would.</summary>
public sealed class BrowserWalk(Uri site) : IAsyncDisposable
{
    public const string Chromium = "/usr/bin/chromium";

    static readonly (int Width, int Height, ColorScheme Scheme, string Lang)[] Windows = [(1280, 900, ColorScheme.Light, "en"), (390, 844, ColorScheme.Dark, "zh-CN")];

    /// <summary>Whether pages are also asked what a screen reader needs: one first heading and the others in order, a name for everything that can be
    /// pressed, filled in or looked at, ids that are there once.</summary>
    public bool ReadsAloud { get; init; }

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

        foreach (var (width, height, scheme, lang) in Windows)
        {
            await using var window = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = ReadsAloud ? lang : null });
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
        if (ReadsAloud) complaints.AddRange((await page.EvaluateAsync<string[]>(Unread)).Select(fault => $"{page.Url} at {width} px: {fault}"));
    }

    Task<IResponse?> Go(IPage page, string path) => page.GotoAsync(new Uri(site, path).ToString(), new() { WaitUntil = WaitUntilState.Load });

    static Task<string> Widest(IPage page) => page.EvaluateAsync<string>("""
        (() => {
            const edge = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > edge && !e.closest('.wide'));
            return wide.length === 0 ? 'by nothing in sight' : 'by ' + wide[wide.length - 1].outerHTML.slice(0, 120);
        })()
        """);

    const string Unread = """
        (() => {
            const faults = [];
            const said = element => (element.getAttribute('aria-label') || (element.getAttribute('aria-labelledby') || '').split(/\s+/)
                .map(id => document.getElementById(id)?.textContent || '').join(' ')).trim();
            const short = element => element.outerHTML.slice(0, 90);
            const all = selector => [...document.querySelectorAll(selector)];
            if (all('h1').length !== 1) faults.push(all('h1').length + ' first headings');
            let last = 0;
            for (const heading of all('h1,h2,h3,h4,h5,h6')) {
                const level = Number(heading.tagName[1]);
                if (level > last + 1) faults.push('a heading of level ' + level + ' after ' + last + ': ' + heading.textContent.trim());
                last = level;
            }
            for (const field of all('input:not([type=hidden]),select,textarea')) if (!field.labels.length && !said(field)) faults.push('no label: ' + short(field));
            for (const pressed of all('button,a[href],summary')) if (!pressed.textContent.trim() && !said(pressed)) faults.push('no name: ' + short(pressed));
            for (const picture of all('img')) if (!picture.hasAttribute('alt')) faults.push('no alt: ' + short(picture));
            for (const frame of all('iframe')) if (!frame.title) faults.push('no title: ' + short(frame));
            for (const drawing of all('svg')) {
                if (drawing.parentElement.closest('svg') || drawing.closest('[aria-hidden=true]')) continue;
                if (drawing.getAttribute('role') !== 'img' || !said(drawing)) faults.push('no name: ' + short(drawing));
            }
            const ids = all('[id]').map(element => element.id);
            for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push('twice: #' + id);
            if (!document.documentElement.lang) faults.push('no language');
            return faults;
        })()
        """;

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
