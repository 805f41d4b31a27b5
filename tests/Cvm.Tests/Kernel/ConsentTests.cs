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
}
