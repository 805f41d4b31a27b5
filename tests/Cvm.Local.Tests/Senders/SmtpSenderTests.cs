using System.Text;
using Cvm.Engine;
using Cvm.Tests;
using MimeKit;

namespace Cvm.Local.Tests;

public sealed class SmtpSenderTests : ProviderContract
{
    static readonly MailboxAddress Shop = new("王 Shop", "hello@shop.example");

    FakeMailServer Server { get; } = new();

    protected override OutboxKind Kind => OutboxKind.Email;

    protected override int Handed => Server.Letters.Count;

    protected override Task<ISender> Make(TimeProvider clock) => Task.FromResult<ISender>(Sending(SmtpTls.None));

    protected override async Task<IReadOnlyList<string>> Arrived() => [.. (await Task.WhenAll(Server.Letters.Select(Parsed))).Select(letter => letter.TextBody!)];

    protected override Task Close() => Server.DisposeAsync().AsTask();

    protected override void Be(Mood mood)
    {
        if (mood == Mood.NoConnection) Server.Close();
        if (mood == Mood.Silent) BeImpatient();
        Server.Trouble = mood switch
        {
            Mood.Refuses => new(Stage.To, "550 5.7.1 the address is not one"),
            Mood.Busy => new(Stage.From, "421 4.7.0 too many at once"),
            Mood.OutOfOrder => new(Stage.End, "451 4.3.0 disk full"),
            Mood.KnowsUsNot => new(Stage.From, "530 5.7.0 log in first"),
            Mood.Silent => new(Stage.End, Trouble.Silence),
            Mood.Cuts => new(Stage.End, Trouble.Cut),
            Mood.CutsWithinAnswer => new(Stage.End, Trouble.Half),
            _ => Trouble.None,
        };
    }

    void BeImpatient() => Use(Sending(SmtpTls.None, patience: Impatient));

    SmtpSender Sending(SmtpTls tls, string? user = null, bool trusting = false, TimeSpan? patience = null) =>
        new(new("127.0.0.1", Server.Port, tls, user, user is null ? null : "secret"), Shop, Clock, patience ?? Patient, trusting ? (_, certificate, _, _) => certificate?.GetCertHashString() == Server.Certificate?.GetCertHashString() : null);

    static async Task<MimeMessage> Parsed(string letter) => await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(letter)));

    [Fact]
    public async Task A_letter_has_both_parts_our_id_the_clocks_date_and_the_headers_to_unsubscribe()
    {
        await Sender.Send(Message(), default);
        await Sender.Send(Message(), default);

        var letters = await Task.WhenAll(Server.Letters.Select(Parsed));
        var letter = letters[0];
        Assert.Equal("multipart/alternative", letter.Body!.ContentType.MimeType);
        Assert.Equal(["text/plain", "text/html"], ((Multipart)letter.Body!).Select(part => part.ContentType.MimeType));
        Assert.Equal(("Hello Ann 王", "<p>Hello 王</p>", "A wish for 王芳"), (letter.TextBody!.Trim(), letter.HtmlBody!.Trim(), letter.Subject));
        Assert.Equal(("\"王 Shop\" <hello@shop.example>", "ann@example.com", Noon), (letter.From.ToString(), letter.To.ToString(), letter.Date));
        Assert.Equal(("<https://x.example/u>", "List-Unsubscribe=One-Click"), (letter.Headers["List-Unsubscribe"], letter.Headers["List-Unsubscribe-Post"]));
        Assert.Matches("^[0-9a-f]{40}@shop.example$", letter.MessageId);
        Assert.Equal(letter.MessageId, letters[1].MessageId);
        Assert.DoesNotContain("ann/1", Server.Letters[0]);
    }

    public static TheoryData<Stage, string> BeforeTheLetter
    {
        get
        {
            var all = new TheoryData<Stage, string>();
            foreach (var stage in new[] { Stage.Greeting, Stage.Hello, Stage.From, Stage.To, Stage.Data })
                foreach (var what in new[] { Trouble.Silence, Trouble.Cut, Trouble.Half, "rubbish", "421 4.3.2 closing" }) all.Add(stage, what);
            return all;
        }
    }

    [Theory, MemberData(nameof(BeforeTheLetter))]
    public async Task Whatever_goes_wrong_before_the_letter_is_on_its_way_it_goes_later(Stage stage, string what)
    {
        if (what == Trouble.Silence) BeImpatient();
        Server.Trouble = new(stage, what);

        var later = Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));

        Assert.StartsWith("127.0.0.1", later.Reason, StringComparison.Ordinal);
        Assert.False(later.OnlyThis);
        Assert.Empty(Server.Letters);
    }

    [Theory]
    [InlineData(Stage.To, "550 5.1.1 no such user", true)]
    [InlineData(Stage.To, "553 5.1.3 no such syntax", true)]
    [InlineData(Stage.End, "550 5.1.10 takes no mail", true)]
    [InlineData(Stage.To, "550 5.7.1 policy", false)]
    [InlineData(Stage.To, "552 5.2.2 mailbox full", false)]
    [InlineData(Stage.To, "550 no such user 5.1.1.2000", false)]
    [InlineData(Stage.Data, "554 5.5.1 no valid recipients", false)]
    [InlineData(Stage.End, "554 5.6.0 looks like spam", false)]
    public async Task Refused_for_good_and_the_address_stopped_where_it_is_the_addresss_fault(Stage stage, string answer, bool suppress)
    {
        Server.Trouble = new(stage, answer);

        var refused = Assert.IsType<Delivery.Refused>(await Sender.Send(Message(), default));

        Assert.Equal(suppress, refused.Suppress);
        Assert.Contains(answer[4..], refused.Reason);
    }

    [Theory]
    [InlineData(Stage.To, "450 4.2.0 greylisted, come again", true)]
    [InlineData(Stage.To, "452 4.2.2 mailbox full", true)]
    [InlineData(Stage.End, "452 4.3.1 disk full", false)]
    [InlineData(Stage.Greeting, "554 5.7.1 you are on a list", false)]
    [InlineData(Stage.From, "550 5.7.1 you may not send as that", false)]
    [InlineData(Stage.To, "550 5.1.8 bad sender", false)]
    public async Task Later_and_others_may_go_where_it_is_about_this_recipient_alone(Stage stage, string answer, bool onlyThis)
    {
        Server.Trouble = new(stage, answer);

        Assert.Equal(onlyThis, Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).OnlyThis);
    }

    [Theory]
    [InlineData(Trouble.Silence)]
    [InlineData(Trouble.Cut)]
    [InlineData("500 what")]
    public async Task Accepted_is_accepted_however_the_server_says_goodbye(string goodbye)
    {
        Server.Trouble = new(Stage.Goodbye, goodbye);

        Assert.Contains("4711", Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default)).ProviderId);
    }

    [Theory]
    [InlineData(SmtpTls.StartTls)]
    [InlineData(SmtpTls.Tls)]
    public async Task In_secret_the_login_and_the_letter_go_out(SmtpTls tls)
    {
        (Server.Certificate, Server.SecretFromTheStart) = (FakeMailServer.NewCertificate(), tls == SmtpTls.Tls);

        var delivery = await Sending(tls, "shop", trusting: true).Send(Message(), default);

        Assert.IsType<Delivery.Accepted>(delivery);
        Assert.Contains(Server.Said, command => command.StartsWith("AUTH PLAIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_starttls_is_taken_away_nothing_is_said_in_the_clear()
    {
        (Server.Certificate, Server.Stripped) = (FakeMailServer.NewCertificate(), true);

        var later = Assert.IsType<Delivery.TryLater>(await Sending(SmtpTls.StartTls, "shop", trusting: true).Send(Message(), default));

        Assert.Contains("no secure connection", later.Reason);
        Assert.DoesNotContain(Server.Said, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SmtpTls.StartTls)]
    [InlineData(SmtpTls.Tls)]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_letter(SmtpTls tls)
    {
        (Server.Certificate, Server.SecretFromTheStart) = (FakeMailServer.NewCertificate(), tls == SmtpTls.Tls);

        var later = Assert.IsType<Delivery.TryLater>(await Sending(tls, "shop").Send(Message(), default));

        Assert.Contains("no secure connection", later.Reason);
        Assert.DoesNotContain(Server.Said, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_that_is_refused_is_told_as_one_and_costs_no_message()
    {
        (Server.Certificate, Server.Trouble) = (FakeMailServer.NewCertificate(), new(Stage.Login, "535 5.7.8 wrong password"));

        var later = Assert.IsType<Delivery.TryLater>(await Sending(SmtpTls.StartTls, "shop", trusting: true).Send(Message(), default));

        Assert.Contains("the login was refused", later.Reason);
    }

    [Fact]
    public async Task What_is_no_address_never_leaves_the_house()
    {
        var refused = Assert.IsType<Delivery.Refused>(await Sender.Send(Message() with { To = "ann@@example" }, default));

        Assert.True(refused.Suppress);
        Assert.Empty(Server.Said);
    }
}
