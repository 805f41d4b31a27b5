using System.Text;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Cvm.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cvm.Functions;

/// <summary>What the functions are made of.</summary>
public static class Services
{
    const string TriggerOff = "AzureWebJobs:TakeSignal:Disabled", TriggerOffFlat = "AzureWebJobs.TakeSignal.Disabled";

    public static IServiceCollection AddCvm(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System).AddHttpContextAccessor();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)); // a line for each request would name its path, and a link's path is its secret
        services.AddOptions<TablesSettings>().BindConfiguration("Tables").ValidateOnStart();
        services.AddOptions<PlaybookSettings>().BindConfiguration("Playbook").ValidateOnStart();
        services.AddOptions<SiteSettings>().BindConfiguration("Site").ValidateOnStart();
        services.AddOptions<LinksSettings>().BindConfiguration("Links").ValidateOnStart();
        services.AddSingleton<IValidateOptions<LinksSettings>, LinksCheck>().AddSingleton(LinksOf).AddHostedService<PauseWatch>();
        services.AddSingleton<IValidateOptions<TablesSettings>, TablesCheck>().AddSingleton<IValidateOptions<PlaybookSettings>, PlaybookCheck>().AddSingleton<IValidateOptions<SiteSettings>, SiteCheck>();

        services.AddSingleton<TokenCredential>(new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"] ?? configuration["ServiceBus:clientId"] }));
        services.AddSingleton(provider => TablesOf(provider.GetRequiredService<IOptions<TablesSettings>>().Value, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<TableStore>().AddSingleton<Opening>();
        services.AddSingleton<Func<LoadedPlaybook>>(provider => () => provider.GetRequiredService<Opening>().Playbook);
        services.AddSingleton(provider => new Desk(
            provider.GetRequiredService<TableStore>(), provider.GetRequiredService<TableStore>(), provider.GetRequiredService<TableStore>(), provider.GetRequiredService<Func<LoadedPlaybook>>(),
            provider.GetRequiredService<IReadOnlyDictionary<OutboxKind, ISender>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TableStore>(), provider.GetRequiredService<Winners>(), () => provider.GetRequiredService<Opening>().Live));
        services.AddSingleton(provider => new Winners(
            provider.GetRequiredService<TableStore>(), provider.GetRequiredService<TableStore>(), provider.GetRequiredService<Func<LoadedPlaybook>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Opening>().Follow));

        services.AddSenders(configuration["Senders"]);
        services.AddIntake(configuration);
        services.AddSingleton(Access.FromEnvironment());
        return services.AddSingleton(Website);
    }

    static SignedLinks LinksOf(IServiceProvider provider) => new(
        Encoding.UTF8.GetBytes(provider.GetRequiredService<IOptions<LinksSettings>>().Value.Key), new(provider.GetRequiredService<IOptions<SiteSettings>>().Value.Address));

    static TableSet TablesOf(TablesSettings settings, TokenCredential identity)
    {
        var options = new TableClientOptions { Retry = { Mode = RetryMode.Exponential, MaxRetries = 8, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(20) } };
        var service = Uri.TryCreate(settings.Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps
            ? new TableServiceClient(endpoint, identity, options)
            : new TableServiceClient(settings.Endpoint, options);
        return new(service, settings.Prefix);
    }

    static void AddSenders(this IServiceCollection services, string? which)
    {
        switch (which)
        {
            case null or "" or "mailbox":
                services.AddSingleton<IReadOnlyDictionary<OutboxKind, ISender>>(provider =>
                {
                    var mailbox = new MailboxSender(provider.GetRequiredService<TableStore>(), provider.GetRequiredService<TimeProvider>());
                    return Enum.GetValues<OutboxKind>().Where(kind => kind != OutboxKind.Customer).ToDictionary(kind => kind, _ => (ISender)mailbox);
                });
                break;
            case "real":
                services.AddRealSenders();
                break;
            default:
                throw new InvalidOperationException($"Senders is '{which}'. Set it to mailbox, where nothing leaves the app, or to real.");
        }
    }

    static void AddRealSenders(this IServiceCollection services)
    {
        services.AddOptions<SendGridSettings>().BindConfiguration("SendGrid").ValidateOnStart();
        services.AddOptions<TwilioSettings>().BindConfiguration("Twilio").ValidateOnStart();
        services.AddSingleton<IValidateOptions<SendGridSettings>, SendGridCheck>().AddSingleton<IValidateOptions<TwilioSettings>, TwilioCheck>();
        services.AddSingleton<IReadOnlyDictionary<OutboxKind, ISender>>(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            var seal = new ReportSeal([.. Encoding.UTF8.GetBytes(provider.GetRequiredService<IOptions<PlaybookSettings>>().Value.CodeKey)]);
            var (sendGrid, twilio) = (provider.GetRequiredService<IOptions<SendGridSettings>>().Value, provider.GetRequiredService<IOptions<TwilioSettings>>().Value);
            var email = new GuardedSender("SendGrid", new SendGridSender(SenderHttp.NewClient(), sendGrid, clock, seal), RateOf(sendGrid.Rate), clock);
            var sms = new GuardedSender("Twilio", new TwilioSender(SenderHttp.NewClient(), twilio, clock, seal), RateOf(twilio.Rate), clock);
            var webhooks = new GuardedSender("webhooks", new WebhookSender(SenderHttp.NewClient(), clock), null, clock);
            return new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = email, [OutboxKind.Staff] = email, [OutboxKind.Sms] = sms, [OutboxKind.Webhook] = webhooks };
        });
    }

    static Rate? RateOf(string setting) => Rate.TryParse(setting, out var rate) ? rate : null;

    static void AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TakingAtOnce>().AddSingleton<MergingAtOnce>();
        services.AddSingleton<TakeSignals>(provider => provider.GetService<SignalQueue>() is { } queue ? queue.Post : provider.GetRequiredService<TakingAtOnce>().Take);
        services.AddSingleton(provider => new Issues(provider.GetRequiredService<TableStore>(), provider.GetRequiredService<TakeSignals>(), provider.GetRequiredService<TimeProvider>()));
        if (IsTrue(configuration[TriggerOff]) || IsTrue(configuration[TriggerOffFlat])) return;

        services.AddOptions<SignalsSettings>().BindConfiguration("Signals").ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignalsSettings>, SignalsCheck>();
        var space = configuration["ServiceBus:fullyQualifiedNamespace"];
        var connection = configuration["ServiceBus"];
        if (string.IsNullOrEmpty(space) && string.IsNullOrEmpty(connection))
            throw new InvalidOperationException("ServiceBus__fullyQualifiedNamespace is missing. Set it to NAME.servicebus.windows.net, or AzureWebJobs.TakeSignal.Disabled to true on a laptop.");

        services.AddSingleton(provider => string.IsNullOrEmpty(space) ? new ServiceBusClient(connection) : new ServiceBusClient(space, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => new SignalQueue(provider.GetRequiredService<ServiceBusClient>().CreateSender(provider.GetRequiredService<IOptions<SignalsSettings>>().Value.Queue)));
    }

    static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) || value == "1";

    static Website Website(IServiceProvider provider)
    {
        var take = provider.GetRequiredService<TakeSignals>();
        var (store, playbook, clock) = (provider.GetRequiredService<TableStore>(), provider.GetRequiredService<Func<LoadedPlaybook>>(), provider.GetRequiredService<TimeProvider>());
        return new(
            services => services
                .AddSingleton<IStore>(store).AddSingleton<IRecords>(store).AddSingleton<IMailbox>(store).AddSingleton<IMemo>(store).AddSingleton<IPeople>(store).AddSingleton<IPortraits>(store)
                .AddSingleton(clock)
                .AddSingleton(provider.GetRequiredService<SignedLinks>())
                .AddSingleton(new Pauses(store, clock, provider.GetRequiredService<Opening>().Follow))
                .AddSingleton(provider.GetRequiredService<Winners>())
                .AddSingleton(_ => provider.GetRequiredService<Opening>().Live)
                .AddSingleton(_ => new Publisher(store, store, provider.GetRequiredService<Opening>().Live, clock))
                .AddSingleton(new Forgetting(store, store, playbook, provider.GetRequiredService<Issues>()))
                .AddSingleton<MergeCustomers>(provider.GetRequiredService<MergingAtOnce>().Run)
                .AddSingleton(WebhooksOf(provider))
                .AddSingleton(provider.GetRequiredService<IReadOnlyDictionary<OutboxKind, ISender>>())
                .AddSingleton(playbook),
            provider.GetRequiredService<Access>(), HostsOf(provider), provider.GetRequiredService<ILoggerFactory>(), take, provider.GetRequiredService<TakingAtOnce>().Take);
    }

    // Providers call the name that people see; where no sender is real, no provider reports.
    static WebhookSettings WebhooksOf(IServiceProvider provider)
    {
        var site = provider.GetRequiredService<IOptions<SiteSettings>>().Value;
        var configuration = provider.GetRequiredService<IConfiguration>();
        var real = configuration["Senders"] == "real";
        return new()
        {
            SendGridPublicKey = real ? provider.GetRequiredService<IOptions<SendGridSettings>>().Value.WebhookKey : "",
            TwilioAuthToken = real ? provider.GetRequiredService<IOptions<TwilioSettings>>().Value.AuthToken : "",
            TwilioAnswersKeywords = !real || provider.GetRequiredService<IOptions<TwilioSettings>>().Value.AnswersKeywords,
            PublicAddress = new(site.Address),
        };
    }

    // The name that Azure gave the app, and the one that people see.
    static string[] HostsOf(IServiceProvider provider) =>
    [
        .. new[] { provider.GetRequiredService<IConfiguration>()["WEBSITE_HOSTNAME"], provider.GetRequiredService<IOptions<SiteSettings>>().Value.Host, provider.GetRequiredService<SignedLinks>().Site.Host }
            .Where(name => !string.IsNullOrEmpty(name)).Select(name => new HostString(name!).Host),
    ];
}
