using System.Buffers.Text;
using System.Text;
using Cvm.Engine;

namespace Cvm.Tests;

public sealed class SignedLinksTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly SignedLinks Links = new("a key that nobody can guess"u8, new("https://shop.example/"));
    static readonly Link Preferences = new(LinkKind.Preferences, "customer-4711", "win-back:customer-4711:1/send/1", Channel.Sms, Purpose.Service, Noon);

    [Fact]
    public void A_link_comes_back_as_it_was_made()
    {
        foreach (var kind in Enum.GetValues<LinkKind>())
            foreach (var target in new[] { null, "https://shop.example/a?b=c&d=王#e" })
            {
                var link = Preferences with { Kind = kind, Target = target };

                Assert.Equal(link, Links.Read(Links.Token(link), kind));
            }
    }

    [Fact]
    public void The_same_link_is_the_same_text_and_any_other_is_another()
    {
        var again = new SignedLinks("a key that nobody can guess"u8, new("https://shop.example/"));
        Link[] others =
        [
            Preferences with { Kind = LinkKind.Unsubscribe }, Preferences with { Customer = "customer-4712" }, Preferences with { Key = "x" }, Preferences with { Channel = Channel.Email },
            Preferences with { Purpose = Purpose.Promotional }, Preferences with { Until = Noon.AddSeconds(1) }, Preferences with { Target = "https://x.example/" },
        ];

        Assert.Equal(Links.Token(Preferences), again.Token(Preferences));
        Assert.Equal(others.Length + 1, others.Append(Preferences).Select(Links.Token).Distinct().Count());
    }

    [Fact]
    public void No_byte_of_it_can_be_changed_dropped_or_added()
    {
        var token = Base64Url.DecodeFromChars(Links.Token(Preferences));

        for (var at = 0; at < token.Length; at++)
            foreach (var flip in new byte[] { 1, 0x80, 0xFF })
            {
                var changed = token.ToArray();
                changed[at] ^= flip;
                Assert.Null(Links.Read(Base64Url.EncodeToString(changed), LinkKind.Preferences));
            }

        for (var length = 0; length < token.Length; length++) Assert.Null(Links.Read(Base64Url.EncodeToString(token.AsSpan(0, length)), LinkKind.Preferences));
        Assert.Null(Links.Read(Base64Url.EncodeToString([.. token, 0]), LinkKind.Preferences));
    }

    [Fact]
    public void It_tells_nothing_of_the_person()
    {
        var token = Links.Token(Preferences);
        var bytes = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(token));

        Assert.All(["customer", "4711", "win-back", "send"], plain =>
        {
            Assert.DoesNotContain(plain, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(plain, token, StringComparison.Ordinal);
            Assert.DoesNotContain(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain)), token, StringComparison.Ordinal);
        });
        Assert.Equal(token.Length, Links.Token(Preferences with { Customer = "customer-0815", Key = "win-back:customer-0815:1/send/1" }).Length);
    }

    // As in SIV (RFC 5297): only the very same content shares a nonce, and so nothing is learned from two links but that they differ.
    [Fact]
    public void Two_links_share_no_nonce_and_nothing_behind_it()
    {
        var tokens = Enumerable.Range(0, 500).Select(i => Base64Url.DecodeFromChars(Links.Token(Preferences with { Customer = $"customer-{i:D4}" }))).ToList();

        Assert.Equal(500, tokens.Select(token => Convert.ToHexString(token.AsSpan(1, 12))).Distinct().Count());
        Assert.All(tokens.Zip(tokens.Skip(1)), pair =>
            Assert.InRange(pair.First.Skip(13).Zip(pair.Second.Skip(13)).Count(bytes => bytes.First == bytes.Second), 0, 12));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("=")]
    [InlineData("AAAA AAAA")]
    [InlineData("王")]
    [InlineData("../../etc/passwd")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_none_of_ours_is_null(string text)
    {
        Assert.Null(Links.Read(text, LinkKind.Preferences));
        Assert.Null(Links.Read(new string('A', 100_000), LinkKind.Preferences));
    }

    [Fact]
    public void Another_key_or_kind_opens_nothing()
    {
        var other = new SignedLinks("a key that nobody can guest"u8, new("https://shop.example/"));

        Assert.Null(other.Read(Links.Token(Preferences), LinkKind.Preferences));
        Assert.Null(Links.Read(Links.Token(Preferences), LinkKind.Unsubscribe));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignedLinks("short"u8, new("https://shop.example/")));
    }

    [Fact]
    public void The_address_leads_to_the_site_and_holds_no_character_that_mail_programs_break()
    {
        var address = Links.Of(Preferences).AbsoluteUri;

        Assert.Matches("^https://shop\\.example/links/p/[A-Za-z0-9_-]+$", address);
    }
}
