using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class FigureTests
{
    static string Written(string template, string locale, string currency, decimal spent, Channel channel = Channel.Email)
    {
        var policies = Letters.Policies with { Currency = currency, Locale = locale };
        var file = channel == Channel.Email ? Letters.Mail(template, locale: locale) : Letters.Sms(template, locale);
        var (templates, problems) = MessageTemplates.Load([file], policies);
        Assert.Empty(problems);
        var customer = Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = locale }, Purchases = Letters.Ann.Purchases with { Spent = spent } };
        var message = templates.Render(Letters.Playbook with { Policies = policies }, customer, Letters.Entry("note", channel)).Message!;
        return channel == Channel.Email ? message.Body() : message.Text;
    }

    static string Plural(string template, string locale, decimal figure)
    {
        var data = ImmutableSortedDictionary<string, string>.Empty.Add("figure", figure.ToString(CultureInfo.InvariantCulture));
        TemplateFile[] files = locale == "en" ? [Letters.Sms(template)] : [Letters.Sms(template, locale), Letters.Sms("x")];
        return Letters.Render(files,
            Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = locale } }, data).Text;
    }

    [Theory]
    [InlineData("en-GB", "GBP", "£1,234.50", "14 March 2025")]
    [InlineData("en-US", "USD", "$1,234.50", "March 14, 2025")]
    [InlineData("de-DE", "EUR", "1.234,50 €", "14. März 2025")]
    [InlineData("fr-FR", "EUR", "1 234,50 €", "14 mars 2025")]
    [InlineData("zh-CN", "CNY", "¥1,234.50", "2025年3月14日")]
    [InlineData("ja-JP", "JPY", "¥1,235", "2025年3月14日")]
    [InlineData("en-US", "JPY", "¥1,235", "March 14, 2025")]
    [InlineData("en-US", "CNY", "CN¥1,234.50", "March 14, 2025")]
    [InlineData("zh-CN", "JPY", "JP¥1,235", "2025年3月14日")]
    [InlineData("pl-PL", "PLN", "1 234,50 PLN", "14 marca 2025")]
    [InlineData("es-ES", "EUR", "1.234,50 €", "14 de marzo de 2025")]
    [InlineData("en-US", "KWD", "KWD 1,234.500", "March 14, 2025")]
    public void Money_and_dates_are_written_as_at_home(string locale, string currency, string money, string day)
    {
        var written = Written("{{spent}} | {{or joined \"\"}}", locale, currency, 1_234.5m);

        Assert.Equal($"{money} | {day}", written.Replace('\u00A0', ' ').Replace('\u202F', ' '));
    }

    [Theory]
    [InlineData("en-US", "USD", "-$1,234.50")]
    [InlineData("en-GB", "GBP", "-£1,234.50")]
    [InlineData("de-DE", "EUR", "-1.234,50 €")]
    [InlineData("fr-FR", "EUR", "-1 234,50 €")]
    [InlineData("ja-JP", "JPY", "-¥1,235")]
    [InlineData("zh-CN", "CNY", "-¥1,234.50")]
    [InlineData("sv-SE", "SEK", "-1 234,50 SEK")]
    [InlineData("de-CH", "CHF", "CHF -1'234.50")]
    public void Less_than_nothing_has_a_sign_that_every_phone_knows(string locale, string currency, string expected)
    {
        var written = Written("{{spent}}", locale, currency, -1_234.5m, Channel.Sms);

        Assert.Equal(expected, written);
    }

    [Theory]
    [InlineData("fr-FR", "EUR")]
    [InlineData("de-CH", "CHF")]
    [InlineData("nb-NO", "NOK")]
    [InlineData("sv-SE", "SEK")]
    public void Figures_alone_never_cost_an_sms_its_alphabet(string locale, string currency)
    {
        Assert.Equal(SmsAlphabet.Gsm7, SmsLength.Of(Written("{{spent}} {{number points}}", locale, currency, -9_876_543.21m, Channel.Sms)).Alphabet);
    }

    [Theory]
    [InlineData("en", "0 other, 1 one, 2 other, 5 other, 21 other, 1.5 other")]
    [InlineData("zh-CN", "0 other, 1 other, 2 other")]
    [InlineData("fr", "0 one, 1 one, 1.5 one, 2 other, 1000000 many")]
    [InlineData("es", "0 other, 1 one, 2 other, 1000000 many")]
    [InlineData("ru", "0 many, 1 one, 2 few, 4 few, 5 many, 11 many, 12 many, 14 many, 21 one, 22 few, 25 many, 111 many, 112 many, 121 one, 1.5 other")]
    [InlineData("uk", "1 one, 3 few, 13 many, 101 one")]
    [InlineData("pl", "0 many, 1 one, 2 few, 4 few, 5 many, 12 many, 21 many, 22 few, 25 many, 101 many, 112 many, 122 few, 1.5 other")]
    [InlineData("cs", "0 other, 1 one, 2 few, 4 few, 5 other, 22 other, 1.5 many")]
    [InlineData("sl", "1 one, 2 two, 3 few, 4 few, 5 other, 101 one, 102 two, 1.5 few")]
    [InlineData("lt", "1 one, 2 few, 9 few, 10 other, 11 other, 19 other, 20 other, 21 one, 22 few, 111 other, 1.5 many")]
    [InlineData("ro", "0 few, 1 one, 2 few, 19 few, 20 other, 100 other, 101 few, 119 few, 1.5 few")]
    [InlineData("ar", "0 zero, 1 one, 2 two, 3 few, 10 few, 11 many, 99 many, 100 other, 102 other, 103 few, 111 many, 1.5 other")]
    [InlineData("he", "0 other, 1 one, 2 two, 3 other, 20 other, 0.5 one, 1.5 other")]
    [InlineData("da", "0 other, 1 one, 1.5 one, 2 other, 0.5 one")]
    public void Each_number_takes_the_form_that_cldr_gives_it(string locale, string expected)
    {
        const string all = "{{plural figure zero=\"zero\" one=\"one\" two=\"two\" few=\"few\" many=\"many\" other=\"other\"}}";
        var wrong = expected.Split(", ").Select(pair => pair.Split(' ')).Where(pair => Written(pair[0]) != pair[1]).Select(pair => $"{pair[0]} gives {Written(pair[0])}, not {pair[1]}");

        Assert.Empty(wrong);

        string Written(string number) => Plural(all.Replace("figure", "(or figure 0)", StringComparison.Ordinal), locale, decimal.Parse(number, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("en", 1, "point")]
    [InlineData("en", 2, "points")]
    [InlineData("fr", 1.5, "point")]
    [InlineData("fr", 2, "points")]
    [InlineData("zh-CN", 1, "point")]
    public void Two_words_are_the_one_for_one_and_the_one_for_the_rest(string locale, double figure, string expected)
    {
        Assert.Equal(expected, Plural("{{plural (or figure 0) \"point\" \"points\"}}", locale, (decimal)figure));
    }

    [Fact]
    public void A_form_that_is_not_given_is_the_other()
    {
        Assert.Equal("points", Plural("{{plural (or figure 0) one=\"point\" other=\"points\"}}", "fr", 1_000_000));
    }

    [Theory]
    [InlineData("pl", "{{plural points \"punkt\" \"punkty\"}}", "Two words are too few in pl. Write {{plural points one=\"...\" few=\"...\" many=\"...\" other=\"...\"}}.")]
    [InlineData("pl", "{{plural points one=\"punkt\" few=\"punkty\" other=\"punktu\"}}", "'plural' lacks many in pl. Write {{plural points one=\"...\" few=\"...\" many=\"...\" other=\"...\"}}.")]
    [InlineData("en", "{{plural points one=\"point\"}}", "'plural' lacks other in en. Write {{plural points one=\"...\" other=\"...\"}}.")]
    [InlineData("en", "{{plural points one=\"point\" othr=\"x\" other=\"points\"}}", "'othr' is no form of a word. Did you mean 'other'?")]
    [InlineData("en", "{{plural points \"a\" one=\"point\" other=\"points\"}}", "'plural' takes a number and its forms, or a number and two words. Write {{plural points one=\"...\" other=\"...\"}}.")]
    [InlineData("en", "{{plural \"x\" one=\"point\" other=\"points\"}}", "'plural' takes a value, not a text. Write {{plural points one=\"...\" other=\"...\"}}.")]
    public void A_language_gets_the_forms_it_needs(string locale, string template, string expected)
    {
        Assert.EndsWith(expected, Assert.Single(Letters.Problems(locale == "en" ? [Letters.Sms(template)] : [Letters.Sms(template, locale), Letters.Sms("x")])), StringComparison.Ordinal);
    }
}
