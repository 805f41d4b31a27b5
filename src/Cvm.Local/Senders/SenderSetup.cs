using MimeKit;

namespace Cvm.Local;

/// <summary>The ways out of the house, as senders.yaml describes them.</summary>
static class SenderSetup
{
    /// <summary>The file in the data folder that is read where no other is named.</summary>
    public const string FileName = "senders.yaml";

    static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(60);

    /// <summary>What the file says; the mailbox for everything where there is none and none was named.</summary>
    public static SendersPlan Read(string data, string? named)
    {
        var path = named ?? Path.Combine(data, FileName);
        if (named is null && !File.Exists(path)) return SendersPlan.Mailbox;

        try
        {
            var (plan, problems) = SendersFile.Read(path, File.ReadAllText(path), Environment.GetEnvironmentVariable);
            return plan ?? throw new SenderProblems(problems);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{path}' cannot be read: {unreadable.Message} Mend that, or name another file with --senders.", unreadable);
        }
    }

    /// <summary>A sender for each kind. Kinds with the same way share it, and its rate.</summary>
    public static IReadOnlyDictionary<OutboxKind, ISender> Make(SendersPlan plan, ISender mailbox, Policies policies, TimeProvider clock)
    {
        var made = new Dictionary<SenderPlan, ISender>(ReferenceEqualityComparer.Instance);
        return Enum.GetValues<OutboxKind>().Where(kind => kind != OutboxKind.Customer).ToDictionary(kind => kind, kind => plan.Kinds.TryGetValue(kind, out var way) ? Once(way) : mailbox);

        ISender Once(SenderPlan way) => made.TryGetValue(way, out var sender) ? sender
            : made[way] = new GuardedSender(Name(way), Make(way, policies, clock), way.Rate, clock);
    }

    /// <summary>What it sends by, for people.</summary>
    public static string Name(SenderPlan way) => way switch
    {
        SenderPlan.Smtp smtp => smtp.Host,
        SenderPlan.Eml eml => eml.Folder,
        SenderPlan.Gateway gateway => gateway.Url.Host,
        SenderPlan.Post => "the addresses in the journeys",
        _ => "the mailbox",
    };

    /// <summary>What leaves the house, one sentence for each kind.</summary>
    public static IEnumerable<string> Sentences(SendersPlan plan) =>
        plan.Kinds.Select(pair => $"{Web.Words.Plural(pair.Key)} go out by {Name(pair.Value)}{(pair.Value.Rate is { } rate ? $", {rate} at most" : "")}.");

    static ISender Make(SenderPlan way, Policies policies, TimeProvider clock) => way switch
    {
        SenderPlan.Smtp smtp => new SmtpSender(smtp, Sender(way, policies), clock, MailPatience),
        SenderPlan.Eml eml => new EmlSender(eml.Folder, Sender(way, policies), clock),
        SenderPlan.Gateway gateway => new SmsGateway(SenderHttp.NewClient(), gateway, clock),
        SenderPlan.Post => new WebhookSender(SenderHttp.NewClient(), clock),
        _ => throw new InvalidOperationException($"Nobody knows how to send by {way}."),
    };

    static MailboxAddress Sender(SenderPlan way, Policies policies) => way.From is { } from ? MailboxAddress.Parse(from) : new(policies.Sender, policies.SenderAddress);
}

/// <summary>Mistakes in senders.yaml, all of them.</summary>
sealed class SenderProblems(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
