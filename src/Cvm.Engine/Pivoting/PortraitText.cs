using System.Buffers.Binary;
using System.Text;

namespace Cvm.Engine;

/// <summary>Portraits as bytes, some 90 for each customer, and back exactly: how stores keep them. What begins with another version is refused.</summary>
public static class PortraitText
{
    const byte Version = 1;

    // Flags; scores are left out where there are none.
    const byte HasScores = 1, HasCase = 2, HasHold = 4, IsProspect = 8;

    [ThreadStatic]
    static Ink? ink;

    /// <summary>The bytes of one portrait; empty for none.</summary>
    public static byte[] Write(Portrait? portrait)
    {
        if (portrait is null) return [];

        var text = ink ??= new();
        text.Clear();
        Write(text, portrait);
        return text.Written.ToArray();
    }

    /// <summary>The portrait in the bytes.</summary>
    /// <param name="names">Where texts that many share are looked up, so that each is in memory once.</param>
    /// <exception cref="InvalidDataException">Written in another version.</exception>
    public static Portrait Read(ReadOnlySpan<byte> bytes, SharedNames names)
    {
        if (bytes[0] != Version) throw new InvalidDataException($"A portrait is written in version {bytes[0]}, of which this program knows nothing.");

        var eye = new Eye(bytes[1..], names);
        var (flags, reach, customer) = (eye.Byte(), (Reach)eye.Byte(), eye.Own());
        var portrait = new Portrait
        {
            Customer = customer,
            Reach = reach,
            OpenCase = (flags & HasCase) != 0,
            OnHold = (flags & HasHold) != 0,
            Stage = (flags & IsProspect) != 0 ? Stage.Prospect : null,
            Country = eye.Name(),
            Region = eye.Name(),
            Language = eye.Name(),
            Tier = eye.Name(),
            Journeys = eye.Name() ?? "",
            Tags = eye.Name() ?? "",
            Answers = eye.Name() ?? "",
            Joined = eye.Whole(),
            First = eye.Whole(),
            Last = eye.Whole(),
            Days = eye.Whole(),
            Orders = eye.Whole(),
            Coupons = eye.Whole(),
            Troubles = eye.Whole(),
            Cases = eye.Whole(),
            Tasks = eye.Whole(),
            Emails = eye.Whole(),
            SmsSegments = eye.Whole(),
            Complaints = eye.Whole(),
            PointsSpent = eye.Long(),
            Points = eye.Long(),
            Spent = eye.Real(),
            FirstSpent = eye.Real(),
            Refunded = eye.Real(),
            Discounts = eye.Real(),
        };
        return (flags & HasScores) == 0 ? portrait : Scored(portrait, ref eye);
    }

    static Portrait Scored(Portrait portrait, ref Eye eye) => portrait with
    {
        Stage = (Stage)eye.Byte(),
        Value = (Band)eye.Byte(),
        Potential = (Band)eye.Byte(),
        Relationship = (Relationship)eye.Byte(),
        Need = (Need)eye.Byte(),
        Rfm = eye.Name(),
        Segment = eye.Name(),
        Alive = eye.Real(),
        Orders365 = eye.Real(),
        Value365 = eye.Real(),
        Contribution = eye.Real(),
    };

    static void Write(Ink text, Portrait p)
    {
        text.Byte(Version);
        text.Byte((byte)((p.Scored ? HasScores : 0) | (p.OpenCase ? HasCase : 0) | (p.OnHold ? HasHold : 0) | (!p.Scored && p.Stage == Stage.Prospect ? IsProspect : 0)));
        text.Byte((byte)p.Reach);
        text.Name(p.Customer);
        text.Name(p.Country);
        text.Name(p.Region);
        text.Name(p.Language);
        text.Name(p.Tier);
        text.Name(p.Journeys);
        text.Name(p.Tags);
        text.Name(p.Answers);
        foreach (var number in (ReadOnlySpan<int>)[p.Joined, p.First, p.Last, p.Days, p.Orders, p.Coupons, p.Troubles, p.Cases, p.Tasks, p.Emails, p.SmsSegments, p.Complaints]) text.Whole((uint)number);
        text.Long(p.PointsSpent);
        text.Long(p.Points);
        foreach (var amount in (ReadOnlySpan<double>)[p.Spent, p.FirstSpent, p.Refunded, p.Discounts]) text.Real(amount);
        if (!p.Scored) return;

        foreach (var digit in (ReadOnlySpan<int>)[(int)(p.Stage ?? default), (int)(p.Value ?? default), (int)(p.Potential ?? default), (int)(p.Relationship ?? default), (int)(p.Need ?? default)]) text.Byte((byte)digit);
        text.Name(p.Rfm);
        text.Name(p.Segment);
        foreach (var figure in (ReadOnlySpan<double>)[p.Alive, p.Orders365, p.Value365, p.Contribution]) text.Real(figure);
    }

    /// <summary>Bytes that grow.</summary>
    sealed class Ink
    {
        byte[] bytes = new byte[512];
        int length;

        public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

        public void Clear() => length = 0;

        public void Byte(byte value)
        {
            Room(1);
            bytes[length++] = value;
        }

        public void Whole(ulong value)
        {
            Room(10);
            for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
            bytes[length++] = (byte)value;
        }

        // Zigzag: small whether above or below zero.
        public void Long(long value) => Whole((ulong)(value << 1 ^ value >> 63));

        // Money has few digits, so its bits end in zeros; turned round they come to little.
        public void Real(double value) => Whole(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToUInt64Bits(value)));

        public void Name(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                Byte(0);
                return;
            }

            Whole((uint)Encoding.UTF8.GetByteCount(text));
            Room(Encoding.UTF8.GetMaxByteCount(text.Length));
            length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
        }

        void Room(int more)
        {
            if (length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
        }
    }

    ref struct Eye(ReadOnlySpan<byte> bytes, SharedNames names)
    {
        ReadOnlySpan<byte> left = bytes;

        public byte Byte()
        {
            var value = left[0];
            left = left[1..];
            return value;
        }

        public int Whole() => (int)Number();

        public long Long()
        {
            var number = Number();
            return (long)(number >> 1) ^ -(long)(number & 1);
        }

        public double Real() => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(Number()));

        public string Own() => Encoding.UTF8.GetString(Next());

        public string? Name() => names.Find(Next());

        ReadOnlySpan<byte> Next()
        {
            var length = (int)Number();
            var text = left[..length];
            left = left[length..];
            return text;
        }

        ulong Number()
        {
            var value = 0UL;
            for (var (i, shift) = (0, 0); ; i++, shift += 7)
            {
                value |= (ulong)(left[i] & 0x7f) << shift;
                if (left[i] >= 0x80) continue;

                left = left[(i + 1)..];
                return value;
            }
        }
    }
}

/// <summary>Texts that many rows share, each in memory once. For one thread at a time.</summary>
public sealed class SharedNames
{
    const int Longest = 256;

    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text of these UTF-8 bytes; null where there are none.</summary>
    public string? Find(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return null;
        if (utf8.Length > Longest) return Encoding.UTF8.GetString(utf8);

        Span<char> letters = stackalloc char[Longest];
        var text = letters[..Encoding.UTF8.GetChars(utf8, letters)];
        if (known.TryGetValue(text, out var shared)) return shared;

        known.Add(text);
        return known.TryGetValue(text, out shared) ? shared : text.ToString();
    }
}
