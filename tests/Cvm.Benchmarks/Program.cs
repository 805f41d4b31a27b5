using System.Globalization;
using Cvm.Benchmarks;
using Cvm.Benchmarks.Checking;
using Cvm.Benchmarks.Http;
using Cvm.Benchmarks.Intake;
using Cvm.Benchmarks.Kernel;
using Cvm.Benchmarks.Pages;
using Cvm.Benchmarks.Pivoting;
using Cvm.Benchmarks.Rehearsing;
using Cvm.Benchmarks.Scores;
using Cvm.Benchmarks.Start;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

var customers = 1_000_000;
if (Array.IndexOf(args, "--customers") is >= 0 and var at)
{
    if (args.ElementAtOrDefault(at + 1) is not { } text || !int.TryParse(text, out customers) || customers < 1_000) return Wrong("--customers takes a whole number from 1000.");
    args = [.. args[..at], .. args[(at + 2)..]];
}

(string Name, Func<Task<IReadOnlyList<Row>>> Run)[] groups =
[
    ("kernel", KernelTurns.Run),
    ("check", () => Task.FromResult<IReadOnlyList<Row>>([CheckedPlaybook.Run()])),
    ("intake", EngineIntake.Run),
    ("csv", CdnowImport.Run),
    ("http", HttpIntake.Run),
    ("clv", LifetimeValues.Run),
    ("start", () => StartUp.Run(customers)),
    ("rehearsal", () => RehearsedYear.Run(Math.Min(customers, 100_000))),
    ("pivot", () => PivotQuestions.Run(customers)),
    ("pages", () => PageTimes.Run(Math.Min(customers, 100_000))),
    ("sweep", () => SweepNight.Run(customers)),
    ("rfm", async () => [.. await RfmFromCsv.Run(), StandingQuintiles.Run()]),
];

if (args.FirstOrDefault(name => !groups.Any(group => group.Name == name)) is { } unknown)
    return Wrong($"There is no benchmark '{unknown}'. Known: {string.Join(", ", groups.Select(group => group.Name))}.");

var rows = new List<Row>();
foreach (var group in groups)
{
    if (args.Length > 0 && !args.Contains(group.Name)) continue;
    Console.Error.WriteLine($"{group.Name} ...");
    rows.AddRange(await group.Run());
}

Table.Print(rows, Console.Out);
return 0;

static int Wrong(string what)
{
    Console.Error.WriteLine(what);
    return 2;
}
