using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// Small values that a host keeps for itself.
public abstract partial class StoreContract
{
    IMemo Memo => (IMemo)Store;

    [Fact]
    public async Task What_is_kept_is_the_last_that_was_kept()
    {
        await Memo.Keep("issue/a", "1", Go);
        await Memo.Keep("issue/a", "2", Go);
        await Memo.Keep("issue/empty", "", Go);

        Assert.Equal("2", await Memo.Kept("issue/a", Go));
        Assert.Equal("", await Memo.Kept("issue/empty", Go));
        Assert.Null(await Memo.Kept("issue/never", Go));
    }

    [Fact]
    public async Task What_is_kept_under_a_beginning_comes_in_order_of_name_and_nothing_else()
    {
        var far = "issue/a/raised/" + new string('王', 90);
        string[] names = ["issue/a", "issue/a/raised/ann", "issue/a/raised/Zoë", "issue/a/raised/王芳", far, "issue/ab", "issue", "issues/a", "Issue/a", "round", "~"];
        foreach (var name in names) await Memo.Keep(name, name.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Go);

        var raised = await Memo.KeptUnder("issue/a/raised/", Go);
        var all = await Memo.KeptUnder("issue/", Go);

        Assert.Equal(["issue/a/raised/Zoë", "issue/a/raised/ann", far, "issue/a/raised/王芳"], raised.Select(row => row.Name));
        Assert.All(raised, row => Assert.Equal($"{row.Name.Length}", row.Value));
        Assert.Equal(["issue/a", "issue/a/raised/Zoë", "issue/a/raised/ann", far, "issue/a/raised/王芳", "issue/ab"], all.Select(row => row.Name));
        Assert.Empty(await Memo.KeptUnder("nothing", Go));
    }

    [Fact]
    public async Task What_is_dropped_is_gone_and_nothing_else_is()
    {
        foreach (var name in new[] { "issue/a", "issue/a/raised/ann", "issue/a/raised/王芳", "issue/ab" }) await Memo.Keep(name, "1", Go);

        await Memo.Drop("issue/a", Go);
        await Memo.Drop("issue/a/raised/王芳", Go);

        Assert.Null(await Memo.Kept("issue/a", Go));
        Assert.Equal(["issue/a/raised/ann", "issue/ab"], (await Memo.KeptUnder("issue/", Go)).Select(row => row.Name));
    }

    [Fact]
    public async Task What_was_never_kept_may_be_dropped_and_what_was_dropped_may_be_kept_again()
    {
        await Memo.Drop("issue/a", Go);
        await Memo.Keep("issue/a", "1", Go);
        await Memo.Drop("issue/a", Go);
        await Memo.Drop("issue/a", Go);
        Assert.Null(await Memo.Kept("issue/a", Go));

        await Memo.Keep("issue/a", "2", Go);

        Assert.Equal([("issue/a", "2")], await Memo.KeptUnder("issue/", Go));
    }

    [Fact]
    public async Task What_is_expected_decides_whether_something_is_kept()
    {
        Assert.False(await Memo.Keep("draft/a", "1", expected: "0", Go));
        Assert.True(await Memo.Keep("draft/a", "1", expected: null, Go));
        Assert.False(await Memo.Keep("draft/a", "2", expected: null, Go));
        Assert.False(await Memo.Keep("draft/a", "2", expected: "", Go));
        Assert.Equal("1", await Memo.Kept("draft/a", Go));

        Assert.True(await Memo.Keep("draft/a", "", expected: "1", Go));
        Assert.False(await Memo.Keep("draft/a", "3", expected: null, Go));
        Assert.True(await Memo.Keep("draft/a", "3", expected: "", Go));
        await Memo.Drop("draft/a", Go);
        Assert.False(await Memo.Keep("draft/a", "4", expected: "3", Go));
        Assert.True(await Memo.Keep("draft/a", "4", expected: null, Go));

        Assert.Equal([("draft/a", "4")], await Memo.KeptUnder("draft/", Go));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("before")]
    public async Task Of_many_who_expect_the_same_one_lands(string? expected)
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"draft/{round}";
            if (expected is not null) await Memo.Keep(name, expected, Go);

            var landed = await Task.WhenAll(Enumerable.Range(0, 8).Select(each => Task.Run(async () => await Memo.Keep(name, $"by {each}", expected, Go))));

            Assert.Equal(1, landed.Count(each => each));
            Assert.Equal($"by {Array.IndexOf(landed, true)}", await Memo.Kept(name, Go));
        }
    }
}
