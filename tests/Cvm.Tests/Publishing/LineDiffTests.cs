using Cvm.Engine;

namespace Cvm.Tests;

public class LineDiffTests
{
    [Fact]
    public void A_line_that_changed_stands_beside_what_it_was()
    {
        var rows = LineDiff.Of("a\nb\nc", "a\nB\nc");

        DiffRow[] expected = [new("a", "a", 1, 1), new("b", "B", 2, 2), new("c", "c", 3, 3)];
        Assert.Equal(expected, rows.AsEnumerable());
        Assert.False(rows[1].Same);
    }

    [Fact]
    public void What_came_and_what_went_stands_alone()
    {
        DiffRow[] expected = [new("a", "a", 1, 1), new(null, "new", 0, 2), new("b", "b", 2, 3), new("old", null, 3, 0), new("c", "c", 4, 4)];

        Assert.Equal(expected, LineDiff.Of("a\nb\nold\nc", "a\nnew\nb\nc").AsEnumerable());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("a\nb", "b\na")]
    [InlineData("x\nx\nx", "x\nx")]
    [InlineData("a\nb\nc\nd", "b\nd\ne")]
    public void Each_side_read_by_itself_is_the_text(string left, string right)
    {
        var rows = LineDiff.Of(left, right);

        Assert.Equal(left, string.Join('\n', rows.Select(row => row.Left).OfType<string>()));
        Assert.Equal(right, string.Join('\n', rows.Select(row => row.Right).OfType<string>()));
        Assert.All(rows.Where(row => row.Left is not null), row => Assert.Equal(row.Left, left.Split('\n')[row.LeftLine - 1]));
        Assert.All(rows.Where(row => row.Right is not null), row => Assert.Equal(row.Right, right.Split('\n')[row.RightLine - 1]));
    }

    [Fact]
    public void Any_two_texts_are_whole_and_as_much_alike_as_can_be()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (left, right) = (Some(random), Some(random));

            var rows = LineDiff.Of(left, right);

            Assert.Equal(left, string.Join('\n', rows.Select(row => row.Left).OfType<string>()));
            Assert.Equal(right, string.Join('\n', rows.Select(row => row.Right).OfType<string>()));
            Assert.True(rows.Count(row => row.Same) == Longest(left.Split('\n'), right.Split('\n')), $"seed {seed}");
        }

        static string Some(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abc"[random.Next(3)]));
    }

    [Fact]
    public void Texts_too_long_to_compare_line_by_line_are_whole_all_the_same()
    {
        var (left, right) = (string.Join('\n', Enumerable.Range(0, 3_000)), string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"r{i}")));

        var rows = LineDiff.Of(left, right);

        Assert.Equal(3_000, rows.Length);
        Assert.Equal(right, string.Join('\n', rows.Select(row => row.Right)));
    }

    [Fact]
    public void Both_texts_in_one_keep_every_line_of_either()
    {
        var both = LineDiff.Both("a\nmine\nz", "a\ntheirs\nmore\nz", "yours", "Bob");

        Assert.Equal("a\n# >>> yours\nmine\n# >>> Bob\ntheirs\nmore\n# <<<\nz", both);
        Assert.Equal("a\nb", LineDiff.Both("a\nb", "a\nb", "yours", "Bob"));
    }

    // The longest common subsequence by trying everything.
    static int Longest(ReadOnlySpan<string> a, ReadOnlySpan<string> b) =>
        a.IsEmpty || b.IsEmpty ? 0 : a[0] == b[0] ? 1 + Longest(a[1..], b[1..]) : Math.Max(Longest(a[1..], b), Longest(a, b[1..]));
}
