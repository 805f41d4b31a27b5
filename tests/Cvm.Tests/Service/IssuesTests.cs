using Cvm.Engine;

namespace Cvm.Tests.Service;

public sealed class IssuesTests
{
    static readonly Journey Told = Some.Journey("told", new("issue-fixed"), new Step.Send("send", Step.Done, Some.Sending())) with { Purpose = Purpose.Service };
    static readonly LoadedPlaybook Loaded = new(Some.Playbook(Told), new NoLetters(), []);

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Some.Now);
    readonly CustomerEngine engine;
    int left = int.MaxValue;

    public IssuesTests() => engine = new(store, () => Loaded, new Dictionary<OutboxKind, ISender>(), clock, people: store);

    // Dies after so many calls.
    Issues Shop => new(store, (signals, stop) => left-- > 0 ? engine.Take(signals, stop) : throw new IOException("the process died"), clock);

    async Task Raised(int customers)
    {
        Assert.Null(await Shop.Open("slow", "Parcels are slow", "nora", "nora", default));
        for (var i = 0; i < customers; i++)
        {
            await engine.Take($"c{i:D3}", new Signal.Told($"told-{i}", Some.Now, Some.Ann.Profile, []), default);
            await Shop.Raise("slow", new($"c{i:D3}", $"c{i:D3}/1", Some.Now, "maria"), default);
        }
    }

    async Task<int> Messages(int customers)
    {
        var all = 0;
        for (var i = 0; i < customers; i++) all += (await store.Load($"c{i:D3}", "", default)).Dossier.RecentSends.Length;
        return all;
    }

    [Fact]
    public async Task Everybody_who_raised_it_hears_of_the_fix_once()
    {
        await Raised(3);

        Assert.Null(await Shop.Fix("slow", "They are fast now.", "nora", default));
        Assert.Equal("It is marked as fixed already.", await Shop.Fix("slow", "Again.", "nora", default));
        await Shop.GoOn(default);

        Assert.Equal(3, await Messages(3));
        Assert.Equal((IssueState.Fixed, "They are fast now."), ((await Shop.Find("slow", default))!.State, (await Shop.Find("slow", default))!.Fix));
        Assert.Equal(3, (await Shop.All(default)).Single().Raised);
    }

    [Fact]
    public async Task Who_raised_it_with_two_cases_still_hears_of_it_when_one_belongs_elsewhere()
    {
        await Raised(0);
        Assert.Null(await Shop.Open("torn", "Parcels are torn", "nora", "nora", default));
        Case Of(int number) => new() { Id = $"ann/{number}", Subject = "x", Severity = "low", OpenedAt = Some.Now, Level = "agent", DueAt = Some.Now, Issue = "slow" };
        var ann = Some.Ann with { Cases = [Of(1), Of(2)] };
        Signal.CaseWorked Link(int number, string? to) => new($"w{number}{to}", Some.Now, $"ann/{number}", CaseWork.LinkIssue, "maria", To: to);
        foreach (var known in ann.Cases) await Shop.Raise("slow", new("ann", known.Id, Some.Now, "maria"), default);

        Assert.Null(await Shop.Follow(ann, ann.Cases[1], Link(2, "torn"), default));
        Assert.Equal("ann/1", Assert.Single(await Shop.RaisedBy("slow", default)).Case);
        Assert.Equal("ann/2", Assert.Single(await Shop.RaisedBy("torn", default)).Case);

        Assert.Null(await Shop.Follow(ann with { Cases = [Of(1), Of(2) with { Issue = "torn" }] }, ann.Cases[0], Link(1, null), default));
        Assert.Empty(await Shop.RaisedBy("slow", default));
    }

    [Fact]
    public async Task A_crash_in_the_middle_is_made_up_for_and_nobody_hears_twice()
    {
        await Raised(250);
        left = 1;

        await Assert.ThrowsAsync<IOException>(() => Shop.Fix("slow", "They are fast now.", "nora", default));
        Assert.Equal((IssueState.Telling, "c099"), ((await Shop.Find("slow", default))!.State, (await Shop.Find("slow", default))!.Told));
        left = int.MaxValue;
        await Shop.GoOn(default);

        Assert.Equal(250, await Messages(250));
        Assert.Equal(IssueState.Fixed, (await Shop.Find("slow", default))!.State);
    }

    [Fact]
    public async Task Who_is_erased_or_moved_to_another_issue_raised_nothing()
    {
        await Raised(3);
        await Shop.Open("dear", "Too dear", "nora", "nora", default);
        await Shop.Raise("dear", new("c001", "c001/1", Some.Now, "maria"), default);

        await new Forgetting(store, store, () => Loaded, Shop).Forget("c001", default);
        await Shop.Leave("c002", "slow", default);

        Assert.Equal(["c000"], (await Shop.RaisedBy("slow", default)).Select(raised => raised.Customer));
        Assert.Empty(await Shop.RaisedBy("dear", default));
        Assert.DoesNotContain(await store.KeptUnder("", default), kept => kept.Name.Contains("c001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Slow Parcels", "x", "The id is a name")]
    [InlineData("a/raised/b", "x", "The id is a name")]
    [InlineData("slow", "  ", "The title has 1 to 120")]
    public async Task What_cannot_be_an_issue_is_none(string id, string title, string wrong)
    {
        Assert.StartsWith(wrong, await Shop.Open(id, title, "nora", "nora", default));
        Assert.Null(await Shop.Find(id, default));
        Assert.NotNull(await Shop.Fix(id, "x", "nora", default));
    }

    sealed class NoLetters : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (null, "No letters here.");
    }
}
