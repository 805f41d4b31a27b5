using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class TreeTests
{
    static readonly ImmutableArray<Feature> Features = [new("silence", "are silent", "are near"), new("orders", "order often", "order seldom"), new("answers", "answer", "do not answer")];

    [Fact]
    public void What_decides_is_found_and_told_in_words()
    {
        // Who is silent for more than 60 days and ordered no more than twice leaves, 9 in 10.
        var (values, left) = Customers(2_000, (silence, orders, chance) => silence > 60 && orders <= 2 ? chance < 0.9 : chance < 0.1);

        var sentences = TreeSentences.Of(DecisionTree.Grow(values, 3, left, new()), Features);

        Assert.Equal( // as docs/scores.md shows it
        [
            "Of 2,000 customers 26% left.",
            "Of 397 with orders up to 2 and silence above 60, 88% left.",
            "Of 1,169 with orders above 2, 11% left.",
            "Of 434 with orders up to 2 and silence up to 60, 9% left.",
        ], sentences.ToArray());
    }

    [Fact]
    public void Chance_alone_is_told_as_nothing()
    {
        var (values, left) = Customers(2_000, (_, _, chance) => chance < 0.3);

        Assert.Equal(["Of 2,000 customers 31% left.", "Nothing that is known of them tells leavers from stayers."], TreeSentences.Of(DecisionTree.Grow(values, 3, left, new()), Features).ToArray());
    }

    [Fact]
    public void Bounds_on_the_same_feature_are_told_as_one()
    {
        double[] silence = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        bool[] left = [.. silence.Select(days => days is > 20 and <= 40 or > 70)];

        var sentences = TreeSentences.Of(DecisionTree.Grow(silence, 1, left, new()), Features);

        Assert.Equal("Of 100 customers 49% left.", sentences[0]);
        Assert.Contains("Of 20 with silence above 20 and up to 40, 100% left.", sentences);
        Assert.Contains("Of 29 with silence above 70, 100% left.", sentences);
    }

    [Fact]
    public void What_is_unknown_is_told_so()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i < 40 ? double.NaN : i)];
        bool[] left = [.. Enumerable.Range(0, 100).Select(i => i < 40)];

        var sentences = TreeSentences.Of(DecisionTree.Grow(values, 1, left, new()), Features);

        Assert.Equal(["Of 100 customers 40% left.", "Of 40 with silence unknown, 100% left.", "Of 60 with silence known, 0% left."], sentences.ToArray());
    }

    [Fact]
    public void Any_customers_give_a_tree_whose_groups_add_up_and_keep_the_rules()
    {
        var value = Gen.OneOf(Gen.Choose(-5, 5).Select(number => (double)number), Gen.Elements(0.1, 1e9, -1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity));

        Prop.ForAll(value.ArrayOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (all, seed) =>
        {
            var values = all[..(all.Length / 3 * 3)];
            var random = new Random(seed);
            bool[] left = [.. Enumerable.Range(0, values.Length / 3).Select(_ => random.Next(2) == 0)];

            var tree = DecisionTree.Grow(values, 3, left, new(Depth: 3, LeastShare: 0.1));

            Assert.Equal((left.Length, left.Count(one => one)), (tree.Customers, tree.Leavers));
            Sound(tree, values, left, [.. Enumerable.Range(0, left.Length)], 3, left.Length);
            Assert.All(TreeSentences.Of(tree, Features), sentence => Assert.DoesNotContain("NaN", sentence, StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }

    [Fact]
    public void A_feature_of_many_values_is_cut_near_the_right_place()
    {
        var random = new Random(4);
        double[] spent = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Round(Math.Exp(random.NextDouble() * 8), 4))];
        bool[] left = [.. spent.Select(money => money < 100)];

        var split = DecisionTree.Grow(spent, 1, left, new()).Split!;

        Assert.InRange(split.Bound, 95, 105);
    }

    // Each group holds those whom its questions say, and enough of them.
    static void Sound(TreeNode node, double[] values, bool[] left, int[] who, int depth, int all)
    {
        Assert.Equal((node.Customers, node.Leavers), (who.Length, who.Count(i => left[i])));
        if (node.Split is not { } split) return;

        Assert.True(depth > 0 && Math.Min(split.Upto.Customers, split.Above.Customers) >= all / 10.0);
        bool Above(int i) => values[i * 3 + split.Feature] > split.Bound;
        Sound(split.Upto, values, left, [.. who.Where(i => !Above(i))], depth - 1, all);
        Sound(split.Above, values, left, [.. who.Where(Above)], depth - 1, all);
    }

    static (double[] Values, bool[] Left) Customers(int count, Func<int, int, double, bool> leaves)
    {
        var random = new Random(3);
        var (values, left) = (new List<double>(), new List<bool>());
        for (var i = 0; i < count; i++)
        {
            var (silence, orders) = (random.Next(120), random.Next(1, 6));
            values.AddRange([silence, orders, random.Next(4)]);
            left.Add(leaves(silence, orders, random.NextDouble()));
        }

        return ([.. values], [.. left]);
    }
}
