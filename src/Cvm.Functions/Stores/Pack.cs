using Azure;

namespace Cvm.Functions;

/// <summary>The portraits of some customers in one row, and so their standings. The customers of a shard share a partition; a pack holds those whose keys lie after the pack
/// before it, up to and with its own <see cref="UpTo"/>, so that the first row at or above a customer's key is the only one they can be in.</summary>
/// <param name="UpTo">The row's key: the highest that may be in it.</param>
/// <param name="ETag">As it was read; null for the first pack of a shard, which is not there yet.</param>
/// <param name="Portraits">In order of <see cref="KeyOf"/>.</param>
/// <param name="Gone">How often somebody has been taken out of it: whoever holds what it said before knows by this that it is not enough to add what is new.</param>
sealed record Pack(int Shard, string UpTo, ETag? ETag, IReadOnlyList<Portrait> Portraits, int Gone = 0)
{
    /// <summary>What the last pack of each shard is called: above every customer.</summary>
    public const string Last = "z";

    // Bytes are sent as text, a third longer, and the emulator counts what is sent against the 1 MiB of a row.
    const int MostBytes = 704 * 1024;

    /// <summary>The shard a customer is packed in, and the marks that say so.</summary>
    public static int ShardOf(string customer) => TableKey.Shard(customer, Mark.Shards);

    public static string KeyOf(string customer) => "k" + TableKey.Of(customer);

    public bool Covers(string key) => string.CompareOrdinal(key, UpTo) <= 0;

    public Portrait? Find(string key)
    {
        var (low, high) = (0, Portraits.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(KeyOf(Portraits[middle].Customer), key))
            {
                case 0: return Portraits[middle];
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }

    /// <summary>With these instead of what it says of the same customers; itself where nothing changes.</summary>
    public Pack With(IReadOnlyCollection<Portrait> newer)
    {
        if (newer.All(portrait => Find(KeyOf(portrait.Customer)) == portrait)) return this;

        var all = new SortedList<string, Portrait>(Portraits.Count + newer.Count, StringComparer.Ordinal);
        foreach (var portrait in Portraits.Concat(newer)) all[KeyOf(portrait.Customer)] = portrait;
        return this with { Portraits = [.. all.Values] };
    }

    /// <summary>Without the customers of these keys; itself where it holds none of them.</summary>
    public Pack Without(IReadOnlyCollection<string> keys) =>
        keys.All(key => Find(key) is null) ? this : this with { Portraits = [.. Portraits.Where(portrait => !keys.Contains(KeyOf(portrait.Customer)))], Gone = Gone + 1 };

    /// <summary>The same in as many packs as are needed, each with its text. The last keeps the name, and so takes the place of this one.</summary>
    public IEnumerable<(Pack Pack, byte[] Text)> Split()
    {
        var text = PackText.Write(Portraits);
        if (text.Length <= MostBytes || Portraits.Count < 2) return [(this, text)];

        var half = Portraits.Count / 2;
        var lower = this with { UpTo = KeyOf(Portraits[half - 1].Customer), ETag = null, Portraits = [.. Portraits.Take(half)] };
        return [.. lower.Split(), .. (this with { Portraits = [.. Portraits.Skip(half)] }).Split()];
    }
}

/// <summary>Portraits as bytes, some 90 for each customer, and back exactly.</summary>
static class PackText
{
    const byte Version = 2, OnlyStandings = 1;

    public static byte[] Write(IReadOnlyCollection<Portrait> portraits)
    {
        var stream = new MemoryStream(portraits.Count * 112);
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(portraits.Count);
        foreach (var portrait in portraits)
        {
            var text = PortraitText.Write(portrait);
            writer.Write7BitEncodedInt(text.Length);
            writer.Write(text);
        }

        writer.Flush();
        return stream.ToArray();
    }

    public static List<Portrait> Read(byte[] text)
    {
        using var reader = new BinaryReader(new MemoryStream(text));
        var version = reader.ReadByte();
        if (version is not (Version or OnlyStandings)) throw new InvalidDataException($"A pack is written in version {version}, of which this program knows nothing.");

        var (names, count) = (new SharedNames(), reader.Read7BitEncodedInt());
        var portraits = new List<Portrait>(count);
        for (var i = 0; i < count; i++)
            portraits.Add(version == Version ? PortraitText.Read(reader.ReadBytes(reader.Read7BitEncodedInt()), names) : OldStanding.Read(reader));
        return portraits;
    }
}
