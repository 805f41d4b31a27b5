using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Intake;

/// <summary>The real orders of CDNOW from their CSV file through the real engine into the real store, beside reading and checking the same rows.</summary>
static class CdnowImport
{
    const int Rounds = 3;

    public static async Task<IReadOnlyList<Row>> Run()
    {
        const string what = "CSV import, CDNOW: rows a second";
        if (Find() is not { } path) return [new(what, "skipped: no ../shared/data/cdnow-orders.csv")];

        Measure.ForgetPeak();
        var (imports, reads) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var read = await Read(path);
            var import = await Import(path);
            if (round == 0) continue; // warming up
            imports.Add(import);
            reads.Add(read);
        }

        var (figure, floor) = (Measure.Median(imports), Measure.Median(reads));
        return [new(what, $"{figure:N0}") { Floor = $"{floor:N0}, reading and checking only", Ratio = $"{figure / floor:N2}", Peak = Measure.Peak() }];
    }

    static Task<double> Import(string path) => Measure.InNewFolder(async folder =>
    {
        await using var store = SqliteStore.Open(Path.Combine(folder, "cvm.db"));
        var engine = new CustomerEngine(store, () => Measure.Playbook, new Dictionary<OutboxKind, ISender>(), TimeProvider.System);
        return await RowsPerSecond(path, engine.Take);
    });

    static Task<double> Read(string path) => RowsPerSecond(path, static (signals, _) => Task.FromResult(new Taking[signals.Count]));

    static async Task<double> RowsPerSecond(string path, TakeSignals take)
    {
        var job = new ImportJob
        {
            Kind = ImportKind.Orders,
            Path = path,
            Quarantine = Path.Combine(Path.GetTempPath(), "cdnow.quarantine.csv"),
            Playbook = Measure.Playbook.Playbook,
            Clock = TimeProvider.System,
        };
        var result = await CsvImport.Run(job, take, static _ => { }, CancellationToken.None);
        return result.Problem is { } problem ? throw new InvalidOperationException(problem.ToString()) : result.Rows / result.Took.TotalSeconds;
    }

    static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "cdnow-orders.csv");
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
