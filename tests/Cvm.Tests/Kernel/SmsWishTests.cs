namespace Cvm.Tests;

public sealed class SmsWishTests
{
    static readonly Playbook Answering = Answers(Some.Playbook());

    static Playbook Answers(Playbook playbook) => playbook with
    {
        Policies = playbook.Policies with { SmsReplies = new("text", "text", "text") },
    };

    static Turn Text(Dossier dossier, string text, int minutes, bool acknowledged = false) =>
        Kernel.Take(Answering, dossier, new Signal.Texted($"sms-{minutes}", Some.Now.AddMinutes(minutes), text, acknowledged), Some.Now.AddMinutes(minutes));

    static bool May(Dossier dossier, Purpose purpose) => Permission.Check(Answering, dossier, Channel.Sms, purpose, Some.Now.AddHours(2)).Allowed;

    [Fact]
    public void Stop_ends_every_sms_and_is_answered_once()
    {
        var stopped = Text(Some.Ann, "Stop", 0);
        var again = Text(stopped.Dossier, "STOP", 1);

        Assert.All(Enum.GetValues<Purpose>(), purpose => Assert.False(May(stopped.Dossier, purpose)));
        Assert.True(Assert.Single(stopped.Dossier.Outbox).Reply);
        Assert.Single(again.Dossier.Outbox);
        Assert.True(Permission.Check(Answering, again.Dossier, Channel.Email, Purpose.Promotional, Some.Now.AddHours(2)).Allowed);
    }

    [Fact]
    public void The_answer_goes_out_at_night_and_though_everything_was_withdrawn()
    {
        var night = Some.Now.AddHours(14);
        var stopped = Kernel.Take(Answering, Some.Ann, new Signal.Texted("sms", night, "stop"), night).Dossier;

        var claimed = Kernel.Claim(Answering, stopped, stopped.Outbox[0].Key, refusesDoubles: false, night);

        Assert.Equal(OutboxState.Claimed, claimed.Dossier.Outbox[0].State);
    }

    [Fact]
    public void An_answer_that_would_come_later_than_five_minutes_stays_away()
    {
        var stopped = Text(Some.Ann, "stop", 0).Dossier;
        var late = Kernel.Take(Answering, Some.Ann, new Signal.Texted("sms", Some.Now.AddMinutes(-6), "stop"), Some.Now);

        Assert.Empty(Kernel.Claim(Answering, stopped, stopped.Outbox[0].Key, refusesDoubles: false, Some.Now.AddMinutes(6)).Dossier.Outbox);
        Assert.Empty(late.Dossier.Outbox);
        Assert.False(May(late.Dossier, Purpose.Promotional));
    }

    [Fact]
    public void What_the_provider_has_answered_is_not_answered_again() => Assert.Empty(Text(Some.Ann, "STOP", 0, acknowledged: true).Dossier.Outbox);

    [Fact]
    public void Start_gives_back_what_stop_took_and_no_more()
    {
        var never = Some.Ann with { Consents = Some.Ann.Consents.RemoveAll(word => word.Channel == Channel.Sms) };

        var back = Text(Text(Some.Ann, "STOP", 0).Dossier, "START", 1).Dossier;
        var nothing = Text(Text(never, "STOP", 0).Dossier, "START", 1).Dossier;

        Assert.All(Enum.GetValues<Purpose>(), purpose => Assert.True(May(back, purpose)));
        Assert.False(May(nothing, Purpose.Promotional));
        Assert.True(May(nothing, Purpose.Service));
    }

    [Fact]
    public void Start_does_not_undo_what_was_said_elsewhere()
    {
        var withdrawn = Kernel.Take(Answering, Some.Ann, new Signal.Consented("no", Some.Now, new(Channel.Sms, Purpose.Promotional, false, Some.Now, "preference centre")), Some.Now).Dossier;

        var started = Text(withdrawn, "START", 1);

        Assert.False(May(started.Dossier, Purpose.Promotional));
        Assert.Empty(started.Dossier.Outbox);
    }

    [Fact]
    public void Start_lifts_the_block_that_the_provider_had_for_stop_and_no_other()
    {
        var blocked = Some.Ann with { Suppressions = [new(Channel.Sms, Some.Ann.Profile.Phone!, Suppression.OptedOut, Some.Now), new(Channel.Sms, "+4900000", "not a mobile number", Some.Now)] };

        var started = Text(Text(blocked, "STOP", 0).Dossier, "UNSTOP", 1).Dossier;

        Assert.Equal("+4900000", Assert.Single(started.Suppressions).Address);
    }

    [Fact]
    public void What_is_no_wish_is_kept_and_heard_by_journeys()
    {
        var thanks = Some.Journey("thanks", new("texted"), new Step.Wait("rest", Step.Done, new(Some.Lapse("1d")), null));

        var turn = Kernel.Take(Some.Playbook(thanks), Some.Ann, new Signal.Texted("sms", Some.Now, "Lovely shoes!"), Some.Now);

        Assert.Equal("Lovely shoes!", turn.Lines[0].Wording);
        Assert.Single(turn.Dossier.Enrollments);
    }
}
