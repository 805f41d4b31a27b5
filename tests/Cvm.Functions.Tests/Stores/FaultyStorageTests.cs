using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>A storage that is busy, or whose answers are lost on the way.</summary>
public sealed class FaultyStorageTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    [NeedsAzuriteFact]
    public async Task A_busy_storage_is_asked_again()
    {
        await using var opened = await Opened.New();
        var faults = new Faults(busy: 5, lost: 0);

        var taking = await EngineOver(opened, faults).Take("ann", Order(1), default);

        Assert.Equal(Taking.Taken, taking);
        Assert.Equal(5, faults.Refused);
    }

    [NeedsAzuriteFact]
    public async Task A_turn_whose_answer_is_lost_has_landed_once()
    {
        await using var opened = await Opened.New();
        var faults = new Faults(busy: 0, lost: 1);
        var engine = EngineOver(opened, faults);

        var takings = new[] { await engine.Take("ann", Order(1), default), await engine.Take("ann", Order(2), default) };

        Assert.Equal([Taking.Taken, Taking.Taken], takings);
        Assert.Equal(1, faults.Lost);
        Assert.Equal(2, (await opened.Store.Load("ann", "", default)).Dossier.Purchases.Orders);
        Assert.Contains((new(Tallies.Happened, "", "orders", new(2027, 3, 1)), 2L), await ((IRecords)opened.Store).Tallies(Tallies.Kinds, default));
    }

    [NeedsAzuriteTheory]
    [InlineData(null)]
    [InlineData("before")]
    public async Task A_memo_whose_answer_is_lost_was_kept_and_whoever_kept_it_is_told_so(string? expected)
    {
        await using var opened = await Opened.New();
        if (expected is not null) await opened.Store.Keep("draft/a", expected, default);
        var faults = new Faults(busy: 0, lost: 1, writing: "Memos");

        var kept = await new TableStore(opened.TablesOf(faults)).Keep("draft/a", "mine", expected, default);

        Assert.True(kept);
        Assert.Equal(1, faults.Lost);
        Assert.Equal("mine", await opened.Store.Kept("draft/a", default));
    }

    [NeedsAzuriteFact]
    public async Task The_directory_is_mended_where_it_tells_what_never_came_to_be()
    {
        await using var opened = await Opened.New();
        await EngineOver(opened, new Faults(0, 0)).Take("ann", new Signal.Told("t", Noon, new() { Name = "Ann", Zone = "Europe/Berlin" }, []), default);
        await opened.Store.FoldStandings(default); // so that nothing but the directory is wrong
        await new Listing("ann", "Asia/Tokyo", "ANN\nWAS NEVER CALLED THIS").Write(opened.Tables.Directory, default);

        var mended = await opened.Store.Mend(["ann"], default);

        Assert.Equal(1, mended);
        Assert.Equal(("ann", "Europe/Berlin"), Assert.Single(await opened.Store.Page("", 10, default)));
        Assert.Equal(0, await opened.Store.Mend(["ann"], default));
    }

    [NeedsAzuriteFact]
    public async Task A_change_that_adds_no_row_still_loses_against_one_that_came_in_between()
    {
        await using var opened = await Opened.New();
        var stored = await opened.Store.Load("ann", "", default);
        await opened.Store.Commit([Renamed(stored, "Ann")], default);
        stored = await opened.Store.Load("ann", "", default);
        var meanwhile = new Meanwhile(() => opened.Store.Commit([Renamed(stored, "Anna")], default).AsTask());
        var store = new TableStore(opened.TablesOf(meanwhile));

        var landings = await store.Commit([Renamed(await store.Load("ann", "", default), "Annie")], default);

        Assert.Equal([Landing.Conflict], landings);
        Assert.Equal("Anna", (await opened.Store.Load("ann", "", default)).Dossier.Profile.Name);
    }

    static Change Renamed(Stored stored, string name) =>
        new(stored.Dossier, stored.Revision, stored.Dossier with { Profile = stored.Dossier.Profile with { Name = name } }, "", []);

    [NeedsAzuriteFact]
    public async Task A_fold_that_dies_before_it_deletes_what_it_added_counts_nothing_twice()
    {
        await using var opened = await Opened.New();
        for (var i = 0; i < 12; i++) await EngineOver(opened, new Faults(0, 0)).Take($"c{i % 5}", Order(i), default);
        var dying = new CutOff((request, _) => request.Method == RequestMethod.Delete);

        await Assert.ThrowsAnyAsync<Exception>(() => new TableStore(opened.TablesOf(dying)).Fold(default));
        await new TableStore(opened.TablesOf()).Fold(default);

        Assert.Contains((new(Tallies.Happened, "", "orders", new(2027, 3, 1)), 12L), await ((IRecords)opened.Store).Tallies(Tallies.Kinds, default));
    }

    static CustomerEngine EngineOver(Opened opened, Faults faults)
    {
        var store = new TableStore(opened.TablesOf(faults));
        var clock = new VirtualTime(Noon);
        return new(store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, clock)), clock);
    }

    static Signal.Ordered Order(int number) => new($"o{number}", Noon, $"o{number}", 10);

    /// <summary>Refuses the first requests as Table Storage does when it is busy; loses the answers of the first writes to an address with this in it.</summary>
    sealed class Faults(int busy, int lost, string writing = "$batch") : HttpPipelinePolicy
    {
        int refused, dropped;

        public int Refused => refused;

        public int Lost => dropped;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (refused < busy)
            {
                refused++;
                message.Response = new Busy();
                return;
            }

            await ProcessNextAsync(message, pipeline);
            if (dropped < lost && message.Request.Method != RequestMethod.Get && message.Request.Uri.Path.Contains(writing, StringComparison.Ordinal))
            {
                dropped++;
                throw new IOException("The connection was reset.");
            }
        }
    }

    /// <summary>Lets somebody else be first, once, between the look and the transaction.</summary>
    sealed class Meanwhile(Func<Task> first) : HttpPipelinePolicy
    {
        bool done;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!done && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                done = true;
                await first();
            }

            await ProcessNextAsync(message, pipeline);
        }
    }

    sealed class Busy : Azure.Response
    {
        public override int Status => 503;

        public override bool IsError => true;

        public override string ReasonPhrase => "Server busy";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;
    }
}
