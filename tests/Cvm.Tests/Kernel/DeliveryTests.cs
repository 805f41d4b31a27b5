namespace Cvm.Tests;

public sealed class DeliveryTests
{
    static readonly Playbook Playbook = Some.Playbook(Some.Journey("letter", new("order"), new Step.Send("send", Step.Done, Some.Sending("letter", purpose: Purpose.Transactional))));
    const string Key = "letter:ann:1/send/1";

    static Dossier Queued => Kernel.Take(Playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

    static Dossier Claimed => Kernel.Claim(Playbook, Queued, Key, false, Some.Now).Dossier;

    static Dossier InDoubt => Kernel.Claim(Playbook, Claimed, Key, false, Some.Now.AddMinutes(11)).Dossier;

    static Signal.Reported Report(Report report) => new("r", Some.Now, Key, report);

    [Fact]
    public void A_bounce_stops_the_address_it_came_from_and_not_the_one_told_since()
    {
        var sent = Kernel.Settle(Playbook, Claimed, Key, new Delivery.Accepted("ok"), Some.Now).Dossier;
        var moved = Kernel.Take(Playbook, sent, new Signal.Told("t", Some.Now, new() { Email = "new@example.com" }, []), Some.Now).Dossier;

        var bounced = Kernel.Take(Playbook, moved, Report(Cvm.Report.Bounced), Some.Now).Dossier;

        Assert.Equal("ann@example.com", Assert.Single(bounced.Suppressions).Address);
    }

    [Fact]
    public void A_refusal_stops_the_address_that_was_written_to()
    {
        var moved = Kernel.Take(Playbook, Claimed, new Signal.Told("t", Some.Now, new() { Email = "new@example.com" }, []), Some.Now).Dossier;

        var refused = Kernel.Settle(Playbook, moved, Key, new Delivery.Refused("no such mailbox", Suppress: true), Some.Now).Dossier;

        Assert.Equal("ann@example.com", Assert.Single(refused.Suppressions).Address);
    }

    [Fact]
    public void A_dead_address_stays_dead_in_capital_letters()
    {
        var dead = Some.Ann with { Suppressions = [new(Channel.Email, "Ann@Example.com", "bounced", Some.Now)] };

        Assert.Equal(Permission.Suppressed, Permission.Check(Playbook, dead, Channel.Email, Purpose.Service, Some.Now).Rule);
    }

    [Fact]
    public void A_bounce_of_what_was_in_doubt_names_the_message()
    {
        var turn = Kernel.Take(Playbook, InDoubt, Report(Cvm.Report.Bounced), Some.Now);

        Assert.Equal("letter", Assert.Single(turn.Lines, line => line.What == Happening.Reported).Subject);
        Assert.Single(turn.Dossier.Suppressions);
    }

    [Fact]
    public void A_provider_that_answers_after_all_settles_the_doubt()
    {
        var settled = Kernel.Settle(Playbook, InDoubt, Key, new Delivery.Accepted("ok"), Some.Now.AddMinutes(12));

        Assert.Empty(settled.Dossier.Outbox);
        Assert.Equal(Happening.Sent, Assert.Single(settled.Lines).What);
    }

    [Theory]
    [InlineData(3_000_000.0)]
    [InlineData(-5.0)]
    public void A_provider_that_asks_for_an_absurd_delay_is_asked_again_within_a_day(double days)
    {
        var after = Kernel.Settle(Playbook, Claimed, Key, new Delivery.TryLater("busy", TimeSpan.FromDays(days)), Some.Now).Dossier;

        Assert.InRange(after.Outbox[0].DueAt!.Value, Some.Now.AddSeconds(1), Some.Now.AddDays(1));
    }

    [Fact]
    public void What_kills_its_host_every_time_is_not_taken_on_for_ever()
    {
        var (dossier, now) = (Claimed, Some.Now);

        for (var i = 0; i < 40; i++)
        {
            now = now.AddMinutes(11);
            dossier = Kernel.Claim(Playbook, dossier, Key, true, now).Dossier;
        }

        Assert.Equal(OutboxState.InDoubt, Assert.Single(dossier.Outbox).State);
    }

    [Fact]
    public void The_rule_that_decides_is_the_rule_that_is_named()
    {
        var playbook = Some.Playbook(Some.Journey("letter", new("order"), new Step.Send("send", Step.Done, Some.Sending("letter", validFor: "1d"))));
        Sent Before(string key) => new(key, Channel.Email, Purpose.Promotional, "letter", Some.Now.AddDays(-1));
        var night = Some.Now.AddHours(12);

        var turn = Kernel.Take(playbook, Some.Ann with { RecentSends = [Before("a"), Before("b")] }, Some.Order("o1", 50, night), night);

        Assert.Equal(Permission.Cap, Assert.Single(turn.Lines, line => line.What == Happening.Skipped).Because);
    }

    [Fact]
    public void What_nobody_takes_is_given_up_and_said_to_have_failed()
    {
        var (dossier, now, lines) = (Queued, Some.Now, new List<Line>());

        for (var i = 0; i < 40 && !dossier.Outbox.IsEmpty; i++)
        {
            dossier = Kernel.Claim(Playbook, dossier, Key, false, now).Dossier;
            var turn = Kernel.Settle(Playbook, dossier, Key, new Delivery.TryLater("busy", TimeSpan.FromMinutes(1)), now);
            (dossier, now) = (turn.Dossier, now.AddMinutes(1));
            lines.AddRange(turn.Lines);
        }

        Assert.Empty(dossier.Outbox);
        Assert.Equal("gave up after 30 attempts: busy", Assert.Single(lines, line => line.What == Happening.Failed).Because);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 24)]
    public void Who_waits_for_the_sender_waits_at_most_a_day_and_has_tried_nothing(double hours, double waited)
    {
        var queued = Queued;

        var turn = Kernel.Wait(Playbook, queued, Key, Some.Now.AddHours(hours), Some.Now);

        Assert.Empty(turn.Lines);
        Assert.Equal(queued.Outbox[0] with { DueAt = Some.Now.AddHours(waited) }, turn.Dossier.Outbox[0]);
    }

    [Fact]
    public void Nobody_waits_who_is_not_due_or_not_there_or_in_doubt()
    {
        Assert.False(Kernel.Wait(Playbook, Queued, "other", Some.Now.AddHours(1), Some.Now).Changed);
        Assert.False(Kernel.Wait(Playbook, Queued, Key, Some.Now, Some.Now).Changed);
        Assert.False(Kernel.Wait(Playbook, Claimed, Key, Some.Now.AddHours(1), Some.Now).Changed);
        Assert.False(Kernel.Wait(Playbook, InDoubt, Key, Some.Now.AddHours(1), Some.Now.AddHours(1)).Changed);
    }
}
