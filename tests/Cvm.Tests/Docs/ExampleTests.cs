using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Every example of every shipped journey gives the transcript that lies beside it.</summary>
public sealed class ExampleTests
{
    static readonly Lazy<LoadedPlaybook> Shipped = new(() =>
    {
        var sources = PlaybookFolder.Load(Repository.File("src/Playbook"));
        var (templates, problems) = MessageTemplates.Load(sources.Templates, sources.Policies, null, sources.Products);
        Assert.Empty(sources.Problems.Concat(problems));
        return new(sources.Playbook!, templates, sources.Texts);
    });

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Repository.File("src/Playbook/journeys"), "*.yaml", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "examples")
            .Select(path => Path.GetRelativePath(Repository.File("src/Playbook/journeys"), path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_plays_as_expected(string path)
    {
        var file = Path.Combine(Repository.File("src/Playbook/journeys"), path);
        var (example, problems) = ExampleFile.Read(path, await File.ReadAllTextAsync(file), path.Split(Path.DirectorySeparatorChar)[0], Shipped.Value.Playbook);
        Assert.Empty(problems);

        var transcript = await ExampleRun.Transcript(example!, Shipped.Value, default);

        Golden.Check(Path.ChangeExtension(file, ".expected.txt"), transcript);
    }

    [Theory]
    [InlineData("signals:\n  - 2027-03-02 12:00: { opened: never-sent }", "there is no such message")]
    public async Task What_an_example_speaks_of_must_be_there(string signals, string problem)
    {
        var (example, _) = ExampleFile.Read("x", $"example: x\nfrom: 2027-03-01\nuntil: 2027-03-05\ncustomer: {{ id: a }}\n{signals}", null, Shipped.Value.Playbook);

        var said = await Assert.ThrowsAsync<ExampleProblem>(() => ExampleRun.Transcript(example!, Shipped.Value, default));

        Assert.Contains(problem, said.Message);
    }

    [Fact]
    public void A_broken_example_says_where_and_how_to_mend_it()
    {
        const string broken = """
            exampel: Misspelt
            from: 2027-03-10
            until: 2027-03-01
            customer: { id: ann, birthdy: 1990-01-02, zone: Europe/Berlin }
            signals:
              - 2027-03-02 12:00: { orders: { id: o1 } }
              - tomorrow: { order: { id: o1, amount: x } }
            """;

        var (example, problems) = ExampleFile.Read("broken.yaml", broken, null, Shipped.Value.Playbook);

        Assert.Null(example);
        Assert.Contains(problems, problem => problem.ToString() == "broken.yaml(1,1): There is no 'exampel' in an example. Did you mean 'example'?");
        Assert.Contains(problems, problem => problem.What == "The example ends before it begins.");
        Assert.Contains(problems, problem => problem.ToString().Contains("'birthdy'") && problem.Fix == "Did you mean 'birthday'?");
    }
}
