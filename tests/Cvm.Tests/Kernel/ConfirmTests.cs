namespace Cvm.Tests;

public sealed class ConfirmTests
{
    static readonly Playbook Playbook = Some.Playbook() is var playbook ? playbook with { Policies = playbook.Policies with { DoubleOptIn = [(Channel.Email, Purpose.Promotional)] } } : null!;

    static Consent Word(DateTimeOffset at, DateTimeOffset? confirmedAt = null) => new(Channel.Email, Purpose.Promotional, true, at, "form", ConfirmedAt: confirmedAt);

    static Dossier Take(Dossier dossier, Signal signal) => Kernel.Take(Playbook, dossier, signal, signal.At).Dossier;

    static string? Rule(Dossier dossier) => Permission.Check(Playbook, dossier, Channel.Email, Purpose.Promotional, Some.Now.AddHours(3)).Rule;

    static Dossier Asked => Take(Some.Ann with { Consents = [] }, new Signal.Consented("yes", Some.Now, Word(Some.Now)));

    static Signal.Told Moved(string email, params Consent[] words) => new("moved", Some.Now.AddMinutes(10), Profile.Unknown with { Email = email }, [.. words]);

    [Fact]
    public void A_link_that_went_to_one_address_confirms_no_other()
    {
        var moved = Take(Asked, Moved("victim@example.com"));

        var tried = Take(moved, new Signal.Confirmed("link", Some.Now.AddHours(1), Channel.Email, Purpose.Promotional, "ann@example.com"));
        var right = Take(moved, new Signal.Confirmed("link", Some.Now.AddHours(1), Channel.Email, Purpose.Promotional, "Victim@example.com"));

        Assert.Equal(Permission.NotConfirmed, Rule(tried));
        Assert.Null(Rule(right));
    }

    [Fact]
    public void The_same_address_in_other_letters_is_the_same()
    {
        var confirmed = Take(Asked, new Signal.Confirmed("link", Some.Now.AddMinutes(1), Channel.Email, Purpose.Promotional, "customer"));

        Assert.Null(Rule(Take(confirmed, Moved("Ann@Example.com"))));
    }

    [Fact]
    public void What_the_shop_has_confirmed_together_with_the_new_address_is_confirmed()
    {
        var confirmed = Take(Asked, new Signal.Confirmed("link", Some.Now.AddMinutes(1), Channel.Email, Purpose.Promotional, "customer"));

        Assert.Null(Rule(Take(confirmed, Moved("new@example.com", Word(Some.Now.AddMinutes(9), Some.Now.AddMinutes(9))))));
    }

    [Fact]
    public void Of_two_words_of_the_same_moment_no_is_kept_whichever_came_first()
    {
        var no = new Signal.Consented("no", Some.Now, Word(Some.Now) with { Given = false });
        var yes = new Signal.Consented("yes", Some.Now, Word(Some.Now, Some.Now));

        Assert.Equal(Permission.Withdrawn, Rule(Take(Take(Some.Ann with { Consents = [] }, no), yes)));
        Assert.Equal(Permission.Withdrawn, Rule(Take(Take(Some.Ann with { Consents = [] }, yes), no)));
    }
}
