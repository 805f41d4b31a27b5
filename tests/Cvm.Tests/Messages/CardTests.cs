using System.Net;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class CardTests
{
    static Outgoing Mail(string body, Dossier? dossier = null) => Letters.Render([Letters.Mail(body)], dossier ?? Letters.Ann, Letters.FullData);

    [Fact]
    public void A_product_on_a_line_of_its_own_is_a_card()
    {
        var message = Mail("See:\n\n{{product \"earl-grey\"}}\n\nBye");

        Assert.Contains("class=\"product\"", message.Html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"https://shop.example/img/earl-grey.jpg?w=96&amp;h=96\" alt=\"\" width=\"96\"", message.Html, StringComparison.Ordinal);
        Assert.Equal("See:\n\nEarl Grey, 100 g, €9.80\nhttps://shop.example/tea/earl-grey\n\nBye", message.Body());
    }

    [Fact]
    public void A_product_in_a_sentence_is_a_link_and_two_in_a_row_are_two_cards()
    {
        Assert.Equal("Try Earl Grey, 100 g (https://shop.example/tea/earl-grey) now", Mail("Try {{product \"earl-grey\"}} now").Body());
        Assert.Equal(2, Mail("{{product \"earl-grey\"}}\n{{product \"A.b_C-1\"}}").Html!.Split("class=\"product\"").Length - 1);
    }

    [Fact]
    public void A_title_is_words_and_nothing_else()
    {
        var message = Mail("# New: {{product \"A.b_C-1\"}}\n\n{{product \"A.b_C-1\"}}\n\n- **{{product \"A.b_C-1\"}}**");

        Assert.DoesNotContain("<b>", message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http://evil", message.Html, StringComparison.Ordinal);
        Assert.Contains($">{WebUtility.HtmlEncode("<b>*Tea* & [x](http://evil)</b> \"quoted\"")}</a><br>", message.Html, StringComparison.Ordinal);
        Assert.Contains("<b>*Tea* & [x](http://evil)</b> \"quoted\", €1,234.00\nhttps://shop.example/a?b=c&d=e", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_speaks_the_readers_language()
    {
        var message = Letters.Render([Letters.Mail("{{product \"earl-grey\"}}", locale: "zh-CN"), Letters.Mail("x")], Letters.Wei);

        Assert.Equal("伯爵茶 100 克, €9.80\nhttps://shop.example/tea/earl-grey", message.Body());
        Assert.Equal("Now: Earl Grey, 100 g, €9.80!", Letters.Render([Letters.Sms("Now: {{product \"earl-grey\"}}!")], Letters.Ann).Text);
    }

    [Fact]
    public void A_coupon_is_a_card_with_its_worth_and_its_last_day()
    {
        var message = Mail("{{#if coupon}}\nHere:\n\n{{coupon}}\n\nUse {{coupon}} soon.\n{{/if}}");

        Assert.Equal("Here:\n\nBDAY-7KQ2M4XR\n10% off. Valid until April 3, 2027\n\nUse BDAY-7KQ2M4XR soon.", message.Body());
        Assert.Contains(">10% off</div>BDAY-7KQ2M4XR<div", message.Html, StringComparison.Ordinal);
        Assert.Equal("BDAY-7KQ2M4XR: 10% off. Valid until April 3, 2027", Letters.Render([Letters.Sms("{{#if coupon}}{{coupon}}{{/if}}")], Letters.Ann, Letters.FullData).Text);
        Assert.Equal("none", Letters.Render([Letters.Mail("{{#if coupon}}{{coupon}}{{else}}none{{/if}}")], Letters.Ann).Body());
    }

    [Theory]
    [InlineData("{{product \"earl-gray\"}}", "(4,11): There is no product 'earl-gray'. Did you mean 'earl-grey'?")]
    [InlineData("{{product \"zzz\"}}", "(4,11): There is no product 'zzz'. Known: A.b_C-1, earl-grey.")]
    [InlineData("{{product}}", "(4,3): 'product' is given nothing. Write {{product \"earl-grey\"}}.")]
    [InlineData("{{product customer}}", "(4,3): 'product' cannot be written like this. Write {{product \"earl-grey\"}}.")]
    [InlineData("{{or (product \"earl-grey\") \"x\"}}", "(4,7): 'product' stands in braces of its own. Write {{product \"earl-grey\"}}.")]
    public void A_product_that_is_not_there_is_a_mistake(string body, string expected)
    {
        Assert.Equal(["messages/note.en.md" + expected], Letters.Problems(Letters.Mail(body)));
    }

    [Fact]
    public void A_subject_holds_no_card()
    {
        Assert.Equal(
            [
                "messages/note.en.md(2,12): A product stands in the body of a message only. Write out here what it is called.",
                "messages/note.en.md(2,50): 'coupon' is a group of values. Write one of them, such as {{coupon.code}}.",
            ],
            Letters.Problems(Letters.Mail("x", "{{product \"earl-grey\"}} {{#if coupon}}{{coupon}}{{/if}}")));
    }

    [Fact]
    public void Cards_look_as_they_did()
    {
        const string body = "# News\n\n{{#if coupon}}\n{{coupon}}\n{{/if}}\n\n{{product \"earl-grey\"}}\n\n> {{product \"A.b_C-1\"}}\n\n- Or {{product \"earl-grey\"}}.";
        TemplateFile[] files = [Letters.Mail(body), Letters.Mail(body, locale: "zh-CN")];

        foreach (var (customer, who) in new[] { (Letters.Ann, "en"), (Letters.Wei, "zh-CN") })
        {
            var message = Letters.Render(files, customer, Letters.FullData);
            ShippedMessageTests.Golden($"cards.{who}.html", message.Html!);
            ShippedMessageTests.Golden($"cards.{who}.txt", $"Subject: {message.Subject}\n\n{message.Text}");
        }
    }
}
