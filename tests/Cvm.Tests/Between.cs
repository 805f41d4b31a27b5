using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>A store where somebody acts between a look and the next write.</summary>
sealed class Between(MemoryStore store, Func<Task> act) : IMemo
{
    Func<Task>? waiting = act;

    public ValueTask<string?> Kept(string name, CancellationToken stop) => store.Kept(name, stop);

    public ValueTask Keep(string name, string value, CancellationToken stop) => store.Keep(name, value, stop);

    public async ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop)
    {
        var first = waiting;
        waiting = null;
        if (first is not null) await first();
        return await store.Keep(name, value, expected, stop);
    }

    public ValueTask Drop(string name, CancellationToken stop) => store.Drop(name, stop);

    public ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop) => store.KeptUnder(beginning, stop);
}
