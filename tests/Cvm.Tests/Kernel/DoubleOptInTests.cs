namespace Cvm.Tests;

public sealed class DoubleOptInTests
{
    static readonly Journey Confirming = Some.Journey("confirming", new("confirm-asked"), new Step.Wait("rest", Step.Done, new(Some.Lapse("7d")), new("consent")));

    static readonly Playbook Playbook = Strict(Some.Playbook(Confirming));

    static readonly Dossier Newcomer = Some.Ann with { Consents = [] };

    static Playbook Strict(Playbook playbook) => playbook with { Policies = playbook.Policies with { DoubleOptIn = [(Channel.Email, Purpose.Promotional)] } };

    static Consent Word(DateTimeOffset at, DateTimeOffset? confirmedAt = null) => new(Channel.Email, Purpose.Promotional, true, at, "form", "Yes, write to me", "customer", confirmedAt);

    static Dossier Take(Dossier dossier, Signal signal) => Kernel.Take(Playbook, dossier, signal, signal.At).Dossier;

    static string? Rule(Dossier dossier) => Permission.Check(Playbook, dossier, Channel.Email, Purpose.Promotional, Some.Now.AddHours(3)).Rule;

    [Fact]
    public void An_agreement_counts_once_it_is_confirmed()
    {
        var asked = Take(Newcomer, new Signal.Consented("yes", Some.Now, Word(Some.Now)));
        var confirmed = Take(asked, new Signal.Confirmed("link", Some.Now.AddHours(1), Channel.Email, Purpose.Promotional, "customer"));

        Assert.Equal(Permission.NotConfirmed, Rule(asked));
        Assert.Equal("confirming", Assert.Single(asked.Enrollments).Journey);
        Assert.Null(Rule(confirmed));
        Assert.Empty(confirmed.Enrollments);
        Assert.Equal((Some.Now.AddHours(1), "Yes, write to me"), (confirmed.Consents[0].ConfirmedAt, confirmed.Consents[0].Wording));
    }

    [Fact]
    public void It_is_the_same_within_other_news()
    {
        var asked = Take(Newcomer, new Signal.Told("told", Some.Now, Profile.Unknown, [Word(Some.Now)]));

        Assert.Equal(Permission.NotConfirmed, Rule(asked));
        Assert.Single(asked.Enrollments);
    }

    [Fact]
    public void Whoever_has_confirmed_need_not_do_so_again()
    {
        var confirmed = Take(Newcomer, new Signal.Consented("yes", Some.Now, Word(Some.Now, Some.Now)));
        var again = Take(confirmed, new Signal.Consented("again", Some.Now.AddHours(1), Word(Some.Now.AddHours(1))));

        Assert.Null(Rule(again));
        Assert.Empty(again.Enrollments);
    }

    [Fact]
    public void Who_agreed_before_the_rule_was_made_is_left_in_peace() => Assert.Null(Rule(Take(Some.Ann, new Signal.Consented("again", Some.Now, Word(Some.Now)))));

    [Fact]
    public void A_link_confirms_nothing_that_was_withdrawn()
    {
        var asked = Take(Newcomer, new Signal.Consented("yes", Some.Now, Word(Some.Now)));
        var withdrawn = Take(asked, new Signal.Consented("no", Some.Now.AddMinutes(1), Word(Some.Now.AddMinutes(1)) with { Given = false }));
        var confirmed = Take(withdrawn, new Signal.Confirmed("link", Some.Now.AddHours(1), Channel.Email, Purpose.Promotional, "customer"));

        Assert.Equal(Permission.Withdrawn, Rule(confirmed));
    }

    [Fact]
    public void Another_address_is_to_be_confirmed_anew()
    {
        var confirmed = Take(Newcomer, new Signal.Consented("yes", Some.Now, Word(Some.Now, Some.Now)));
        var moved = Take(confirmed, new Signal.Told("told", Some.Now.AddHours(1), Profile.Unknown with { Email = "ann@elsewhere.example" }, []));
        var same = Take(confirmed, new Signal.Told("told", Some.Now.AddHours(1), Profile.Unknown with { Email = "ann@example.com" }, []));

        Assert.Equal(Permission.NotConfirmed, Rule(moved));
        Assert.Null(Rule(same));
    }
}
