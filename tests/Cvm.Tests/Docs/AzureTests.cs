using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cvm.Tests;

/// <summary>What the Azure host's documents, settings and infrastructure say of each other. It holds on feeds that cannot build that host.</summary>
public sealed partial class AzureTests
{
    static readonly string Sample = File.ReadAllText(Repository.File("local.settings.sample.json"));
    static readonly string Docs = File.ReadAllText(Repository.File("docs/azure.md"));
    static readonly string Bicep = File.ReadAllText(Repository.File("infra/main.bicep"));

    static IEnumerable<string> Settings => JsonDocument.Parse(Sample).RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name);

    [Fact]
    public void Every_setting_of_the_sample_is_explained() =>
        Assert.All(Settings, name => Assert.Contains($"`{name}`", Docs));

    [Fact]
    public void Every_setting_that_the_infrastructure_makes_is_in_the_sample_or_the_platforms_own()
    {
        var made = SettingLine().Matches(Bicep).Select(match => match.Groups[1].Value).Distinct();

        Assert.All(made, name => Assert.True(
            Settings.Contains(name) || name.StartsWith("AzureWebJobsStorage__", StringComparison.Ordinal) || name.StartsWith("ServiceBus__", StringComparison.Ordinal)
                || name is "AZURE_CLIENT_ID" || name.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal) || name.StartsWith("OVERRIDE_", StringComparison.Ordinal),
            $"{name} is set by infra/main.bicep and by nothing else"));
    }

    [Fact]
    public void No_secret_is_in_the_sample_or_the_infrastructure()
    {
        Assert.DoesNotContain("AccountKey=", Sample + Bicep);
        Assert.DoesNotContain("SharedAccessKey", Sample + Bicep);
        Assert.All(["SendGrid__ApiKey", "Twilio__AuthToken", "Playbook__CodeKey", "Links__Key"], name => Assert.Contains($"{name}: '@Microsoft.KeyVault(", Bicep));
    }

    [Fact]
    public void Everything_that_runs_by_the_clock_is_explained()
    {
        var timers = Directory.EnumerateFiles(Repository.File("src/Cvm.Functions/Timers"), "*.cs").SelectMany(path => Timer().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("Watchdog", timers);
        Assert.All(timers, name => Assert.Contains($"`{name}`", Docs));
    }

    [Fact]
    public void The_login_lets_through_what_the_app_does()
    {
        var (app, told) = (File.ReadAllText(Repository.File("src/Cvm.Functions/Http/Access.cs")), File.ReadAllText(Repository.File("docs/deployment.md")));
        var open = app[app.IndexOf("static bool Open(", StringComparison.Ordinal)..app.IndexOf("static string[] Roles(", StringComparison.Ordinal)];
        var paths = Quoted().Matches(PublicPaths().Match(Bicep).Groups[1].Value).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(Regex.Matches(open, "\"(/[^\"]+)\"").Select(match => match.Groups[1].Value), paths.Select(path => path.Replace("/*", "", StringComparison.Ordinal)));
        Assert.All(paths.Except(["/app.css"]), path => Assert.Contains($"`{path}`", told));
    }

    [Fact]
    public void The_solution_lists_the_azure_host_and_never_builds_it()
    {
        var solution = File.ReadAllText(Repository.File("CvmFunctions.sln"));

        foreach (var name in new[] { "Cvm.Functions", "Cvm.Functions.Tests" })
        {
            var id = Regex.Match(solution, $"\"{Regex.Escape(name)}\", \"[^\"]+\", \"({{[^}}]+}})\"").Groups[1].Value;
            Assert.NotEqual("", id);
            Assert.Contains($"{id}.Debug|Any CPU.ActiveCfg", solution);
            Assert.DoesNotContain($"{id}.Debug|Any CPU.Build.0", solution);
            Assert.DoesNotContain($"{id}.Release|Any CPU.Build.0", solution);
        }
    }

    [GeneratedRegex(@"\[Function\(nameof\((\w+)\)\)\]\s[^;{]*\[TimerTrigger")]
    private static partial Regex Timer();

    [GeneratedRegex(@"^param publicPaths string\[\] = \[(.*)\]", RegexOptions.Multiline)]
    private static partial Regex PublicPaths();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^  ([A-Za-z]+_[A-Za-z_]+): ", RegexOptions.Multiline)]
    private static partial Regex SettingLine();
}
