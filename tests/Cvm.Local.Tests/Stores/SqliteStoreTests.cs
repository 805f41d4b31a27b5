using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Local.Tests;

public abstract class SqliteContract(int cached) : StoreContract
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cvm-test-");

    protected override Task<IStore> Open() => Task.FromResult<IStore>(SqliteStore.Open(Path.Combine(folder.FullName, "cvm.db"), cached));

    protected override async Task Close(IStore store)
    {
        await ((SqliteStore)store).DisposeAsync();
        folder.Delete(recursive: true);
    }
}

public sealed class SqliteStoreTests() : SqliteContract(cached: 4_096);

/// <summary>The same with so small a cache that nearly everything is read from the file.</summary>
public sealed class UncachedSqliteStoreTests() : SqliteContract(cached: 2);
