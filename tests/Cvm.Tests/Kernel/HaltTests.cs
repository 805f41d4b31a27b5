namespace Cvm.Tests;

public sealed class HaltTests
{
    static readonly Journey Letter = Some.Journey(
        "letter", new("order"), new Step.Send("send", 1, Some.Sending("letter", validFor: "3d")), new Step.Wait("rest", 2, new(Some.Lapse("7d")), null), new Step.Send("again", Step.Done, Some.Sending("hello")));

    static readonly Playbook Running = Some.Playbook(Letter);

    static Playbook With(PauseKind kind) => Running with { Pauses = [new("letter", Some.Now, "maria", kind)] };

    static Dossier Inside { get; } = Kernel.Take(Running, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

    [Theory]
    [InlineData(PauseKind.Drain, "drained by maria")]
    [InlineData(PauseKind.Stop, "stopped by maria")]
    public void Nobody_enters_and_the_line_says_by_whom(PauseKind kind, string because)
    {
        var turn = Kernel.Take(With(kind), Some.Ann, Some.Order("o1", 50), Some.Now);

        Assert.Empty(turn.Dossier.Enrollments);
        Assert.Equal(because, Assert.Single(turn.Lines, line => line.What == Happening.NotEntered).Because);
        Assert.Equal(because, Kernel.Obstacle(With(kind), Some.Ann, Letter, Some.Now));
    }

    [Fact]
    public void Whoever_is_in_a_drained_journey_walks_on_to_its_end_and_gets_its_messages()
    {
        var claimed = Kernel.Claim(With(PauseKind.Drain), Inside, Inside.Outbox[0].Key, false, Some.Now).Dossier;
        var (later, end) = (Some.Now.AddDays(7), Kernel.Settle(With(PauseKind.Drain), claimed, claimed.Outbox[0].Key, new Delivery.Accepted("1"), Some.Now).Dossier);
        var done = Kernel.Take(With(PauseKind.Drain), end, new Signal.Woke(later), later);

        Assert.Equal(OutboxState.Claimed, claimed.Outbox[0].State);
        Assert.Empty(done.Dossier.Enrollments);
        Assert.Equal("hello", Assert.Single(done.Dossier.Outbox).Subject);
    }

    [Fact]
    public void A_stop_ends_everybody_inside_and_drops_what_they_were_to_be_sent()
    {
        var turn = Kernel.Take(With(PauseKind.Stop), Inside, new Signal.Stopped("stop:1", Some.Now, "letter", "maria"), Some.Now);

        Assert.Empty(turn.Dossier.Enrollments);
        Assert.Empty(turn.Dossier.Outbox);
        Assert.Equal("stopped", turn.Dossier.Visits[0].LastOutcome);
        Assert.Equal(("stopped", "stopped by maria"), Assert.Single(turn.Lines, line => line.What == Happening.Ended) is var ended ? (ended.Subject, ended.Because) : default);
        Assert.Equal(Permission.JourneyStopped, Assert.Single(turn.Lines, line => line.What == Happening.Skipped).Because);
    }

    [Fact]
    public void Another_journeys_people_and_messages_are_left_alone()
    {
        var turn = Kernel.Take(Running with { Pauses = [new("other", Some.Now, "maria", PauseKind.Stop)] }, Inside, new Signal.Stopped("stop:1", Some.Now, "other", "maria"), Some.Now);

        Assert.False(turn.Changed);
    }

    [Fact]
    public void Before_the_stop_has_come_round_nothing_of_it_goes_out_and_whoever_wakes_ends()
    {
        var claim = Kernel.Claim(With(PauseKind.Stop), Inside, Inside.Outbox[0].Key, false, Some.Now);
        var later = Some.Now.AddDays(7);
        var woken = Kernel.Take(With(PauseKind.Stop), Inside, new Signal.Woke(later), later);

        Assert.Equal(Permission.JourneyStopped, Assert.Single(claim.Lines, line => line.What == Happening.Skipped).Because);
        Assert.Equal("stopped by maria", Assert.Single(woken.Lines, line => line.What == Happening.Ended).Because);
    }

    [Fact]
    public void After_it_is_lifted_customers_enter_again() =>
        Assert.Single(Kernel.Take(Running, Kernel.Take(With(PauseKind.Stop), Inside, new Signal.Stopped("s", Some.Now, "letter", "maria"), Some.Now).Dossier, Some.Order("o2", 50) with { At = Some.Now.AddDays(1) }, Some.Now.AddDays(1)).Dossier.Enrollments);
}
