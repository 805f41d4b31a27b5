using System.Net;
using System.Text.Json.Nodes;
using Cvm.Web;

namespace Cvm.Local.Tests.Links;

public sealed class OddIdTests
{
    [Theory]
    [InlineData("shop/17")]
    [InlineData(@"shop\17")]
    [InlineData("100% Bob & co?#")]
    [InlineData("ü/中")]
    public async Task Whatever_letters_an_id_has_its_pages_open(string id)
    {
        await using var shop = await LinkShop.Open();
        await shop.Tell(id, "odd@example.com", null, "en");

        foreach (var page in new[] { "", "/merge?into=ann" })
        {
            var (status, text, _) = await shop.Get(Words.CustomerAddress(id) + page);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(id, WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        }

        Assert.Equal(id, (string?)JsonNode.Parse((await shop.Get("/api" + Words.CustomerAddress(id))).Text)!["customer"]);
    }
}
