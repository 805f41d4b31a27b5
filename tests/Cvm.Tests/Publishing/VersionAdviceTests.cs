using Cvm.Engine;

namespace Cvm.Tests;

public class VersionAdviceTests
{
    const string Three = "journey: win-back\nversion: 3\nsteps: []\n";

    readonly MemoryStore store = new();

    [Theory]
    [InlineData(3, "journey: win-back\nversion: 3\nsteps: [x]\n", 4)]
    [InlineData(2, "journey: win-back\nversion: 2\nsteps: []\n", 4)]
    [InlineData(3, "# a word\njourney: win-back\n\nversion: 3\nsteps: []\n", null)]
    [InlineData(4, "journey: win-back\nversion: 4\nsteps: []\n", null)]
    public async Task A_version_is_free_or_says_the_same_or_has_to_be_another(int version, string yaml, int? next)
    {
        await store.Keep("journey:win-back:000001", "old", default);
        await store.Keep("journey:win-back:000003", Three, default);
        await store.Keep("journey:win-back-again:000009", "another journey", default);

        Assert.Equal(next, (await VersionAdvice.For("win-back", version, yaml, store, default))?.Next);
    }

    [Fact]
    public async Task A_journey_that_was_never_live_may_say_any() => Assert.Null(await VersionAdvice.For("win-back", 1, Three, store, default));

    [Theory]
    [InlineData("journey: a\nversion: 3\nx: 1\n", "journey: a\nversion: 4\nx: 1\n")]
    [InlineData("journey: a\nversion: 3   # of May\n", "journey: a\nversion: 4   # of May\n")]
    [InlineData("journey: a\nversion:\n", "journey: a\nversion: 4\n")]
    [InlineData("journey: a\nabout: version: 3\n", "journey: a\nversion: 4\nabout: version: 3\n")]
    [InlineData("journey: a", "journey: a\nversion: 4\n")]
    public void The_version_is_written_where_it_stands(string yaml, string raised) => Assert.Equal(raised, VersionAdvice.Write(yaml, 4));
}
