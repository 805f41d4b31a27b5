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
}
