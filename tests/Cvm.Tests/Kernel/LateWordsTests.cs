namespace Cvm.Tests;

/// <summary>Words that come late, or that two could take for theirs.</summary>
public sealed class LateWordsTests
{
    static readonly DateTimeOffset Now = Polls.Now;

    static Hold? Detractor(Dossier dossier) => dossier.Holds.FirstOrDefault(hold => hold.By == Hold.Detractor);

    static Dossier Answered(Dossier dossier, int score, int daysAgo, string ask = "") =>
        Polls.Take(dossier, new Signal.Answered($"a-{score}-{daysAgo}", Now.AddDays(-daysAgo), "csat", score) { Ask = ask }, Now);

    [Fact]
    public void An_older_unhappy_answer_shortens_no_hold()
    {
        var held = Answered(Some.Ann, 1, daysAgo: 1);

        Assert.Equal(Detractor(held), Detractor(Answered(held, 1, daysAgo: 20)));
        Assert.NotNull(Detractor(held));
    }

    [Fact]
    public void After_a_happy_answer_an_older_unhappy_one_holds_nothing()
    {
        var happy = Answered(Some.Ann, 5, daysAgo: 1);

        Assert.Null(Detractor(Answered(happy, 1, daysAgo: 5)));
        Assert.NotNull(Detractor(Answered(happy, 1, daysAgo: 0)));
    }

    [Theory]
    [InlineData(-2, "asked later than the survey", 0, true)]
    [InlineData(2, "asked before the survey", 1, false)]
    public void One_sms_answers_whatever_was_asked_last(int hoursBefore, string _, int answers, bool replied)
    {
        var question = Now.AddHours(-hoursBefore);
        var waiting = Some.Ann with
        {
            Asked = [new("csat", Polls.Key, Channel.Sms, Now)],
            Cases = [new() { Id = "ann/1", Subject = "It leaks", Severity = "normal", OpenedAt = question, Level = "agent", DueAt = Now.AddDays(3), WaitingSince = question }],
        };
        var later = Now.AddHours(5);

        var after = Polls.Take(waiting, new Signal.Texted("sms", later, "4"), later);

        Assert.Equal((answers, replied), (after.Satisfaction.Answers.Length, after.Cases[0].WaitingSince is null));
    }

    [Fact]
    public void A_hold_goes_with_a_case_for_which_a_merger_leaves_no_room()
    {
        Case Open(string customer, int number) => new() { Id = $"{customer}/{number}", Subject = "x", Severity = "normal", OpenedAt = Now, Level = "agent", DueAt = Now.AddDays(3) };
        Dossier Full(Dossier dossier) => dossier with
        {
            Cases = [.. Enumerable.Range(1, 30).Select(number => Open(dossier.Customer, number))],
            Holds = [.. Enumerable.Range(1, 30).Select(number => new Hold($"{dossier.Customer}/{number}", Now, null, "open"))],
        };

        var merged = Polls.Take(Full(Some.Ann), new Signal.Merged("merge:bob", Now, Full(Dossier.For("bob")), "Kim"), Now);

        Assert.Equal(50, merged.Cases.Length);
        Assert.Equal(merged.Cases.Select(known => known.Id).Order(), merged.Holds.Select(hold => hold.By).Order());
    }

    [Fact]
    public void What_is_told_of_another_issue_goes_on_after_a_merger()
    {
        var told = Some.Journey("told", new("issue-fixed"), new Step.Wait("rest", Step.Done, new(Some.Lapse("30d")), null));
        Enrollment Of(string customer, string issue) => new() { Id = Enrollment.IdOf("told", customer, issue), Journey = "told", Version = 1, Occurrence = issue, EnteredAt = Now, EnteredOn = "issue-fixed", Step = "rest", WakeAt = Now.AddDays(30) };
        var playbook = Some.Playbook(told);

        var merged = Kernel.Take(playbook, Some.Ann with { Enrollments = [Of("ann", "slow")] }, new Signal.Merged("merge:bob", Now, Dossier.For("bob") with { Enrollments = [Of("bob", "broken"), Of("bob", "slow")] }, "Kim"), Now).Dossier;

        Assert.Equal(["slow", "broken"], merged.Enrollments.Select(enrollment => enrollment.Occurrence));
    }
}
