namespace Cvm.Tests;

public sealed class LatenessTests
{

    [Fact]
    public void A_round_made_a_day_late_congratulates_nobody_late_whatever_step_comes_first()
    {
        var journey = Some.Journey(
            "birthday",
            new("birthday"),
            new Step.Give("give", 1, new Gift.Points(Some.When("10", FactType.Number))),
            new Step.Send("mail", 2, Some.Sending("letter", at: new(9, 0), validFor: "12h")),
            new Step.Send("text", Step.Done, Some.Sending("text", validFor: "12h")));
        var late = Some.Now.AddDays(1);
        var day = new Signal.Day("day", late, new(2027, 3, 2), new(2027, 2, 28));

        var turn = Kernel.Take(Some.Playbook(journey), Some.Ann, day, late);

        Assert.Empty(turn.Dossier.Outbox);
        Assert.Equal([Permission.NotValid, Permission.NotValid], turn.Lines.Where(line => line.What == Happening.Skipped).Select(line => line.Because));
    }

    [Fact]
    public void What_a_wait_ends_in_is_late_when_the_wait_was_ended_late()
    {
        var journey = Some.Journey("later", new("order"), new Step.Wait("wait", 1, new(Some.Lapse("1d")), null), new Step.Send("send", Step.Done, Some.Sending(validFor: "6h")));
        var waiting = Kernel.Take(Some.Playbook(journey), Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var outageOver = Some.Now.AddDays(3);

        var turn = Kernel.Take(Some.Playbook(journey), waiting, new Signal.Woke(outageOver), outageOver);

        Assert.Empty(turn.Dossier.Outbox);
        Assert.Equal(Permission.NotValid, Assert.Single(turn.Lines, line => line.What == Happening.Skipped).Because);
    }

    [Fact]
    public void A_clock_that_ticks_a_second_late_does_not_cost_a_day()
    {
        var ten = new TimeOnly(10, 0);
        var journey = Some.Journey(
            "week",
            new("order"),
            new Step.Send("first", 1, Some.Sending(at: ten)),
            new Step.Wait("wait", 2, new(Some.Lapse("7d")), null),
            new Step.Send("second", Step.Done, Some.Sending(at: ten)));
        var playbook = Some.Playbook(journey);
        var dossier = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now.AddHours(-1)).Dossier;

        dossier = Kernel.Take(playbook, dossier, new Signal.Woke(Some.Now.AddSeconds(1)), Some.Now.AddSeconds(1)).Dossier;
        dossier = Kernel.Take(playbook, dossier, new Signal.Woke(Some.Now.AddDays(7).AddSeconds(1)), Some.Now.AddDays(7).AddSeconds(1)).Dossier;

        Assert.Equal(["first", "second"], dossier.Outbox.Select(entry => entry.Step));
    }

    [Fact]
    public void A_message_shifted_past_an_outage_is_not_late_for_the_step_that_follows()
    {
        var journey = Some.Journey(
            "shift",
            new("order"),
            new Step.Send("first", 1, Some.Sending("letter", at: new(12, 0), validFor: "1h", onLate: OnLate.Shift)),
            new Step.Send("second", Step.Done, Some.Sending("text", validFor: "1h")));
        var playbook = Some.Playbook(journey);
        var waiting = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var outageOver = Some.Now.AddDays(3);
        var noon = outageOver.AddHours(2);

        var shifted = Kernel.Take(playbook, waiting, new Signal.Woke(outageOver), outageOver).Dossier;
        var sent = Kernel.Take(playbook, shifted, new Signal.Woke(noon), noon).Dossier;

        Assert.Equal(["first", "second"], sent.Outbox.Select(entry => entry.Step));
    }
}
