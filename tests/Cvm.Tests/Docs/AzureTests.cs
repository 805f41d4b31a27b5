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

    [GeneratedRegex(@"^  ([A-Za-z]+_[A-Za-z_]+): ", RegexOptions.Multiline)]
    private static partial Regex SettingLine();
}
