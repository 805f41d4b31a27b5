namespace Cvm.Tests;

/// <summary>Those whom the programme as a whole leaves alone, to be measured by.</summary>
public sealed class ProgrammeTests
{
    static readonly Journey Offer = Some.Journey("offer", new("order"), new Step.Send("mail", Step.Done, Some.Sending()));

    static Playbook With(double holdout, params Journey[] journeys)
    {
        var playbook = Some.Playbook(journeys);
        return playbook with { Policies = playbook.Policies with { Holdout = holdout } };
    }

    [Fact]
    public void They_enter_no_promotional_journey_and_it_says_why()
    {
        var turn = Kernel.Take(With(0.999999, Offer), Some.Ann, Some.Order("1", 50), Some.Now);

        Assert.Equal(Permission.OutOfProgramme, turn.Lines.Single(line => line.What == Happening.NotEntered).Because);
        Assert.Empty(turn.Dossier.Enrollments);
        Assert.Empty(turn.Dossier.Outbox);
    }

    [Fact]
    public void They_get_what_is_service()
    {
        var turn = Kernel.Take(With(0.999999, Offer with { Purpose = Purpose.Service }), Some.Ann, Some.Order("1", 50), Some.Now);

        Assert.Single(turn.Dossier.Outbox);
    }

    [Fact]
    public void No_promotion_from_anywhere_may_go_to_them()
    {
        var playbook = With(0.999999);

        Assert.Equal(Verdict.Never(Permission.OutOfProgramme), Permission.Check(playbook, Some.Ann, Channel.Email, Purpose.Promotional, Some.Now));
        Assert.True(Permission.Check(playbook, Some.Ann, Channel.Email, Purpose.Service, Some.Now).Allowed);
        Assert.True(Permission.Check(With(0), Some.Ann, Channel.Email, Purpose.Promotional, Some.Now).Allowed);
    }

    [Fact]
    public void A_withdrawn_consent_is_the_reason_before_it()
    {
        var no = Some.Ann with { Consents = [new(Channel.Email, Purpose.Promotional, false, Some.Now, "test")] };

        Assert.Equal(Permission.Withdrawn, Permission.Check(With(0.999999), no, Channel.Email, Purpose.Promotional, Some.Now).Rule);
    }

    [Fact]
    public void The_lot_takes_the_share_that_is_asked_for_and_keeps_it()
    {
        var playbook = With(0.05);
        var out1 = Enumerable.Range(0, 20_000).Where(i => Kernel.OutOfProgramme(playbook, $"c{i}")).ToHashSet();
        var more = With(0.10);

        Assert.InRange(out1.Count, 900, 1_100);
        Assert.All(out1, i => Assert.True(Kernel.OutOfProgramme(more, $"c{i}")));
    }

    [Fact]
    public void Everybody_is_measured_by_the_quarter()
    {
        var playbook = With(0.5);
        var first = Kernel.Take(playbook, Some.Ann, Some.Day(Some.Now), Some.Now);
        var same = Kernel.Take(playbook, first.Dossier, Some.Day(Some.Now.AddDays(1)), Some.Now.AddDays(1));
        var bought = Kernel.Take(playbook, same.Dossier, Some.Order("1", 50, Some.Now.AddDays(2)), Some.Now.AddDays(2));
        var april = new DateTimeOffset(2027, 4, 1, 6, 0, 0, TimeSpan.Zero);

        var next = Kernel.Take(playbook, bought.Dossier, Some.Day(april), april);

        Assert.Equal(20271, first.Lines.Single(line => line.What == Happening.Measured).Measured!.Version);
        Assert.DoesNotContain(same.Lines, line => line.What == Happening.Measured);
        Assert.Equal([(20271, 1), (20272, -1)], next.Lines.Where(line => line.What == Happening.Measured).Select(line => (line.Measured!.Version, line.Measured.Outcome?.Orders ?? -1)));
        Assert.True(next.Lines.First(line => line.What == Happening.Measured).Measured!.Outcome!.Goal);
    }

    [Fact]
    public void Without_a_holdout_nobody_is() =>
        Assert.DoesNotContain(Kernel.Take(With(0), Some.Ann, Some.Day(Some.Now), Some.Now).Lines, line => line.What == Happening.Measured);
}
