using Xunit.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>Packs grow, split and are found again.</summary>
public sealed class PackTests(ITestOutputHelper output)
{
    [Fact]
    public void Portraits_come_back_from_bytes_as_they_were()
    {
        Portrait[] portraits =
        [
            Some("ann", 1),
            new() { Customer = "王芳/~'" },
            new() { Customer = new('x', 500), First = int.MaxValue, Last = 1, PointsSpent = long.MinValue, Spent = -0.1, Refunded = double.MaxValue, Discounts = double.Epsilon },
        ];

        Assert.Equal(portraits, PackText.Read(PackText.Write(portraits)));
        Assert.Empty(PackText.Read(PackText.Write([])));
    }

    [Theory]
    [InlineData("00103 543 19 23")]
    [InlineData("22226 111 0 0")]
    [InlineData("10214 555 20 1")]
    public void Packs_of_before_there_were_portraits_tell_the_same_standings(string mark)
    {
        var old = new MemoryStream();
        using var writer = new BinaryWriter(old);
        writer.Write((byte)1);
        writer.Write7BitEncodedInt(1);
        writer.Write("ann");
        foreach (var number in (ReadOnlySpan<int>)[740_000, 30, 2, 3, 1, 0, 0, 0, 12, 4]) writer.Write7BitEncodedInt(number);
        writer.Write7BitEncodedInt64(250);
        foreach (var amount in (ReadOnlySpan<double>)[99.8, 49.9, 0, 5]) writer.Write(amount);
        writer.Write(mark);
        writer.Flush();

        var standing = Assert.Single(PackText.Read(old.ToArray())).Standing;

        Assert.Equal(
            new Standing { Customer = "ann", First = 740_000, Last = 740_030, Days = 2, Orders = 3, Coupons = 1, Emails = 12, SmsSegments = 4, Points = 250, Spent = 99.8, FirstSpent = 49.9, Discounts = 5, Mark = mark },
            standing);
    }

    [Fact]
    public void A_pack_of_another_version_is_refused() =>
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => PackText.Read([9, 0])).Message);

    [Fact]
    public void A_pack_takes_what_is_newer_and_keeps_its_order()
    {
        var pack = new Pack(3, Pack.Last, null, [Some("b", 1), Some("d", 1)]);

        var next = pack.With([Some("d", 2), Some("a", 1), Some("c", 1)]);

        Assert.Equal([Some("a", 1), Some("b", 1), Some("c", 1), Some("d", 2)], next.Portraits);
        Assert.Same(next, next.With([Some("c", 1)]));
        Assert.Equal(Some("d", 2), next.Find(Pack.KeyOf("d")));
        Assert.Null(next.Find(Pack.KeyOf("e")));
    }

    [NeedsAzuriteFact]
    public async Task Packs_split_when_they_grow_and_everybody_is_found_with_one_read()
    {
        const int Everybody = 24_000, Together = 4_000;
        await using var opened = await Opened.New();
        var packs = new Packs(opened.Tables.Standings);
        var ids = Enumerable.Range(0, Everybody).Select(i => $"customer-{i:D7}").ToArray();
        new Random(3).Shuffle(ids);

        foreach (var some in ids.Chunk(Together))
            for (var rest = some.OrderBy(Pack.KeyOf, StringComparer.Ordinal).ToArray(); rest.Length > 0;)
            {
                var pack = await packs.Find(3, Pack.KeyOf(rest[0]), default);
                var its = rest.TakeWhile(id => pack.Covers(Pack.KeyOf(id))).ToArray();
                Assert.True(await packs.Write(pack.With([.. its.Select(id => Some(id, 3))]), default));
                rest = rest[its.Length..];
            }

        opened.Counting.Reset();
        var (seen, sizes) = (new List<string>(), new List<int>());
        await foreach (var pack in packs.After(3, "", default))
        {
            seen.AddRange(pack.Portraits.Select(portrait => portrait.Customer));
            sizes.Add(pack.Portraits.Count);
        }

        output.WriteLine($"{Everybody} portraits in {sizes.Count} packs, read with {opened.Counting}");
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
        Assert.InRange(sizes.Count, 4, 8);
        Assert.InRange(opened.Counting.All, sizes.Count, sizes.Count + 1);
        foreach (var id in ids.Take(20)) Assert.Equal(Some(id, 3), (await packs.Find(3, Pack.KeyOf(id), default)).Find(Pack.KeyOf(id)));
    }

    [NeedsAzuriteFact]
    public async Task Who_comes_second_to_a_pack_is_told()
    {
        await using var opened = await Opened.New();
        var packs = new Packs(opened.Tables.Standings);
        var (first, second) = (await packs.Find(3, Pack.KeyOf("a"), default), await packs.Find(3, Pack.KeyOf("b"), default));

        Assert.True(await packs.Write(first.With([Some("a", 1)]), default));
        Assert.False(await packs.Write(second.With([Some("b", 1)]), default));

        var (third, fourth) = (await packs.Find(3, Pack.KeyOf("a"), default), await packs.Find(3, Pack.KeyOf("a"), default));
        Assert.True(await packs.Write(third.With([Some("a", 2)]), default));
        Assert.False(await packs.Write(fourth.With([Some("a", 3)]), default));
    }

    static Portrait Some(string customer, int orders) => new()
    {
        Customer = customer,
        First = 740_000,
        Last = 740_000 + (orders * 30),
        Days = orders,
        Orders = orders,
        Emails = 12,
        PointsSpent = 250,
        Spent = orders * 49.9,
        FirstSpent = 49.9,
        Stage = Stage.Loyal,
        Value = Band.Low,
        Potential = Band.Middle,
        Relationship = Relationship.Core,
        Need = Need.Price,
        Rfm = "543",
        Segment = "champion",
        Alive = 0.95,
        Value365 = 117.3,
    };
}
