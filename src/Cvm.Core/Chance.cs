using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cvm;

/// <summary>Chance as a hash of names: the same names give the same number, on every machine and for good.</summary>
public static class Chance
{
    /// <summary>A number in [0, 1), uniform over names; SHA-256 of the names joined by a separator that no name holds.</summary>
    public static double Of(params ReadOnlySpan<string> names)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(names, hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A code of <paramref name="letters"/> letters and digits without look-alikes, keyed: nobody without the key can guess it.</summary>
    public static string Code(ReadOnlySpan<byte> key, string name, int letters)
    {
        const string alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        ArgumentOutOfRangeException.ThrowIfGreaterThan(letters, 32);

        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name), hash);
        Span<char> code = stackalloc char[letters];
        for (var i = 0; i < letters; i++) code[i] = alphabet[hash[i] & 31];
        return new(code);
    }

    static void Hash(ReadOnlySpan<string> names, Span<byte> hash)
    {
        var size = 0;
        foreach (var name in names) size += Encoding.UTF8.GetByteCount(name) + 1;
        var bytes = size <= 512 ? stackalloc byte[size] : new byte[size];

        var at = 0;
        foreach (var name in names)
        {
            at += Encoding.UTF8.GetBytes(name, bytes[at..]);
            bytes[at++] = 0x1F;
        }

        SHA256.HashData(bytes, hash);
    }
}
