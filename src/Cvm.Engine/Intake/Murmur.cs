using System.Buffers.Binary;
using System.Numerics;

namespace Cvm.Engine;

/// <summary>MurmurHash3, x64, 128 bits, seed 0: the same on every machine and for good. Against accident, not malice; a row costs a tenth of a SHA-256.</summary>
static class Murmur
{
    const ulong C1 = 0x87C37B91114253D5, C2 = 0x4CF5AD432745937F;

    public static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        var (h1, h2, length) = (0UL, 0UL, (ulong)bytes.Length);

        for (; bytes.Length >= 16; bytes = bytes[16..])
        {
            h1 ^= First(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            h1 = (BitOperations.RotateLeft(h1, 27) + h2) * 5 + 0x52DCE729;
            h2 ^= Second(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            h2 = (BitOperations.RotateLeft(h2, 31) + h1) * 5 + 0x38495AB5;
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        bytes.CopyTo(tail);
        h2 ^= Second(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
        h1 ^= First(BinaryPrimitives.ReadUInt64LittleEndian(tail));

        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = Mix(h1);
        h2 = Mix(h2);
        h1 += h2;
        h2 += h1;
        return new(h1, h2);
    }

    static ulong First(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    static ulong Second(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    static ulong Mix(ulong k)
    {
        k = (k ^ (k >> 33)) * 0xFF51AFD7ED558CCD;
        k = (k ^ (k >> 33)) * 0xC4CEB9FE1A85EC53;
        return k ^ (k >> 33);
    }
}
