using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cvm.Engine;

/// <summary>Makes and reads links that nobody can forge or read: sealed with AES-256-GCM under a nonce that is an HMAC of the content (as in
/// SIV, RFC 5297), so that the same content gives the same link and a link tells nothing about the person.</summary>
/// <param name="key">Secret; 16 bytes or more.</param>
/// <param name="site">Where customers reach the site from outside, such as https://shop.example/.</param>
public sealed class SignedLinks(ReadOnlySpan<byte> key, Uri site)
{
    const byte Version = 1;
    const int NonceSize = 12, TagSize = 16, MostLength = 8_000;

    readonly byte[] sealing = Derived(key, "cvm links: sealing");
    readonly byte[] naming = Derived(key, "cvm links: naming");

    /// <summary>Where customers reach the site.</summary>
    public Uri Site { get; } = site;

    /// <summary>The path that leads to links of this kind, below <see cref="Site"/>; the token follows it.</summary>
    public static string PathOf(LinkKind kind) => kind switch
    {
        LinkKind.Unsubscribe => "links/u/",
        LinkKind.Preferences => "links/p/",
        LinkKind.Confirm => "links/y/",
        LinkKind.Statement => "links/s/",
        LinkKind.Referral => "links/r/",
        LinkKind.Case => "links/k/",
        LinkKind.Answer => "links/a/",
        _ => "links/c/",
    };

    public Uri Of(Link link) => new(Site, PathOf(link.Kind) + Token(link));

    /// <summary>The link as text that is safe in an address.</summary>
    public string Token(Link link)
    {
        var plain = Packed(link);
        var token = new byte[1 + NonceSize + plain.Length + TagSize];
        token[0] = Version;
        var nonce = token.AsSpan(1, NonceSize);
        HMACSHA256.HashData(naming, plain).AsSpan(0, NonceSize).CopyTo(nonce);

        using var aes = new AesGcm(sealing, TagSize);
        aes.Encrypt(nonce, plain, token.AsSpan(1 + NonceSize, plain.Length), token.AsSpan(^TagSize..), token.AsSpan(0, 1));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What the token says; null where we did not make it, or made it for something else. Whether its time is over is the caller's to ask.</summary>
    public Link? Read(string token, LinkKind kind)
    {
        if (token.Length > MostLength || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= 1 + NonceSize + TagSize || bytes[0] != Version) return null;

        var plain = new byte[bytes.Length - 1 - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(sealing, TagSize);
            aes.Decrypt(bytes.AsSpan(1, NonceSize), bytes.AsSpan(1 + NonceSize, plain.Length), bytes.AsSpan(^TagSize..), plain, bytes.AsSpan(0, 1));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Unpacked(plain) is { } link && link.Kind == kind ? link : null;
    }

    /// <summary>The customer whose referral link carries this token; null where it is none of ours.</summary>
    public string? Referrer(string token) => Read(token, LinkKind.Referral)?.Customer is { Length: > 0 } customer ? customer : null;

    static byte[] Derived(ReadOnlySpan<byte> key, string purpose)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose));
    }

    static byte[] Packed(Link link)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write((byte)link.Kind);
        writer.Write((byte)link.Channel);
        writer.Write((byte)link.Purpose);
        writer.Write7BitEncodedInt64(link.Until.ToUnixTimeSeconds());
        writer.Write(link.Customer);
        writer.Write(link.Key);
        writer.Write(link.Target ?? "");
        writer.Flush();
        return stream.ToArray();
    }

    static Link? Unpacked(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        var (kind, channel, purpose) = ((LinkKind)reader.ReadByte(), (Channel)reader.ReadByte(), (Purpose)reader.ReadByte());
        var until = DateTimeOffset.FromUnixTimeSeconds(reader.Read7BitEncodedInt64());
        var (customer, key, target) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        return Enum.IsDefined(kind) && Enum.IsDefined(channel) && Enum.IsDefined(purpose) ? new(kind, customer, key, channel, purpose, until, target == "" ? null : target) : null;
    }
}
