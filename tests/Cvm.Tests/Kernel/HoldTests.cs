namespace Cvm.Tests;

public sealed class HoldTests
{
    static readonly Journey Letter = Some.Journey("letter", new("order"), new Step.Send("send", Step.Done, Some.Sending(validFor: "3d")));

    [Fact]
    public void A_message_waits_for_a_pause_that_ends_while_it_is_valid()
    {
        var ends = Some.Now.AddDays(1);
        var held = Some.Ann with { Holds = [new("other:ann:1", Some.Now, ends, "other")] };
        var playbook = Some.Playbook(Letter);

        var shifted = Kernel.Take(playbook, held, Some.Order("o1", 50), Some.Now);
        var woken = Kernel.Take(playbook, shifted.Dossier, new Signal.Woke(ends), ends);

        var line = Assert.Single(shifted.Lines, line => line.What == Happening.Shifted);
        Assert.Equal((Permission.OnHold, ends), (line.Because, line.Until));
        Assert.Single(woken.Dossier.Outbox);
    }

    [Fact]
    public void A_pause_whose_time_is_up_holds_nothing_back_before_it_is_taken_away()
    {
        var over = Some.Ann with { Holds = [new("other:ann:1", Some.Now.AddDays(-2), Some.Now.AddSeconds(-1), "other")] };

        var turn = Kernel.Take(Some.Playbook(Letter), over, Some.Order("o1", 50), Some.Now);

        Assert.Single(turn.Dossier.Outbox);
    }

    [Fact]
    public void A_message_put_off_by_a_pause_goes_out_when_the_pause_is_released()
    {
        var holder = Some.Journey("holder", new("complaint"), new Step.Hold("hold", 1, null), new Step.Wait("wait", Step.Done, new(Some.Lapse("1d")), null)) with { Purpose = Purpose.Service };
        var playbook = Some.Playbook(Letter, holder);
        var queued = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var key = queued.Outbox[0].Key;

        var paused = Kernel.Take(playbook, queued, Some.Complaint(), Some.Now).Dossier;
        var putOff = Kernel.Claim(playbook, paused, key, false, Some.Now).Dossier;
        var released = Kernel.Take(playbook, putOff, new Signal.Woke(Some.Now.AddDays(1)), Some.Now.AddDays(1)).Dossier;

        Assert.True(released.Holds.IsEmpty);
        Assert.Equal(Some.Now.AddDays(1), Assert.Single(released.Outbox).DueAt);
        Assert.Equal(OutboxState.Claimed, Kernel.Claim(playbook, released, key, false, Some.Now.AddDays(1)).Dossier.Outbox[0].State);
    }
}
