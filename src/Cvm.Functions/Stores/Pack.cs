using Azure;

namespace Cvm.Functions;

/// <summary>The standings of some customers in one row. The customers of a shard share a partition; a pack holds those whose keys lie after the pack
/// before it, up to and with its own <see cref="UpTo"/>, so that the first row at or above a customer's key is the only one they can be in.</summary>
/// <param name="UpTo">The row's key: the highest that may be in it.</param>
/// <param name="ETag">As it was read; null for the first pack of a shard, which is not there yet.</param>
/// <param name="Standings">In order of <see cref="KeyOf"/>.</param>
sealed record Pack(int Shard, string UpTo, ETag? ETag, IReadOnlyList<Standing> Standings)
{
    /// <summary>What the last pack of each shard is called: above every customer.</summary>
    public const string Last = "z";

    // Bytes are sent as text, a third longer, and the emulator counts what is sent against the 1 MiB of a row.
    const int MostBytes = 704 * 1024;

    /// <summary>The shard a customer is packed in, and the marks that say so.</summary>
    public static int ShardOf(string customer) => TableKey.Shard(customer, Mark.Shards);

    public static string KeyOf(string customer) => "k" + TableKey.Of(customer);

    public bool Covers(string key) => string.CompareOrdinal(key, UpTo) <= 0;

    public Standing? Find(string key)
    {
        var (low, high) = (0, Standings.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(KeyOf(Standings[middle].Customer), key))
            {
                case 0: return Standings[middle];
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }

    /// <summary>With these instead of what it says of the same customers; itself where nothing changes.</summary>
    public Pack With(IReadOnlyCollection<Standing> newer)
    {
        if (newer.All(standing => Find(KeyOf(standing.Customer)) == standing)) return this;

        var all = new SortedList<string, Standing>(Standings.Count + newer.Count, StringComparer.Ordinal);
        foreach (var standing in Standings.Concat(newer)) all[KeyOf(standing.Customer)] = standing;
        return this with { Standings = [.. all.Values] };
    }

    /// <summary>Without the customers of these keys; itself where it holds none of them.</summary>
    public Pack Without(IReadOnlyCollection<string> keys) =>
        keys.All(key => Find(key) is null) ? this : this with { Standings = [.. Standings.Where(standing => !keys.Contains(KeyOf(standing.Customer)))] };

    /// <summary>The same in as many packs as are needed, each with its text. The last keeps the name, and so takes the place of this one.</summary>
    public IEnumerable<(Pack Pack, byte[] Text)> Split()
    {
        var text = PackText.Write(Standings);
        if (text.Length <= MostBytes || Standings.Count < 2) return [(this, text)];

        var half = Standings.Count / 2;
        var lower = this with { UpTo = KeyOf(Standings[half - 1].Customer), ETag = null, Standings = [.. Standings.Take(half)] };
        return [.. lower.Split(), .. (this with { Standings = [.. Standings.Skip(half)] }).Split()];
    }
}

/// <summary>Standings as bytes, some 80 for each customer, and back exactly.</summary>
static class PackText
{
    const byte Version = 1;

    public static byte[] Write(IReadOnlyCollection<Standing> standings)
    {
        var stream = new MemoryStream(standings.Count * 96);
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(standings.Count);
        foreach (var standing in standings) Write(writer, standing);
        writer.Flush();
        return stream.ToArray();
    }

    public static List<Standing> Read(byte[] text)
    {
        using var reader = new BinaryReader(new MemoryStream(text));
        var version = reader.ReadByte();
        if (version != Version) throw new InvalidDataException($"Standings are written in version {version}, of which this program knows nothing.");

        var count = reader.Read7BitEncodedInt();
        var standings = new List<Standing>(count);
        for (var i = 0; i < count; i++) standings.Add(Read(reader));
        return standings;
    }

    static void Write(BinaryWriter writer, in Standing standing)
    {
        writer.Write(standing.Customer);
        foreach (var number in (ReadOnlySpan<int>)[standing.First, standing.Last - standing.First, standing.Days, standing.Orders, standing.Coupons, standing.Troubles, standing.Cases, standing.Tasks, standing.Emails, standing.SmsSegments])
            writer.Write7BitEncodedInt(number);
        writer.Write7BitEncodedInt64(standing.Points);
        foreach (var amount in (ReadOnlySpan<double>)[standing.Spent, standing.FirstSpent, standing.Refunded, standing.Discounts]) writer.Write(amount);
        writer.Write(standing.Mark);
    }

    static Standing Read(BinaryReader reader)
    {
        var (customer, first) = (reader.ReadString(), reader.Read7BitEncodedInt());
        return new()
        {
            Customer = customer,
            First = first,
            Last = first + reader.Read7BitEncodedInt(),
            Days = reader.Read7BitEncodedInt(),
            Orders = reader.Read7BitEncodedInt(),
            Coupons = reader.Read7BitEncodedInt(),
            Troubles = reader.Read7BitEncodedInt(),
            Cases = reader.Read7BitEncodedInt(),
            Tasks = reader.Read7BitEncodedInt(),
            Emails = reader.Read7BitEncodedInt(),
            SmsSegments = reader.Read7BitEncodedInt(),
            Points = reader.Read7BitEncodedInt64(),
            Spent = reader.ReadDouble(),
            FirstSpent = reader.ReadDouble(),
            Refunded = reader.ReadDouble(),
            Discounts = reader.ReadDouble(),
            Mark = reader.ReadString(),
        };
    }
}
