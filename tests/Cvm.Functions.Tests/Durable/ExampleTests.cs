using Cvm.Engine;
using Microsoft.DurableTask;

namespace Cvm.Functions.Tests;

/// <summary>Every example of every shipped journey says the same through Durable orchestrations as it does on the local host.</summary>
public sealed class ExampleTests
{
    static readonly string Journeys = Path.Combine(AppContext.BaseDirectory, "Playbook", "journeys");

    static readonly Lazy<LoadedPlaybook> Shipped = new(() => PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook")));

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Journeys, "*.yaml", SearchOption.AllDirectories).Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "examples")
            .Select(path => Path.GetRelativePath(Journeys, path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_through_orchestrations_reads_as_expected(string path)
    {
        var (example, live, clock) = Read(path);
        var store = new MemoryStore();
        var mailbox = new MemoryMailbox(store, clock);
        await using var stage = await DurableStage.Open(store, live, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)mailbox));

        var transcript = await ExampleRun.Transcript(example, live, store, store, store, stage.Play, default);

        Assert.Equal(Expected(path), transcript);
    }

    [NeedsAzuriteTheory, MemberData(nameof(Examples))]
    public async Task And_so_it_does_with_table_storage(string path)
    {
        var (example, live, clock) = Read(path);
        await using var opened = await Opened.New();
        var store = opened.Store;
        var mailbox = new MailboxSender(store, clock);
        await using var stage = await DurableStage.Open(store, live, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)mailbox));

        var transcript = await ExampleRun.Transcript(example, live, store, store, store, stage.Play, default);

        Assert.Equal(Expected(path), transcript);
    }

    static (Example Example, LoadedPlaybook Live, VirtualTime Clock) Read(string path)
    {
        var (example, problems) = ExampleFile.Read(path, File.ReadAllText(Path.Combine(Journeys, path)), path.Split(Path.DirectorySeparatorChar)[0], Shipped.Value.Playbook);
        Assert.Empty(problems);
        return (example!, ExampleRun.Live(example!, Shipped.Value), new(ExampleRun.Start(example!)));
    }

    static string Expected(string path) => File.ReadAllText(Path.Combine(Journeys, Path.ChangeExtension(path, ".expected.txt"))).ReplaceLineEndings("\n");
}
