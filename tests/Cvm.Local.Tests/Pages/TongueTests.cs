namespace Cvm.Local.Tests.Pages;

/// <summary>Pages speak the reader's language: as the address says, else as chosen before, else as the browser asks.</summary>
public sealed class TongueTests(SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData("/customers", null, null, "en")]
    [InlineData("/customers", "de-DE, zh-Hans-CN;q=0.9, en;q=0.8", null, "zh-CN")]
    [InlineData("/customers", "zh;q=0, en", null, "en")]
    [InlineData("/customers", "rubbish;;q=,", null, "en")]
    [InlineData("/customers", "en", "lang=zh-CN", "zh-CN")]
    [InlineData("/customers", "zh", "lang=<b>", "zh-CN")]
    [InlineData("/customers?lang=zh-CN", "en", "lang=en", "zh-CN")]
    [InlineData("/customers?lang=klingon", "en", null, "en")]
    public async Task The_reader_is_understood(string path, string? asks, string? remembered, string expected)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (asks is not null) request.Headers.TryAddWithoutValidation("Accept-Language", asks);
        if (remembered is not null) request.Headers.TryAddWithoutValidation("Cookie", remembered);

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains($"<html lang=\"{expected}\">", text);
        Assert.Contains(expected == "en" ? ">Journeys</a>" : ">&#x65C5;&#x7A0B;</a>", text);
        Assert.Equal(path.EndsWith("lang=zh-CN", StringComparison.Ordinal), answer.Headers.TryGetValues("Set-Cookie", out _));
    }
}
