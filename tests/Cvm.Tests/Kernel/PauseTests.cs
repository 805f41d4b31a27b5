namespace Cvm.Tests;

public sealed class PauseTests
{
    static readonly Journey Letter = Some.Journey("letter", new("order"), new Step.Send("send", Step.Done, Some.Sending("letter", validFor: "3d")));

    static readonly Playbook Running = Some.Playbook(Letter);

    static Playbook Paused(string? journey) => Running with { Pauses = [new(journey, Some.Now, "maria")] };

    [Fact]
    public void A_paused_journey_goes_on_and_sends_nothing()
    {
        var turn = Kernel.Take(Paused("letter"), Some.Ann, Some.Order("o1", 50), Some.Now);

        Assert.Empty(turn.Dossier.Outbox);
        Assert.Single(turn.Dossier.Enrollments);
        Assert.Equal(Permission.JourneyPaused, Assert.Single(turn.Lines, line => line.What == Happening.Shifted).Because);
    }

    [Fact]
    public void Another_journey_sends_while_one_is_paused() => Assert.Single(Kernel.Take(Paused("other"), Some.Ann, Some.Order("o1", 50), Some.Now).Dossier.Outbox);

    [Fact]
    public void What_was_in_the_outbox_when_the_pause_began_waits_there_and_goes_out_after_it()
    {
        var queued = Kernel.Take(Running, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var key = queued.Outbox[0].Key;

        var first = Kernel.Claim(Paused(null), queued, key, false, Some.Now);
        var look = first.Dossier.Outbox[0].DueAt!.Value;
        var second = Kernel.Claim(Paused(null), first.Dossier, key, false, look);
        var after = Kernel.Claim(Running, second.Dossier, key, false, second.Dossier.Outbox[0].DueAt!.Value);

        Assert.InRange(look, Some.Now.AddHours(1), Some.Now.AddHours(3));
        Assert.Single(first.Lines, line => line.What == Happening.Shifted);
        Assert.Empty(second.Lines);
        Assert.Equal(OutboxState.Claimed, after.Dossier.Outbox[0].State);
    }

    [Fact]
    public void What_a_customer_has_just_asked_for_by_sms_is_answered_during_a_pause()
    {
        var paused = Paused(null) with { Policies = Running.Policies with { SmsReplies = new("text") } };
        var stopped = Kernel.Take(paused, Some.Ann, new Signal.Texted("sms", Some.Now, "STOP"), Some.Now).Dossier;

        Assert.Equal(OutboxState.Claimed, Kernel.Claim(paused, stopped, stopped.Outbox[0].Key, false, Some.Now).Dossier.Outbox[0].State);
    }

    [Fact]
    public void A_message_that_lapses_in_the_outbox_during_a_pause_names_the_pause()
    {
        var (dossier, lines) = (Kernel.Take(Running, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier, new List<Line>());

        while (dossier.Outbox is [{ DueAt: { } due } entry])
        {
            var turn = Kernel.Claim(Paused(null), dossier, entry.Key, false, due);
            dossier = turn.Dossier;
            lines.AddRange(turn.Lines);
        }

        Assert.Equal(Permission.Paused, Assert.Single(lines, line => line.What == Happening.Skipped).Because);
    }
}
