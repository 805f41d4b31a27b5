namespace Cvm.Tests;

public sealed class TextedTests
{
    static readonly Playbook Answering = Some.Playbook() is var playbook ? playbook with { Policies = playbook.Policies with { SmsReplies = new("text", "text", "text") } } : null!;

    static Turn Text(Dossier dossier, string text, int minutes, bool acknowledged = false, Wish? wish = null, int told = 0) =>
        Kernel.Take(Answering, dossier, new Signal.Texted($"sms-{minutes}", Some.Now.AddMinutes(minutes), text, acknowledged, wish), Some.Now.AddMinutes(told == 0 ? minutes : told));

    static bool May(Dossier dossier, Purpose purpose = Purpose.Promotional) => Permission.Check(Answering, dossier, Channel.Sms, purpose, Some.Now.AddHours(2)).Allowed;

    [Fact]
    public void A_keyword_that_only_the_provider_knows_is_obeyed()
    {
        var stopped = Text(Some.Ann, "ARRET", 0, acknowledged: true, wish: Wish.Stop);

        Assert.False(May(stopped.Dossier));
        Assert.Empty(stopped.Dossier.Outbox);
        Assert.Contains(stopped.Lines, line => line.Wording == "ARRET" && line.What == Happening.Withdrew);
    }

    [Fact]
    public void A_start_that_lifts_only_the_providers_block_is_answered()
    {
        var blocked = Some.Ann with { Suppressions = [new(Channel.Sms, Some.Ann.Profile.Phone!, Suppression.OptedOut, Some.Now)] };

        var started = Text(blocked, "START", 1);

        Assert.True(May(started.Dossier));
        Assert.True(Assert.Single(started.Dossier.Outbox).Reply);
        Assert.Single(started.Lines, line => line.What == Happening.Restored);
    }

    [Fact]
    public void A_refusal_for_stop_that_is_told_after_start_blocks_nothing()
    {
        var started = Text(Some.Ann, "START", 10).Dossier;

        var late = Kernel.Take(Answering, started, new Signal.Reported("r", Some.Now.AddMinutes(5), "k", Report.Bounced, Suppression.OptedOut, Channel: Channel.Sms), Some.Now.AddMinutes(20));

        Assert.True(May(late.Dossier));
    }

    [Fact]
    public void A_second_stop_counts_from_when_it_was_said()
    {
        var stopped = Text(Text(Some.Ann, "STOP", 0).Dossier, "STOP", 30).Dossier;

        var older = Text(stopped, "START", 10, told: 40).Dossier;

        Assert.False(May(older));
    }

    [Fact]
    public void An_answer_dated_ahead_goes_out_within_five_minutes_or_not_at_all()
    {
        var ahead = Kernel.Take(Answering, Some.Ann, new Signal.Texted("sms", Some.Now.AddHours(20), "STOP"), Some.Now).Dossier;

        Assert.Equal(Some.Now.AddMinutes(5), Assert.Single(ahead.Outbox).ValidUntil);
    }

    [Fact]
    public void Help_is_answered_once_a_day_and_changes_no_consent()
    {
        var first = Text(Some.Ann, "HELP", 0).Dossier;
        var again = Text(first, "INFO", 60).Dossier;
        var tomorrow = Text(again, "HELP", 1_500).Dossier;

        Assert.Equal([1, 1, 2], new[] { first, again, tomorrow }.Select(dossier => dossier.Outbox.Length));
        Assert.True(May(tomorrow));
    }

    [Fact]
    public void A_stop_by_someone_who_stopped_elsewhere_is_still_a_stop_for_all_purposes()
    {
        var withdrawn = Some.Ann with { Consents = [new(Channel.Sms, Purpose.Promotional, false, Some.Now.AddDays(-1), "preference centre")] };

        var started = Text(Text(withdrawn, "STOP", 0).Dossier, "START", 1).Dossier;

        Assert.False(May(started));
        Assert.True(May(started, Purpose.Service));
    }
}
