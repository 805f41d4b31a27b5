namespace Cvm.Tests;

/// <summary>What becomes of a task: done, given, put off, cancelled, late.</summary>
public sealed class TaskTests
{
    static readonly Journey Gift = Some.Journey(
        "gift",
        new("order"),
        new Step.Task("ask", 1, "agent", "Send {{name}} a box", Some.Lapse("2d"), TaskKind.Gift, ["sent", "no-address"]),
        new Step.Wait("wait", 2, new(Some.Lapse("30d")), new("task-done")),
        new Step.If("if", Step.Done, Some.When("task-outcome == 'sent'"), 3, 4),
        new Step.End("sent", "sent"),
        new Step.End("not-sent", "not-sent"));

    static readonly Journey Late = Some.Journey("late", new("task-overdue", Some.When("task-kind == 'gift'")), new Step.Task("tell", Step.Done, "manager", "Late: {{reason}}", null));

    static readonly Playbook Playbook = Some.Playbook(Gift, Late);

    static readonly DateTimeOffset Due = Some.Now.AddDays(2);

    static Dossier Asked => Kernel.Take(Playbook, Some.Ann, Some.Order("o1", 20), Some.Now).Dossier;

    static Turn Take(Dossier dossier, Signal signal, DateTimeOffset? now = null) => Kernel.Take(Playbook, dossier, signal, now ?? Some.Now.AddHours(1));

    static Signal.TaskDone Done(string? outcome = null, string? note = null) => new("d1", Some.Now.AddHours(1), Asked.Tasks[0].Id, "Kim", outcome, note);

    static Signal.TaskWorked Work(TaskWork work, string? to = null, DateTimeOffset? until = null, string? note = null) => new($"w-{work}", Some.Now.AddHours(1), Asked.Tasks[0].Id, work, "Kim", to, until, note);

    static string Text(Line line) => Sentences.Of(line);

    [Theory]
    [InlineData("sent", "sent", "sent")]
    [InlineData("SENT", "sent", "sent")]
    [InlineData("no-address", "no-address", "not-sent")]
    [InlineData(null, null, "not-sent")]
    public void What_came_of_it_is_kept_and_the_journey_branches_on_it(string? said, string? kept, string ended)
    {
        var turn = Take(Asked, Done(said, "Ribbon"));

        var task = Assert.Single(turn.Dossier.Tasks);
        Assert.Equal(("Kim", kept, "Ribbon", false), (task.DoneBy, task.Outcome, task.Note, task.Open));
        Assert.Equal(ended, Assert.Single(turn.Dossier.Visits).LastOutcome);
        Assert.Contains(turn.Lines, line => Text(line) == $"Task 'Send Ann a box' done by Kim: {(kept is null ? "" : kept + "; ")}Ribbon (gift)");
    }

    [Fact]
    public void An_outcome_that_the_task_does_not_know_is_kept_in_words_and_says_so()
    {
        var turn = Take(Asked, Done("lost in the post"));

        var task = Assert.Single(turn.Dossier.Tasks);
        Assert.Equal((null, "lost in the post"), (task.Outcome, task.Note));
        Assert.Contains(turn.Lines, line => Text(line) == "Took no notice of the outcome 'lost in the post': this task ends as sent, no-address");
    }

    [Fact]
    public void Where_there_is_nothing_to_choose_from_any_words_are_the_outcome()
    {
        var playbook = Some.Playbook(Some.Journey("j", new("order"), new Step.Task("ask", Step.Done, "agent", "Call", null)));
        var asked = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 20), Some.Now).Dossier;

        var done = Kernel.Take(playbook, asked, new Signal.TaskDone("d", Some.Now, asked.Tasks[0].Id, "Kim", "Will come on Friday"), Some.Now).Dossier;

        Assert.Equal("Will come on Friday", done.Tasks[0].Outcome);
    }

    [Fact]
    public void Who_has_it_when_it_is_due_and_that_it_is_not_to_be_done_are_told_with_whoever_said_so()
    {
        var given = Take(Asked, Work(TaskWork.Assign, to: "Lee"));
        var back = Take(given.Dossier, Work(TaskWork.Assign));
        var later = Take(given.Dossier, Work(TaskWork.PutOff, until: Due.AddDays(3), note: "Boxes come on Thursday"));
        var cancelled = Take(later.Dossier, Work(TaskWork.Cancel, note: "Moved abroad"));

        Assert.Equal(["Task 'Send Ann a box' given to Lee by Kim (gift)"], given.Lines.Select(Text));
        Assert.Equal(["Task 'Send Ann a box' given back by Kim (gift)"], back.Lines.Select(Text));
        Assert.Equal(["Task 'Send Ann a box' put off by Kim, due 6 Mar 09:00: Boxes come on Thursday (gift)"], later.Lines.Select(Text));
        Assert.Equal("Task 'Send Ann a box' cancelled by Kim: Moved abroad (gift)", Text(cancelled.Lines[0]));
        Assert.Equal(("Lee", null, Due.AddDays(3), 1), (given.Dossier.Tasks[0].Assignee, back.Dossier.Tasks[0].Assignee, later.Dossier.Tasks[0].DueAt, later.Dossier.Tasks[0].PutOff));
        Assert.False(cancelled.Dossier.Tasks[0].Open);
    }

    [Fact]
    public void It_is_not_put_off_into_the_past()
    {
        var turn = Take(Asked, Work(TaskWork.PutOff, until: Some.Now.AddMinutes(-1)));

        Assert.Equal(Due, turn.Dossier.Tasks[0].DueAt);
        Assert.Equal(Happening.Ignored, Assert.Single(turn.Lines).What);
    }

    [Fact]
    public void What_is_over_is_left_alone()
    {
        var done = Take(Asked, Done("sent")).Dossier;
        var cancelled = Take(Asked, Work(TaskWork.Cancel)).Dossier;

        foreach (var over in new[] { done, cancelled })
            foreach (var signal in new Signal[] { Done("no-address"), Work(TaskWork.Assign, to: "Lee"), Work(TaskWork.Cancel), Work(TaskWork.PutOff, until: Due) })
                Assert.Equal(over.Tasks, Take(over, signal with { Id = "again" }).Dossier.Tasks);
    }

    [Fact]
    public void It_is_late_once_and_again_only_after_it_was_put_off()
    {
        var asked = Asked;
        Assert.Equal(Due, asked.Tasks[0].LateAt);
        Assert.True(asked.DueAt <= Due);

        var early = Take(asked, new Signal.Woke(Due.AddSeconds(-1)), Due.AddSeconds(-1));
        var late = Take(early.Dossier, new Signal.Woke(Due), Due);
        var again = Take(late.Dossier, new Signal.Woke(Due.AddDays(1)), Due.AddDays(1));
        var putOff = Take(again.Dossier, Work(TaskWork.PutOff, until: Due.AddDays(3)), Due.AddDays(1));
        var lateAgain = Take(putOff.Dossier, new Signal.Woke(Due.AddDays(3)), Due.AddDays(3));

        Assert.DoesNotContain(early.Lines, line => line.What == Happening.TaskOverdue);
        Assert.Equal("Task 'Send Ann a box' is overdue, with agent, due 3 Mar 09:00 (gift)", Text(late.Lines[0]));
        Assert.Contains(late.Dossier.Tasks, task => task is { For: "manager", Do: "Late: Send Ann a box" });
        Assert.Empty(again.Lines);
        Assert.Contains(lateAgain.Lines, line => line.What == Happening.TaskOverdue);
    }

    [Fact]
    public void What_nobody_asked_about_for_weeks_is_told_but_starts_nothing()
    {
        var late = Take(Asked, new Signal.Woke(Due.AddDays(20)), Due.AddDays(20));

        Assert.Contains(late.Lines, line => line.What == Happening.TaskOverdue);
        Assert.DoesNotContain(late.Dossier.Tasks, task => task.For == "manager");
    }

    [Fact]
    public void Who_does_it_need_not_say_more_than_fits()
    {
        var turn = Take(Asked, new Signal.TaskDone("d", Some.Now, Asked.Tasks[0].Id, new string('k', 500), new string('o', 500), new string('n', 5_000)));

        var task = turn.Dossier.Tasks[0];
        Assert.Equal((80, 200), (task.DoneBy!.Length, task.Note!.Length));
    }

    [Fact]
    public void A_done_task_is_a_contact_of_its_kind()
    {
        var at = Some.Now.AddHours(1);
        var done = Take(Asked, Done("sent")).Dossier;
        var view = new View(Playbook, done, null, null, at.AddDays(3));

        Assert.Equal(new Contact(TaskKind.Gift, at), Assert.Single(done.Contacts));
        Assert.True(Some.When("last-contact >= 3d and last-contact < 4d and open-tasks == 0").Holds(view));
        Assert.False(Some.When("last-contact < 9d").Holds(view with { Dossier = Some.Ann }));
    }
}
