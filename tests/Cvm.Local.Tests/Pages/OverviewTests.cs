using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local.Tests.Pages;

public sealed class OverviewTests
{
    static readonly DateOnly Today = new(2027, 3, 14);
    static readonly Attention Calm = new() { InDoubt = [], Overdue = [], TryingAgain = 0 };

    [Fact]
    public void Thirty_days_end_today_and_the_thirty_before_end_where_they_begin()
    {
        var overview = Of(Orders(0, 1), Orders(-29, 10), Orders(-30, 100), Orders(-59, 1000), Orders(-60, 10_000));

        var orders = overview.Headlines.Single(headline => headline.Label == "Orders");

        Assert.Equal(11, orders.Value);
        Assert.Equal(1100, orders.Before);
    }

    [Fact]
    public void Notes_to_the_team_are_no_messages_to_customers()
    {
        var overview = Of((new(Tallies.Sent, "win-back", "e-mail", Today), 5), (new(Tallies.Sent, "win-back", "sms", Today), 2), (new(Tallies.Sent, "win-back", "staff", Today), 100));

        Assert.Equal(7, overview.Messages.Total);
        Assert.Equal(7, overview.Headlines.Single(headline => headline.Label == "Messages sent").Value);
    }

    [Fact]
    public void Many_journeys_share_one_colour_and_nothing_is_lost()
    {
        var overview = Of([.. Enumerable.Range(1, 9).Select(i => (new Tally(Tallies.Sent, $"journey-{i}", "e-mail", (DateOnly?)Today), (long)i))]);

        Assert.Equal(["journey-9", "journey-8", "journey-7", "journey-6", "others"], overview.Messages.Series.Select(series => series.Name));
        Assert.Equal(45, overview.Messages.Total);
    }

    [Fact]
    public void Those_held_back_are_counted_apart_from_members()
    {
        var glance = Of(
            (new(Tallies.Entered, "win-back", "", Today), 100), (new(Tallies.HeldOut, "win-back", "", Today), 10),
            (new(Tallies.Goal, "win-back", "member", Today), 30), (new(Tallies.Goal, "win-back", "held out", Today), 2),
            (new(Tallies.At, "win-back", "3/wait-7d", null), 40), (new(Tallies.At, "win-back", "3/holdout", null), 8)).Journeys.Single(journey => journey.Journey == "win-back");

        Assert.Equal((100, 40, 10, 30, 2), (glance.Entered, glance.Inside, glance.HeldBack, glance.GoalMembers, glance.GoalHeldBack));
    }

    [Fact]
    public void What_people_did_and_what_programs_did_are_told_apart()
    {
        var news = Of(
            (new(Tallies.Sent, "a", "e-mail", Today), 900), (new(Tallies.Sent, "a", "sms", Today), 100), (new(Tallies.Sent, "a", "staff", Today), 50),
            (new(Tallies.Reported, "a", "opened", Today), 300), (new(Tallies.Reported, "b", "opened", Today), 30), (new(Tallies.Reported, "a", "opened by a program", Today), 200),
            (new(Tallies.Reported, "a", "opened", Today.AddDays(-30)), 1_000)).News;

        Assert.Equal((1_000, 900), (news.Sent, news.Emails));
        Assert.Equal([("Opened", 330, false), ("Opened by a program", 200, true)], news.Rows.Select(row => (row.Label, row.Count, row.Program)));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Spam_complaints_are_called_to_attention_from_a_thousandth_on(long complaints, bool calm)
    {
        var overview = Of((new(Tallies.Sent, "a", "e-mail", Today), 10_000), (new(Tallies.Reported, "a", "complained", Today), complaints));

        Assert.Equal(calm, overview.Attention.Nothing);
    }

    [Fact]
    public void Reasons_add_up_over_journeys()
    {
        var overview = Of(
            (new(Tallies.Skipped, "a", "no consent", Today), 3), (new(Tallies.Skipped, "b", "no consent", Today), 4),
            (new(Tallies.Shifted, "a", "quiet hours", Today), 5), (new(Tallies.Skipped, "a", "no consent", Today.AddDays(-30)), 100));

        Assert.Equal([new Hindrance("no consent", 7, 0), new Hindrance("quiet hours", 0, 5)], overview.Hindrances.AsEnumerable());
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(7, 2, 8)]
    [InlineData(18, 5, 20)]
    [InlineData(98, 50, 100)]
    [InlineData(1_234_567, 500_000, 1_500_000)]
    public void An_axis_has_few_round_steps(long greatest, long step, long most) => Assert.Equal(new AxisScale(step, most), AxisScale.For(greatest));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("a long template name", 10, "a long tem…")]
    [InlineData("王小明王小明", 6, "王小明…")]
    [InlineData("👩‍👩‍👧 family", 5, "👩‍👩‍👧 fa…")]
    public void A_text_is_cut_between_characters(string text, int letters, string expected) => Assert.Equal(expected, Fit.To(text, letters));

    static (Tally, long) Orders(int day, long count) => (new(Tallies.Happened, "", "orders", Today.AddDays(day)), count);

    static Overview Of(params (Tally, long)[] tallies) => Overview.Of(tallies, SampleJourneys.Loaded.Playbook, Today, Calm);

    [Fact]
    public async Task A_provider_that_does_not_work_is_named_with_since_when_why_and_the_next_try()
    {
        var (broken, clock) = (new BrokenSender(), new VirtualTime(SampleRecords.Now.AddMinutes(-20)));
        var mail = new GuardedSender("smtp.shop.example", broken, null, clock);
        var site = SampleSite.With(new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = mail, [OutboxKind.Staff] = mail });
        await site.InitializeAsync();

        var calm = (await site.Get("/")).Text;
        for (var i = 0; i < 5; i++) await mail.Send(BrokenSender.Message, default);
        clock.To(SampleRecords.Now);
        var told = (await site.Get("/")).Text;
        await site.DisposeAsync();

        Assert.DoesNotContain("smtp.shop.example", calm);
        Assert.Contains("E-mail and notes to the team:", told);
        Assert.Matches("nothing has gone through since [0-2][0-9]:[0-5][0-9]<", told);
        Assert.Matches("messages? waits?; next try now. smtp.shop.example: no answer", told);
    }

    [Fact]
    public async Task A_moments_pause_that_a_provider_asks_for_is_no_news_and_a_long_one_is()
    {
        var (busy, clock) = (new BrokenSender { After = TimeSpan.FromSeconds(50) }, new VirtualTime(SampleRecords.Now));
        var sms = new GuardedSender("sms.example", busy, null, clock);
        var site = SampleSite.With(new Dictionary<OutboxKind, ISender> { [OutboxKind.Sms] = sms });
        await site.InitializeAsync();

        await sms.Send(BrokenSender.Message with { Kind = OutboxKind.Sms }, default);
        var calm = (await site.Get("/")).Text;
        busy.After = TimeSpan.FromMinutes(10);
        await sms.Send(BrokenSender.Message with { Kind = OutboxKind.Sms }, default);
        var told = (await site.Get("/")).Text;
        await site.DisposeAsync();

        Assert.DoesNotContain("asked for a pause", calm);
        Assert.Contains("the provider asked for a pause", told);
    }

    sealed class BrokenSender : ISender
    {
        public static Outgoing Message { get; } = new() { Key = "k", Kind = OutboxKind.Email, To = "ann@example.com", Customer = "ann", Journey = "care", Template = "hello", Text = "Hello" };

        public TimeSpan? After { get; set; }

        public bool RefusesDoubles => false;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop) => Task.FromResult<Delivery>(new Delivery.TryLater("no answer", After));
    }
}
