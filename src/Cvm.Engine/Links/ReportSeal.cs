using System.Security.Cryptography;

namespace Cvm.Engine;

/// <summary>What travels with a message to its provider and comes back in its reports: whose it is and which, sealed as links are. Nobody reads a
/// customer in a provider's archive, and nobody can report of a message who was not given it.</summary>
public sealed class ReportSeal(ImmutableArray<byte> key)
{
    /// <summary>The name it travels under, as a custom argument or in a query.</summary>
    public const string Name = "cvm";

    static readonly Uri Nowhere = new("https://localhost/");

    readonly SignedLinks links = new(HMACSHA256.HashData(key.AsSpan(), "cvm reports"u8), Nowhere);

    /// <summary>The seal of this message: the same however often it is handed over.</summary>
    public string Of(Outgoing message) => Of(message.Customer, message.Key);

    public string Of(string customer, string key) => links.Token(new(LinkKind.Report, customer, key, default, default, DateTimeOffset.UnixEpoch));

    /// <summary>The customer and the outbox key; null where we did not make it, and for a message that was sent as a test, which is nobody's.</summary>
    public (string Customer, string Key)? Read(string seal) => links.Read(seal, LinkKind.Report) is { Customer.Length: > 0 } link ? (link.Customer, link.Key) : null;
}
