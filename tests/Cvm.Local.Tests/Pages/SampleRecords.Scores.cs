using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

// A real sweep over the sample's customers, in a store of its own: what it recorded and left behind is shown.
sealed partial class SampleRecords
{
    readonly MemoryStore swept = new();

    async Task Score()
    {
        await swept.Commit([.. dossiers.Values.Select(dossier => new Change(Dossier.For(dossier.Customer), 0, dossier, "", []))], default);
        var engine = new CustomerEngine(swept, () => SampleJourneys.Loaded, new Dictionary<OutboxKind, ISender>(), TimeProvider.System);

        await new Sweep(swept, swept, () => SampleJourneys.Loaded, engine, TimeProvider.System).Make(DateOnly.FromDateTime(Now.UtcDateTime), null, default);

        foreach (var customer in dossiers.Keys.ToList())
            dossiers[customer] = dossiers[customer] with { Scores = (await swept.Load(customer, "", default)).Dossier.Scores };
    }

    public IPortraits Portraits => swept;

    public ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop) => swept.Scored(which, after, most, stop);

    public ValueTask<string?> Kept(string name, CancellationToken stop) => swept.Kept(name, stop);

    public ValueTask Keep(string name, string value, CancellationToken stop) => swept.Keep(name, value, stop);

    public ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop) => swept.Keep(name, value, expected, stop);

    public ValueTask Drop(string name, CancellationToken stop) => swept.Drop(name, stop);

    public ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop) => swept.KeptUnder(beginning, stop);
}
