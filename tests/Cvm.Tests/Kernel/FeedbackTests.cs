namespace Cvm.Tests;

public sealed class FeedbackTests
{
    const string Key = "letter:ann:1/send/1";

    static readonly Journey Letter = Some.Journey(
        "letter", new("order"),
        new Step.Send("send", 1, Some.Sending("letter")), new Step.Wait("first", 2, new(Some.Lapse("9d")), new("clicked")), new Step.Wait("second", Step.Done, new(Some.Lapse("9d")), new("clicked")));

    static readonly Playbook Playbook = Some.Playbook(Letter);

    static Dossier Claimed => Kernel.Claim(Playbook, Kernel.Take(Playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier, Key, false, Some.Now).Dossier;

    static Dossier Sent => Kernel.Settle(Playbook, Claimed, Key, new Delivery.Accepted("ok"), Some.Now).Dossier;

    static Turn Take(Dossier dossier, Report report, int seconds, string? detail = null, bool machine = false, Channel? channel = null, string? address = null) => Kernel.Take(
        Playbook, dossier, new Signal.Reported($"{report}-{seconds}-{detail}", Some.Now.AddSeconds(seconds), Key, report, detail, machine, Channel: channel, Address: address), Some.Now.AddSeconds(seconds));

    static Turn Wake(Dossier dossier, int seconds) => Kernel.Take(Playbook, dossier, new Signal.Woke(Some.Now.AddSeconds(seconds)), Some.Now.AddSeconds(seconds));

    static string At(Dossier dossier) => Assert.Single(dossier.Enrollments).Step;

    static string[] Told(params Turn[] turns) => [.. turns.SelectMany(turn => turn.Lines).Where(line => line.What == Happening.Reported).Select(line => line.Because!)];

    [Fact]
    public void A_person_who_follows_a_link_is_heard_once_it_is_clear_that_it_was_one()
    {
        var clicked = Take(Sent, Report.Clicked, 60, "https://shop.example/a");
        var early = Wake(clicked.Dossier, 69);
        var decided = Wake(early.Dossier, 70);

        Assert.Equal(Some.Now.AddSeconds(70), clicked.Dossier.DueAt);
        Assert.Equal("first", At(early.Dossier));
        Assert.Equal("second", At(decided.Dossier));
        Assert.Equal(["clicked"], Told(clicked, early, decided));
    }

    [Fact]
    public void A_scanner_that_follows_every_link_moves_nobody()
    {
        var first = Take(Sent, Report.Clicked, 60, "a");
        var second = Take(first.Dossier, Report.Clicked, 64, "b");
        var third = Take(second.Dossier, Report.Clicked, 68, "c");

        var decided = Wake(Wake(third.Dossier, 70).Dossier, 80);

        Assert.Equal("first", At(decided.Dossier));
        Assert.Equal(["clicked by a program"], Told(Wake(third.Dossier, 80)));
    }

    [Fact]
    public void A_link_beside_one_that_was_decided_is_still_a_scanners()
    {
        var slow = Enumerable.Range(0, 5).Aggregate(Sent, (dossier, i) => Wake(Take(dossier, Report.Clicked, 60 + (i * 9), $"link {i}").Dossier, 60 + (i * 9) + 1).Dossier);

        var end = Wake(slow, 200);

        Assert.Equal("first", At(end.Dossier));
        Assert.DoesNotContain("clicked", Told(end));
    }

    [Fact]
    public void A_double_click_is_one()
    {
        var twice = Take(Take(Sent, Report.Clicked, 60, "a").Dossier, Report.Clicked, 61, "a").Dossier;

        Assert.Equal("second", At(Wake(twice, 80).Dossier));
    }

    [Fact]
    public void What_is_followed_again_another_day_is_heard_and_counted_once()
    {
        var once = Wake(Take(Sent, Report.Clicked, 60, "a").Dossier, 80);
        var again = Wake(Take(once.Dossier, Report.Clicked, 6_000, "a").Dossier, 6_020);

        Assert.Equal(["clicked"], Told(once, again));
        Assert.Empty(again.Dossier.Enrollments);
    }

    [Fact]
    public void What_is_opened_before_anybody_could_read_was_opened_by_a_program()
    {
        var soon = Take(Sent, Report.Opened, 4);
        var prefetched = Take(Sent, Report.Opened, 600, machine: true);
        var person = Take(prefetched.Dossier, Report.Opened, 700);

        Assert.Equal(["opened by a program"], Told(soon));
        Assert.Equal(["opened by a program", "opened"], Told(prefetched, person));
    }

    [Theory]
    [InlineData(Report.Accepted), InlineData(Report.Delivered), InlineData(Report.Opened), InlineData(Report.Bounced), InlineData(Report.Failed), InlineData(Report.Complained)]
    public void Any_news_of_a_message_settles_the_doubt_about_it(Report report)
    {
        var doubtful = Kernel.Claim(Playbook, Claimed, Key, false, Some.Now.AddMinutes(11)).Dossier;

        var settled = Take(doubtful, report, 700);

        Assert.Empty(settled.Dossier.Outbox);
        Assert.Single(settled.Lines, line => line.What == Happening.Sent);
    }

    [Fact]
    public void News_of_what_was_to_be_tried_again_keeps_it_from_going_out_twice()
    {
        var later = Kernel.Settle(Playbook, Claimed, Key, new Delivery.TryLater("the answer was cut off"), Some.Now).Dossier;

        Assert.Empty(Take(later, Report.Delivered, 10).Dossier.Outbox);
    }

    [Fact]
    public void News_of_what_nobody_was_given_changes_nothing()
    {
        var queued = Kernel.Take(Playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

        var turn = Take(queued, Report.Bounced, 10);

        Assert.Single(turn.Dossier.Outbox);
        Assert.Empty(turn.Dossier.Suppressions);
        Assert.Equal(Happening.Ignored, Assert.Single(turn.Lines).What);
    }

    [Fact]
    public void A_person_who_knows_better_says_that_it_did_not_go_out()
    {
        var doubtful = Kernel.Claim(Playbook, Claimed, Key, false, Some.Now.AddMinutes(11)).Dossier;

        var turn = Kernel.Take(Playbook, doubtful, new Signal.Reported("r", Some.Now.AddMinutes(12), Key, Report.Failed, By: "maria"), Some.Now.AddMinutes(12));

        Assert.Single(turn.Lines, line => line.What == Happening.Failed);
        Assert.DoesNotContain(turn.Lines, line => line.What == Happening.Sent);
    }

    [Fact]
    public void A_complaint_after_the_message_was_forgotten_stops_the_address_the_provider_names()
    {
        var forgotten = Sent with { RecentSends = [] };

        var blocked = Take(forgotten, Report.Complained, 4_000_000, channel: Channel.Email, address: "old@example.com").Dossier;

        Assert.Equal((Channel.Email, "old@example.com"), (blocked.Suppressions[0].Channel, Assert.Single(blocked.Suppressions).Address));
    }

    [Fact]
    public void Who_unsubscribes_from_a_forgotten_mail_still_gets_sms()
    {
        var forgotten = Sent with { RecentSends = [] };

        var left = Take(forgotten, Report.Unsubscribed, 4_000_000, channel: Channel.Email).Dossier;

        Assert.Equal([false, true], left.Consents.Select(consent => consent.Given));
    }

    [Fact]
    public void What_came_back_counts_towards_no_cap()
    {
        var sent = new Sent("other", Channel.Email, Purpose.Promotional, "letter", Some.Now.AddDays(-1));
        var full = Some.Ann with { RecentSends = [sent, sent with { Key = "another" }] };
        var back = full with { RecentSends = [sent, sent with { Key = "another", News = News.Bounced }] };

        Assert.Equal(Permission.Cap, Permission.Check(Playbook, full, Channel.Email, Purpose.Promotional, Some.Now).Rule);
        Assert.Null(Permission.Check(Playbook, back, Channel.Email, Purpose.Promotional, Some.Now).Rule);
    }
}
