using Cvm.Engine;

namespace Cvm.Tests.Senders;

public sealed class SendersFileTests
{
    static (SendersPlan? Plan, IReadOnlyList<Problem> Problems) Read(string text) =>
        SendersFile.Read("senders.yaml", text, name => name switch { "TOKEN" => "s3cret: #{}", "HOST" => "mail.example", _ => null });

    static SendersPlan Plan(string text)
    {
        var (plan, problems) = Read(text);
        Assert.Empty(problems);
        return plan!;
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("email: mailbox\nsms: mailbox\nstaff: mailbox\nwebhook: mailbox\n")]
    public void What_is_not_named_stays_in_the_mailbox(string text) => Assert.Empty(Plan(text).Kinds);

    [Fact]
    public void Everything_that_can_be_written_is_read()
    {
        var plan = Plan("""
            email:
              smtp: { host: "${HOST}", user: shop, password: "${TOKEN}" }
              from: Shop <hello@shop.example>
              rate: 10/s
            sms:
              gateway:
                url: https://sms.example/send
                headers: { Authorization: "Bearer ${TOKEN}" }
                body: { to: [ "{to}" ], text: { body: "{text}" }, id: "{key}" }
              rate: 1/s
            staff:
              eml: notes
            webhook: post
            """);

        var smtp = Assert.IsType<SenderPlan.Smtp>(plan.Kinds[OutboxKind.Email]);
        var gateway = Assert.IsType<SenderPlan.Gateway>(plan.Kinds[OutboxKind.Sms]);
        Assert.Equal(("mail.example", 587, SmtpTls.StartTls, "shop", "s3cret: #{}"), (smtp.Host, smtp.Port, smtp.Tls, smtp.User, smtp.Password));
        Assert.Equal((new Rate(10, TimeSpan.FromSeconds(1)), "Shop <hello@shop.example>"), (smtp.Rate, smtp.From));
        Assert.Equal(("Authorization", "Bearer s3cret: #{}"), Assert.Single(gateway.Headers));
        Assert.Equal("""{"to":["{to}"],"text":{"body":"{text}"},"id":"{key}"}""", gateway.Body.ToJsonString());
        Assert.Equal(Path.GetFullPath("notes"), Assert.IsType<SenderPlan.Eml>(plan.Kinds[OutboxKind.Staff]).Folder);
        Assert.IsType<SenderPlan.Post>(plan.Kinds[OutboxKind.Webhook]);
    }

    [Fact]
    public void Notes_to_the_team_go_as_e_mails_go_unless_they_are_named()
    {
        var together = Plan("email: { smtp: { host: mail.example, tls: tls } }");
        var apart = Plan("email: { smtp: { host: mail.example } }\nstaff: mailbox");

        Assert.Same(together.Kinds[OutboxKind.Email], together.Kinds[OutboxKind.Staff]);
        Assert.Equal(465, Assert.IsType<SenderPlan.Smtp>(together.Kinds[OutboxKind.Email]).Port);
        Assert.False(apart.Kinds.ContainsKey(OutboxKind.Staff));
    }

    [Theory]
    [InlineData("email: { smtp: { host: mail.example, user: shop, password: \"${PASSWORD}\" } }", "senders.yaml(1,60): There is no environment variable PASSWORD. Set it before you start, or write the value here.")]
    [InlineData("email: { smtp: { host: \"${HOST\" } }", "senders.yaml(1,24): '${' begins the name of an environment variable, and none follows. Write it like ${SMTP_PASSWORD}.")]
    [InlineData("email: { smtp: { host: mail.example, tls: none, user: shop, password: x } }", "senders.yaml(1,43): The password would travel in the clear. Write tls: starttls or tls: tls.")]
    [InlineData("email: { smtp: { host: mail.example, user: shop } }", "senders.yaml(1,16): 'user' and 'password' belong together. Write both, or neither.")]
    [InlineData("email: { smtp: { host: mail.example, prot: 25 } }", "senders.yaml(1,38): There is no 'prot' in a mail server. Did you mean 'port'?")]
    [InlineData("email: { smpt: { host: mail.example } }", "senders.yaml(1,10): There is no 'smpt' in a way to send. Did you mean 'smtp'?")]
    [InlineData("email: { smtp: { host: a }, eml: b }", "senders.yaml(1,8): 'eml' and 'smtp' cannot stand together in a way to send. Keep one of them.")]
    [InlineData("email: { eml: b, rate: 10 per second }", "senders.yaml(1,24): '10 per second' is not a rate of at most 100000. Write what the provider allows, like 10/s, 300/m, 5000/h or 500/d.")]
    [InlineData("email: { eml: b, from: nobody }", "senders.yaml(1,24): 'nobody' is not a sender. Write it like hello@example.com or Shop <hello@example.com>.")]
    [InlineData("emial: mailbox", "senders.yaml(1,1): There is no 'emial' in the senders. Did you mean 'email'?")]
    [InlineData("email: mailbocks", "senders.yaml(1,8): 'mailbocks' is not a way to send. Did you mean 'mailbox'?")]
    [InlineData("sms: { gateway: { url: \"http://sms.example/send\" } }", "senders.yaml(1,24): 'http://sms.example/send' is not an https address. Write it like https://sms.example.com/send.")]
    [InlineData("sms: { gateway: { url: \"https://a.example\", body: { to: \"{to}\" } } }", "senders.yaml(1,51): '{text}' is missing in the body. Write \"{text}\" where the gateway expects it.")]
    [InlineData("sms: { gateway: { url: \"https://a.example\", body: { a: \"{to}{txet}{text}\" } } }", "senders.yaml(1,56): There is no '{txet}' to put here. Did you mean 'text'?")]
    [InlineData("sms: { gateway: { url: \"https://a.example\", headers: { \"a b\": c } } }", "senders.yaml(1,56): 'a b' is not the name of a header.")]
    [InlineData("sms: { gateway: { url: \"https://a.example\", headers: { a: \"b\\r\\nc: d\" } } }", "senders.yaml(1,59): This value holds characters that a header cannot carry. Keep to one line of plain letters, digits and signs.")]
    [InlineData("webhook: { post: http }", "senders.yaml(1,18): 'http' is not how webhooks go. Did you mean 'https'?")]
    [InlineData("email: [ mailbox", "senders.yaml(2,1): This is not valid YAML:")]
    public void A_mistake_is_told_with_its_place_and_its_mending(string text, string expected)
    {
        var (plan, problems) = Read(text);

        Assert.Null(plan);
        Assert.StartsWith(expected, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_ever_quoted()
    {
        var (_, problems) = Read("""
            email: { smtp: { host: mail.example, user: [ "${TOKEN}" ], password: { a: "${TOKEN}" } } }
            sms: { gateway: { url: "https://a.example", headers: { a: "${TOKEN}\n" } } }
            """);

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.DoesNotContain("s3cret", problem.ToString()));
    }
}
