namespace Cvm.Engine;

/// <summary>Reads senders.yaml: by what each kind of message leaves the house.</summary>
public static class SendersFile
{
    static readonly Field<Rate> RateOf = new(
        "rate",
        Shapes.Written<Rate>(Rate.TryParse, $"a rate of at most {Rate.Greatest}", "Write what the provider allows, like 10/s, 300/m, 5000/h or 500/d.", () => Shapes.Schema("string", "^[0-9]+/[smhd]$")),
        "What the provider allows.");

    static readonly Field<string> From = new(
        "from",
        Shapes.Written<string>((text, out from) => IsSender(from = text), "a sender", "Write it like hello@example.com or Shop <hello@example.com>.", () => Shapes.Schema("string")),
        "Who e-mails come from; the sender in policies.yaml where it is absent.");

    static readonly Shape<SenderPlan> Mailbox = Shapes.OneOf<SenderPlan>("a way to send", ("mailbox", new SenderPlan.Mailbox()));
    static readonly Shape<SenderPlan> Post = Shapes.OneOf<SenderPlan>("a way to send", ("mailbox", new SenderPlan.Mailbox()), ("post", new SenderPlan.Post()));

    /// <summary>The plan, or every mistake with its place.</summary>
    /// <param name="environment">Gives the value of an environment variable, null where there is none.</param>
    public static (SendersPlan? Plan, IReadOnlyList<Problem> Problems) Read(string path, string text, Func<string, string?> environment)
    {
        var problems = new List<Problem>();
        if (YamlTree.Read(path, text.ReplaceLineEndings("\n"), problems) is not { } node) return (null, problems);

        var reading = new Reading(Names.None, problems);
        var plan = FileIn(Path.GetDirectoryName(Path.GetFullPath(path))!).Read(EnvironmentText.Fill(node, environment, reading), reading);
        return problems.Count == 0 ? (plan, problems) : (null, [.. problems.OrderBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)]);
    }

    static Shape<SendersPlan> FileIn(string folder)
    {
        var eml = new Field<string>("eml", Shapes.Text, "A folder that each e-mail is written into, as a file.", required: true);
        var smtp = new Field<SenderPlan>("smtp", SmtpPart.Shape, "A mail server.", required: true);
        var gateway = new Field<SenderPlan>("gateway", GatewayPart.Shape, "An HTTP gateway for SMS.", required: true);
        var post = new Field<string>("post", Shapes.OneOf("how webhooks go", ("https", "https")), "Write https.", required: true);

        var byFile = Combining.Mapping("a folder of e-mails", [eml, From, RateOf], (v, _) => Common(v, new SenderPlan.Eml(Path.GetFullPath(v.Get(eml)!, folder))));
        var byServer = Combining.Mapping("a mail server", [smtp, From, RateOf], (v, _) => Common(v, v.Get(smtp)!));
        var mail = Mailbox.OrAtLength(Combining.Variants("a way to send", (eml, byFile), (smtp, byServer)));
        var bySms = Combining.Mapping("an SMS gateway", [gateway, RateOf], (v, _) => Common(v, v.Get(gateway)!));
        var byPost = Combining.Mapping("a way to call webhooks", [post, RateOf], (v, _) => Common(v, new SenderPlan.Post()));

        var email = new Field<SenderPlan>("email", mail, "By what e-mails go.");
        var sms = new Field<SenderPlan>("sms", Mailbox.OrAtLength(Combining.Variants("a way to send", (gateway, bySms))), "By what SMS go.");
        var staff = new Field<SenderPlan>("staff", mail, "By what notes to the team go; as e-mails where it is absent.");
        var webhook = new Field<SenderPlan>("webhook", Post.OrAtLength(byPost), "Whether webhooks are called.");

        return Combining.Mapping("the senders", [email, sms, staff, webhook], (v, _) => new SendersPlan(new (OutboxKind Kind, SenderPlan? Plan)[]
        {
            (OutboxKind.Email, v.Get(email)), (OutboxKind.Sms, v.Get(sms)), (OutboxKind.Staff, v.Get(staff) ?? v.Get(email)), (OutboxKind.Webhook, v.Get(webhook)),
        }.Where(one => one.Plan is not (null or SenderPlan.Mailbox)).ToImmutableSortedDictionary(one => one.Kind, one => one.Plan!)));
    }

    static SenderPlan Common(Values values, SenderPlan plan) => plan with { Rate = values.Get(RateOf), From = values.Get(From) };

    static bool IsSender(string text) => !text.Any(char.IsControl) && System.Net.Mail.MailAddress.TryCreate(text, out _);
}

/// <summary>Values in senders.yaml that stand in the environment, so that no secret need stand in the file.</summary>
static partial class EnvironmentText
{
    /// <summary>The same tree with every ${NAME} replaced.</summary>
    public static Node Fill(Node node, Func<string, string?> environment, Reading reading) => node switch
    {
        Node.Map map => map with { Entries = [.. map.Entries.Select(entry => entry with { Value = Fill(entry.Value, environment, reading) })] },
        Node.List list => list with { Items = [.. list.Items.Select(item => Fill(item, environment, reading))] },
        Node.Text text when text.Value.Contains("${", StringComparison.Ordinal) => text with { Value = Fill(text, environment, reading) },
        _ => node,
    };

    static string Fill(Node.Text text, Func<string, string?> environment, Reading reading)
    {
        if (Variable().Count(text.Value) != text.Value.Split("${").Length - 1) reading.Wrong(text.At, "'${' begins the name of an environment variable, and none follows.", "Write it like ${SMTP_PASSWORD}.");

        return Variable().Replace(text.Value, match =>
        {
            var name = match.Groups[1].Value;
            if (environment(name) is { Length: > 0 } value) return value;
            reading.Wrong(text.At, $"There is no environment variable {name}.", "Set it before you start, or write the value here.");
            return name;
        });
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial System.Text.RegularExpressions.Regex Variable();
}
