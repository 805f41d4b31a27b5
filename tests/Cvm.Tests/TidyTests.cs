using System.Reflection;
using System.Text.RegularExpressions;

namespace Cvm.Tests;

/// <summary>House rules, because a rule in a document is a wish.</summary>
public sealed partial class TidyTests
{
    const int MostLines = 300;

    static IEnumerable<(string Path, string[] Lines)> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Select(path => (Path.GetRelativePath(Repository.File("."), path), File.ReadAllLines(path)));

    [Fact]
    public void No_file_is_longer_than_anybody_reads()
    {
        var long_ = Sources("src", "tests").Where(file => file.Lines.Length > MostLines).Select(file => $"{file.Path}: {file.Lines.Length}");

        Assert.Empty(long_);
    }

    [Fact]
    public void Nothing_is_left_open_or_folded_away()
    {
        var open = Sources("src", "tests").Where(file => !file.Path.EndsWith("TidyTests.cs", StringComparison.Ordinal))
            .SelectMany(file => file.Lines.Where(line => LeftOpen().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}"));

        Assert.Empty(open);
    }

    [Fact]
    public void Public_types_of_core_and_engine_say_what_they_promise()
    {
        var silent = new List<string>();
        foreach (var (path, lines) in Sources("src/Cvm.Core", "src/Cvm.Engine"))
            for (var i = 0; i < lines.Length; i++)
                if (PublicType().IsMatch(lines[i]) && !Documented(lines, i)) silent.Add($"{path}({i + 1}): {lines[i].Trim()}");

        Assert.Empty(silent);
    }

    static bool Documented(string[] lines, int at)
    {
        while (at > 0 && lines[at - 1].StartsWith('[')) at--;
        return at > 0 && lines[at - 1].StartsWith("///", StringComparison.Ordinal);
    }

    [Fact]
    public void The_core_waits_for_nothing_and_needs_nothing()
    {
        var core = typeof(Kernel).Assembly;
        var waiting = core.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal));
        var needed = core.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal));

        Assert.Empty(waiting);
        Assert.Empty(needed);
    }

    [Fact]
    public void Hosts_and_layers_know_only_what_they_may()
    {
        string[] References(string project) => [.. ProjectReference().Matches(File.ReadAllText(Repository.File($"src/{project}/{project}.csproj"))).Select(match => match.Groups[1].Value)];

        Assert.Empty(References("Cvm.Core"));
        Assert.Equal(["Cvm.Core"], References("Cvm.Engine"));
        Assert.Equal(["Cvm.Engine"], References("Cvm.Web"));
        Assert.Equal(["Cvm.Web"], References("Cvm.Local"));
    }

    [GeneratedRegex(@"#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|Thread\.Sleep|\[(Fact|Theory)\(Skip")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"^public .*\b(class|struct|record|interface|enum)\b")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*?(Cvm\.\w+)\.csproj""")]
    private static partial Regex ProjectReference();
}
