using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Local.Tests;

/// <summary>The store of examples and rehearsal keeps what the durable ones keep.</summary>
public sealed class MemoryStoreTests : StoreContract
{
    protected override Task<IStore> Open() => Task.FromResult<IStore>(new MemoryStore());

    protected override Task Close(IStore store) => Task.CompletedTask;
}
