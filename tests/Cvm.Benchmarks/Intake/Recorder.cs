using Cvm.Engine;

namespace Cvm.Benchmarks.Intake;

/// <summary>A store that writes down the rows it is given, for <see cref="BareSqlite"/> to put down again.</summary>
sealed class Recorder(IStore store) : IStore
{
    readonly List<WrittenChange> rows = [];

    public IReadOnlyList<WrittenChange> Rows => rows;

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => store.Load(customer, signal, stop);

    public async ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        foreach (var change in changes) rows.Add(new(change));
        return await store.Commit(changes, stop);
    }

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => store.Due(until, most, stop);

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => store.Page(after, most, stop);
}
