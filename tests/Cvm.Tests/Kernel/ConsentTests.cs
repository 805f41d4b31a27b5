namespace Cvm.Tests;

public sealed class ConsentTests
{
    static readonly Journey Thanks = Some.Journey("thanks", new("consent"), new Step.Wait("wait", Step.Done, new(Some.Lapse("9d")), null)) with { Leave = [new(new("opted-out"), "left")] };

    static Consent Word(bool given, DateTimeOffset at) => new(Channel.Email, Purpose.Promotional, given, at, "test");

    [Fact]
    public void A_word_dated_ahead_does_not_outlast_the_withdrawal_that_follows()
    {
        var noon = Some.Now.AddHours(2); // a day alone is read as its noon
        var agreed = Kernel.Take(Some.Playbook(), Some.Ann, new Signal.Consented("yes", noon, Word(true, noon)), Some.Now).Dossier;

        var later = Some.Now.AddHours(1);
        var withdrawn = Kernel.Take(Some.Playbook(), agreed, new Signal.Consented("no", later, Word(false, later)), later).Dossier;

        Assert.Equal(Permission.Withdrawn, Permission.Check(Some.Playbook(), withdrawn, Channel.Email, Purpose.Promotional, later).Rule);
    }

    [Fact]
    public void What_a_customer_agrees_to_with_the_profile_is_an_event_too()
    {
        var stranger = Dossier.For("ann");

        var agreed = Kernel.Take(Some.Playbook(Thanks), stranger, new Signal.Told("t1", Some.Now, new() { Email = "ann@example.com" }, [Word(true, Some.Now)]), Some.Now).Dossier;
        var again = Kernel.Take(Some.Playbook(Thanks), agreed, new Signal.Told("t2", Some.Now, new(), [Word(true, Some.Now)]), Some.Now).Dossier;
        var left = Kernel.Take(Some.Playbook(Thanks), again, new Signal.Told("t3", Some.Now, new(), [Word(false, Some.Now)]), Some.Now).Dossier;

        Assert.Single(agreed.Enrollments);
        Assert.Single(again.Enrollments);
        Assert.Empty(left.Enrollments);
        Assert.Equal("left", left.Visits[0].LastOutcome);
    }

    [Fact]
    public void A_link_to_unsubscribe_is_an_event_and_works_long_after()
    {
        var inside = Kernel.Take(Some.Playbook(Thanks), Some.Ann with { Consents = [] }, new Signal.Consented("yes", Some.Now, Word(true, Some.Now)), Some.Now).Dossier;
        var later = Some.Now.AddDays(90);

        var turn = Kernel.Take(Some.Playbook(Thanks), inside, new Signal.Reported("r1", later, "old:ann:1/send/1", Report.Unsubscribed), later);

        Assert.Equal(Permission.Withdrawn, Permission.Check(Some.Playbook(), turn.Dossier, Channel.Email, Purpose.Promotional, later).Rule);
        Assert.Empty(turn.Dossier.Enrollments);
    }

    [Fact]
    public void An_older_word_that_comes_late_is_no_event()
    {
        var inside = Kernel.Take(Some.Playbook(Thanks), Some.Ann with { Consents = [] }, new Signal.Consented("yes", Some.Now, Word(true, Some.Now)), Some.Now).Dossier;
        var before = Some.Now.AddHours(-1);

        var turn = Kernel.Take(Some.Playbook(Thanks), inside, new Signal.Consented("no", Some.Now, Word(false, before)), Some.Now);

        Assert.Single(turn.Dossier.Enrollments);
        Assert.Equal(Happening.Ignored, Assert.Single(turn.Lines).What);
    }
}
