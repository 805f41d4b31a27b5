using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class ClusterTests
{
    static readonly ImmutableArray<Feature> Features = [new("orders", "order often", "order seldom"), new("spent", "spend much", "spend little")];

    [Fact]
    public void Groups_that_lie_apart_are_found_and_described()
    {
        var values = new List<double>();
        for (var i = 0; i < 60; i++) values.AddRange([2 + i % 3, 40 + i % 7]);
        for (var i = 0; i < 30; i++) values.AddRange([20 + i % 3, 50 + i % 7]);
        for (var i = 0; i < 10; i++) values.AddRange([3 + i % 3, 900 + i % 7]);

        var found = Clusters.Find([.. values], Features, 3, seed: 1);

        Assert.Equal([60, 30, 10], found.All.Select(cluster => cluster.Size));
        Assert.Equal(
        [
            "order seldom (orders 3, on average 8.5)",
            "order often (orders 21, on average 8.5)",
            "spend much (spent 902.4, on average 131.8)",
        ], found.All.Select(cluster => cluster.About.Split(", spend little")[0].Split(", order")[0]));
        Assert.Equal([.. Enumerable.Repeat(0, 60), .. Enumerable.Repeat(1, 30), .. Enumerable.Repeat(2, 10)], found.Of);
        Assert.True(found.Settled);
    }

    [Fact]
    public void The_same_seed_gives_the_same_groups_and_units_do_not_matter()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 2_000).Select(_ => random.NextDouble() * 100)];
        double[] scaled = [.. values.Select((value, i) => i % 2 == 0 ? value * 1024 : value)];

        var (first, again, inOtherUnits) = (Clusters.Find(values, Features, 5, 9), Clusters.Find(values, Features, 5, 9), Clusters.Find(scaled, Features, 5, 9));

        Assert.Equal(first.Of, again.Of);
        Assert.Equal(first.Of, inOtherUnits.Of);
    }

    [Fact]
    public void Anything_gives_groups_whose_members_are_nearest_to_their_own_centre()
    {
        var value = Gen.OneOf(Gen.Choose(-5, 5).Select(number => (double)number), Gen.Elements(0, 1e9, -1e9, double.NaN, double.PositiveInfinity, 1e-9));

        Prop.ForAll(value.ArrayOf().ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), (all, count) =>
        {
            var values = all[..(all.Length / 2 * 2)];
            var found = Clusters.Find(values, Features, count, 3);

            Assert.True(found.All.Length <= count && found.Of.Length == values.Length / 2 && double.IsFinite(found.Spread));
            Assert.Equal(values.Length / 2, found.All.Sum(cluster => cluster.Size));
            Assert.All(found.All, (cluster, place) => Assert.Equal(cluster.Size, found.Of.Count(of => of == place)));
            Assert.All(found.All, cluster => Assert.True(cluster.Size > 0 && cluster.About != "" && cluster.Centre.All(double.IsFinite)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }

    [Fact]
    public void More_groups_never_lie_wider_than_one()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 600).Select(_ => Math.Round(random.NextDouble() * 20))];
        var whole = Clusters.Find(values, Features, 1, 1).Spread;

        Assert.Equal(600, whole, 6); // 300 customers, 2 features with variance 1
        Assert.All(Enumerable.Range(2, 6), count => Assert.InRange(Clusters.Find(values, Features, count, 1).Spread, 0, whole));
    }

    [Fact]
    public void Equal_customers_are_one_group_like_most()
    {
        var cluster = Assert.Single(Clusters.Find([3, 9, 3, 9, 3, 9], Features, 4, 1).All);

        Assert.Equal((3, "like most customers"), (cluster.Size, cluster.About));
    }
}
