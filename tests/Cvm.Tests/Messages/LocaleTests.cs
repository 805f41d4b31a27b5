using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class LocaleTests
{
    static string Chosen(string? locale, params string[] written)
    {
        TemplateFile[] files = [.. written.Append("en").Distinct().Select(tag => Letters.Sms(tag, tag))];
        return Letters.Render(files, Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = locale } }).Text;
    }

    [Theory]
    [InlineData("zh-Hant-TW", "zh-Hant-TW")]
    [InlineData("zh-Hant-TW", "zh-Hant")]
    [InlineData("zh-Hant-TW", "zh-TW")]
    [InlineData("zh-Hant-TW", "zh")]
    [InlineData("zh-Hant-HK", "zh-HK")]
    [InlineData("zh-TW", "zh-Hant-TW")]
    [InlineData("zh-TW", "zh-Hant")]
    [InlineData("zh-HK", "zh-Hant")]
    [InlineData("zh-HK", "zh-TW")]
    [InlineData("zh-MO", "zh-Hant")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh-SG", "zh-CN")]
    [InlineData("zh-Hans", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh_cn", "zh-CN")]
    [InlineData("ZH-hans-cn", "zh-Hans")]
    [InlineData("zh-Hans-CN-u-ca-chinese", "zh-Hans-CN")]
    [InlineData("de-CH-1996", "de-CH")]
    [InlineData("de-AT", "de")]
    [InlineData("pt-BR", "pt")]
    public void A_customer_reads_the_nearest_language(string customer, string template)
    {
        Assert.Equal(template, Chosen(customer, template));
    }

    [Theory]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("zh-Hant", "zh-Hans")]
    [InlineData("zh-CN", "zh-TW")]
    [InlineData("zh", "zh-Hant")]
    [InlineData("pt", "pt-BR")]
    [InlineData("de", "fr")]
    [InlineData("x", "zh")]
    [InlineData("", "zh")]
    [InlineData("-", "zh")]
    [InlineData(null, "zh")]
    public void Nobody_reads_another_script_or_a_dialect_of_elsewhere(string? customer, string template)
    {
        Assert.Equal("en", Chosen(customer, template));
    }

    [Fact]
    public void The_nearest_of_several_wins()
    {
        Assert.Equal("zh-HK", Chosen("zh-Hant-HK", "zh-HK", "zh-TW", "zh"));
        Assert.Equal("zh-Hant", Chosen("zh-HK", "zh-Hant", "zh-TW", "zh"));
        Assert.Equal("zh-TW", Chosen("zh-HK", "zh-TW", "zh"));
        Assert.Equal("zh-CN", Chosen("zh-SG", "zh-CN", "zh"));
    }
}
