using System.Reflection;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cvm.Functions.Tests;

/// <summary>What the app is made of when it starts, on a laptop and on Azure; nothing of it is asked for its work.</summary>
public sealed class StartingTests
{
    static readonly Dictionary<string, string?> OnAzure = new()
    {
        ["AzureWebJobs.TakeSignal.Disabled"] = null,
        ["ServiceBus:fullyQualifiedNamespace"] = "cvm.servicebus.windows.net",
        ["Tables:Endpoint"] = "https://cvm.table.core.windows.net",
        ["Senders"] = "real",
        ["SendGrid:ApiKey"] = "SG.secret",
        ["Twilio:AccountSid"] = "AC" + new string('0', 32),
        ["Twilio:AuthToken"] = new string('0', 32),
        ["Twilio:MessagingServiceSid"] = "MG" + new string('0', 32),
    };

    // The classes whose methods the host calls.
    static readonly MethodInfo[] Functions = [.. typeof(Web).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    [Fact]
    public async Task Every_function_is_told_to_the_host()
    {
        var told = await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(AppContext.BaseDirectory);

        Assert.Equal(Functions.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name).Order(), told.Select(function => function.Name!).Order());
    }

    [Fact]
    public async Task With_the_sample_settings_everything_is_there_that_functions_need()
    {
        await using var services = Start([]);

        Assert.All(Owners(), owner => Assert.NotNull(ActivatorUtilities.CreateInstance(services, owner)));
        Assert.Null(services.GetService<SignalQueue>());
    }

    [Fact]
    public async Task With_the_settings_of_Azure_everything_is_there_that_functions_need()
    {
        await using var services = Start(OnAzure);

        Assert.All(Owners(), owner => Assert.NotNull(ActivatorUtilities.CreateInstance(services, owner)));
        Assert.NotNull(services.GetService<SignalQueue>());
        Assert.All(Enum.GetValues<OutboxKind>().Except([OutboxKind.Customer]), kind => Assert.Contains(kind, services.GetRequiredService<IReadOnlyDictionary<OutboxKind, ISender>>().Keys));
    }

    [Fact]
    public async Task Who_takes_from_the_queue_must_say_where_it_is()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Start(new() { ["AzureWebJobs.TakeSignal.Disabled"] = "false" }));
        await using var nameless = Start(new(OnAzure) { ["Signals:Queue"] = "" });

        Assert.Contains("ServiceBus__fullyQualifiedNamespace is missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Signals__Queue is missing", Assert.Throws<OptionsValidationException>(nameless.GetRequiredService<Website>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_cannot_be_one_is_named_before_the_first_message()
    {
        await using var services = Start(new(OnAzure) { ["Twilio:AuthToken"] = "token" });

        Assert.Contains("Twilio__AuthToken is too short", Assert.Throws<OptionsValidationException>(services.GetRequiredService<Website>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_of_the_log_names_the_path_of_a_request()
    {
        await using var services = Start(OnAzure);
        services.GetRequiredService<ILoggerFactory>().AddProvider(new Notes());
        var levels = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!["logging"]!["logLevel"]!.AsObject();

        Assert.False(services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information));
        Assert.True(services.GetRequiredService<ILoggerFactory>().CreateLogger("Cvm.Functions").IsEnabled(LogLevel.Information));
        Assert.All(["Microsoft.AspNetCore", "Microsoft.Azure.WebJobs.Script.WebHost.Middleware", "Yarp"], category => Assert.Equal("Warning", (string?)levels[category]));
    }

    static IEnumerable<Type> Owners() => Functions.Select(method => method.DeclaringType!).Distinct();

    /// <summary>The services of the app, with the sample settings but for these.</summary>
    internal static ServiceProvider Start(Dictionary<string, string?> changed, Action<IServiceCollection>? more = null)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")))!["Values"]!.AsObject();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(sample.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value)))
            .AddInMemoryCollection(changed).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddCvm(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
