using Cvm.Engine;

namespace Cvm.Tests.Senders;

public sealed class GuardedSenderTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly Delivery Down = new Delivery.TryLater("answered 503");

    readonly VirtualTime clock = new(Some.Now);
    readonly ToldSender told = new();
    readonly GuardedSender sender;

    public GuardedSenderTests() => sender = new("mail.example", told, null, clock);

    SenderState? State => GuardedSender.Shut(new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = sender, [OutboxKind.Staff] = sender }) switch { [var one] => one.State, _ => null };

    static OutboxEntry Entry(OutboxKind kind = OutboxKind.Email, string subject = "letter") => new()
    {
        Key = "k",
        Kind = kind,
        Purpose = Purpose.Promotional,
        Subject = subject,
        Journey = "j",
        Version = 1,
        Enrollment = "e",
        Step = "s",
        QueuedAt = Some.Now,
        DueAt = Some.Now,
    };

    static Outgoing Message(OutboxKind kind = OutboxKind.Email, string to = "ann@example.com") =>
        new() { Key = "k", Kind = kind, To = to, Customer = "ann", Journey = "j", Template = "t", Text = "Hello" };

    async Task Try(Delivery? what, int times = 1)
    {
        told.Says = what;
        for (var i = 0; i < times; i++)
        {
            Assert.Null(sender.Admit(Entry()));
            await Record.ExceptionAsync(() => sender.Send(Message(), default));
        }
    }

    [Fact]
    public async Task Five_failures_in_a_row_shut_the_door_and_the_page_can_say_since_when_and_why()
    {
        await Try(new Delivery.Accepted("ok"));
        clock.To(Some.Now + Minute);
        await Try(Down, 4);
        Assert.Null(State);
        clock.To(Some.Now + Minute * 2);

        await Try(Down);

        Assert.Equal((Some.Now + Minute, "answered 503", Some.Now), (State!.FailingSince, State.Why, State.LastSuccess));
        Assert.InRange(State.NextTry!.Value - clock.GetUtcNow(), TimeSpan.FromSeconds(22.5), TimeSpan.FromSeconds(37.5));
        Assert.Equal(State.NextTry.Value, sender.Admit(Entry())!.Value, Minute / 1000);
    }

    [Fact]
    public async Task One_success_between_failures_keeps_it_open()
    {
        for (var i = 0; i < 5; i++)
        {
            await Try(Down, 4);
            await Try(new Delivery.Accepted("ok"));
        }

        Assert.Null(State);
    }

    [Fact]
    public async Task Messages_in_doubt_count_as_failures_so_that_few_of_them_come_about()
    {
        await Try(null, 5);

        Assert.Equal("No answer.", State!.Why);
    }

    [Fact]
    public async Task Trouble_with_one_recipient_says_nothing_of_the_provider()
    {
        await Try(new Delivery.TryLater("greylisted", OnlyThis: true), 20);
        await Try(new Delivery.Refused("no such mailbox", Suppress: true), 20);

        Assert.Null(State);
    }

    [Fact]
    public async Task After_the_pause_one_tries_for_all_and_its_success_opens_the_door()
    {
        await Try(Down, 5);
        clock.To(State!.NextTry!.Value);

        Assert.Null(sender.Admit(Entry()));
        Assert.NotNull(sender.Admit(Entry()));

        told.Says = new Delivery.Accepted("ok");
        await sender.Send(Message(), default);
        Assert.Null(State);
        Assert.Null(sender.Admit(Entry()));
    }

    [Fact]
    public async Task Pauses_double_to_a_quarter_of_an_hour_and_are_not_all_alike()
    {
        await Try(Down, 5);
        var pauses = new List<TimeSpan>();

        for (var i = 0; i < 9; i++)
        {
            pauses.Add(State!.NextTry!.Value - clock.GetUtcNow());
            clock.To(State.NextTry.Value);
            await Try(Down);
        }

        for (var i = 0; i < 9; i++) Assert.InRange(pauses[i].TotalSeconds / Math.Min(30 * Math.Pow(2, i), 900), 0.75, 1.25);
        Assert.True(pauses[6..].Distinct().Count() > 1);
    }

    [Fact]
    public async Task What_was_under_way_when_it_shut_makes_no_pause_longer()
    {
        await Try(Down, 5);
        var next = State!.NextTry;

        for (var i = 0; i < 7; i++) await sender.Send(Message(), default);

        Assert.Equal(next, State.NextTry);
    }

    [Fact]
    public async Task A_try_that_never_came_to_its_sender_does_not_shut_the_door_for_good()
    {
        await Try(Down, 5);
        clock.To(State!.NextTry!.Value);
        Assert.Null(sender.Admit(Entry()));

        clock.To(clock.GetUtcNow() + Minute * 3);

        Assert.Null(sender.Admit(Entry()));
    }

    [Fact]
    public async Task When_the_provider_asks_for_a_pause_everybody_keeps_it()
    {
        await Try(new Delivery.TryLater("answered 429", Minute * 8));
        await Record.ExceptionAsync(() => sender.Send(Message(), default));

        Assert.Equal(Some.Now + Minute * 8, sender.Admit(Entry()));
        Assert.Equal((null, "answered 429", Some.Now + Minute * 8), (State!.FailingSince, State.Why, State.NextTry));

        clock.To(Some.Now + Minute * 8);
        Assert.Null(sender.Admit(Entry()));
        Assert.Null(State);
    }

    [Fact]
    public async Task The_longest_pause_that_was_asked_for_counts_and_none_is_longer_than_a_day()
    {
        told.Says = new Delivery.TryLater("answered 429", TimeSpan.FromDays(400));
        await sender.Send(Message(), default);
        told.Says = new Delivery.TryLater("answered 429", Minute);
        await sender.Send(Message(), default);

        Assert.Equal(Some.Now.AddDays(1), sender.Admit(Entry()));
    }

    [Fact]
    public async Task Asking_for_no_time_at_all_again_and_again_is_a_failure()
    {
        await Try(new Delivery.TryLater("answered 503", TimeSpan.Zero), 5);

        Assert.NotNull(State!.FailingSince);
    }

    [Fact]
    public async Task One_web_addresss_trouble_is_not_anothers()
    {
        told.Says = Down;
        for (var i = 0; i < 5; i++) await sender.Send(Message(OutboxKind.Webhook, "https://down.example/a"), default);

        Assert.NotNull(sender.Admit(Entry(OutboxKind.Webhook, "https://DOWN.example/b")));
        Assert.Null(sender.Admit(Entry(OutboxKind.Webhook, "https://up.example/a")));
        Assert.Equal("down.example", State!.Name);
    }

    [Fact]
    public async Task No_connection_is_later_and_anything_else_stays_in_doubt()
    {
        told.Fails = new HttpRequestException(HttpRequestError.ConnectionError, "Cannot connect.", new IOException("Connection refused"));
        Assert.Equal("no connection: Connection refused", Assert.IsType<Delivery.TryLater>(await sender.Send(Message(), default)).Reason);

        told.Fails = new HttpRequestException(HttpRequestError.ResponseEnded, "Ended.");
        await Assert.ThrowsAsync<HttpRequestException>(() => sender.Send(Message(), default));
    }

    sealed class ToldSender : ISender
    {
        public Delivery? Says { get; set; }

        public Exception Fails { get; set; } = new TimeoutException("No answer.");

        public bool RefusesDoubles => false;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop) => Says is { } said ? Task.FromResult(said) : Task.FromException<Delivery>(Fails);
    }
}
