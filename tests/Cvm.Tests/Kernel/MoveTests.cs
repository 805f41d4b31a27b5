namespace Cvm.Tests;

public sealed class MoveTests
{
    static readonly Trigger Order = new("order");
    static readonly Goal Bought = new(new("refund"), Some.Lapse("30d"));

    static Step.Wait Wait(string id, int next, string lapse) => new(id, next, new(Some.Lapse(lapse)), null);

    static Step.Send Send(string id, int next, string template = "hello") => new(id, next, Some.Sending(template, validFor: "9d"));

    /// <summary>hello, wait a week, letter.</summary>
    static readonly Journey First = Some.Journey("greeting", Order, Send("hello", 1), Wait("rest", 2, "7d"), Send("letter", Step.Done, "letter")) with { Goal = Bought };

    static Journey Second(params Step[] steps) => First with { Version = 2, Steps = [.. steps], Goal = Bought with { Within = Some.Lapse("10d") } };

    static Dossier Inside { get; } = Kernel.Take(Some.Playbook(First), Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

    static Playbook Both(Journey second) => Some.Playbook(second) with { Earlier = [First] };

    static Turn Move(Journey second, string step, string place, DateTimeOffset now, Dossier? dossier = null) =>
        Kernel.Take(Both(second), dossier ?? Inside, new Signal.Moved("move:1", now, "greeting", 2, ImmutableSortedDictionary<string, string>.Empty.Add($"1/{step}", place), "Kim"), now);

    [Fact]
    public void A_longer_wait_counts_from_when_the_customer_came_to_it_and_the_line_says_who_moved_them()
    {
        var second = Second(Send("hello", 1), Wait("rest", 2, "14d"), Send("letter", Step.Done, "letter"));

        var turn = Move(second, "rest", "rest", Some.Now.AddDays(3));

        var e = Assert.Single(turn.Dossier.Enrollments);
        Assert.Equal((2, 1, "rest", Some.Now.AddDays(14)), (e.Version, e.MovedFrom, e.Step, e.WakeAt));
        Assert.Equal(Inside.Enrollments[0] with { Version = 2, MovedFrom = 1, WakeAt = e.WakeAt }, e);
        var line = Assert.Single(turn.Lines);
        Assert.Equal("Moved to 'rest' of version 2 until 15 Mar 09:00 by Kim: from 'rest' of version 1 (greeting)", Sentences.Of(line));
    }

    [Fact]
    public void A_wait_that_would_be_over_in_the_new_version_ends_at_once_and_the_customer_goes_on_there()
    {
        var second = Second(Send("hello", 1), Wait("rest", 2, "2d"), Send("text", Step.Done, "text"));
        var now = Some.Now.AddDays(3);

        var moved = Move(second, "rest", "rest", now).Dossier;
        var woken = Kernel.Take(Both(second), moved, new Signal.Woke(now), now).Dossier;

        Assert.Equal(now, moved.DueAt < now ? now : moved.DueAt);
        Assert.Equal("text", woken.Outbox[^1].Subject);
        Assert.Empty(woken.Enrollments);
    }

    [Fact]
    public void Moving_twice_or_from_a_place_that_is_not_theirs_changes_nothing()
    {
        var second = Second(Send("hello", 1), Wait("rest", 2, "14d"), Send("letter", Step.Done, "letter"));
        var moved = Move(second, "rest", "rest", Some.Now.AddDays(1)).Dossier;

        Assert.False(Move(second, "rest", "rest", Some.Now.AddDays(2), moved).Changed);
        Assert.False(Move(second, "letter", "rest", Some.Now.AddDays(1)).Changed);
        Assert.False(Move(second, "rest", "nowhere", Some.Now.AddDays(1)).Changed);
    }

    [Fact]
    public void Nobody_is_moved_to_before_a_message_that_lies_behind_them()
    {
        var second = Second(Wait("early", 1, "1d"), Send("hello", 2), Wait("rest", 3, "7d"), Send("letter", Step.Done, "letter"));
        var renamed = Second(Wait("early", 1, "1d"), Send("greet", 2), Wait("rest", 3, "7d"), Send("letter", Step.Done, "letter"));

        Assert.False(Move(second, "rest", "early", Some.Now.AddDays(1)).Changed);
        Assert.Equal<string>(["greet"], Moves.Again(First, renamed, "rest", "early"));
        Assert.False(Move(renamed, "rest", "early", Some.Now.AddDays(1)).Changed);
        Assert.True(Move(renamed, "rest", "rest", Some.Now.AddDays(1)).Changed);
        Assert.Equal("rest", Moves.Same(First, renamed, "rest"));
    }

    [Fact]
    public void A_version_that_had_left_a_message_out_does_not_bring_it_a_second_time()
    {
        var without = Second(Wait("rest", 1, "7d"), Send("letter", Step.Done, "letter"));
        var third = First with { Version = 3 };
        var now = Some.Now.AddDays(1);
        var moved = Move(without, "rest", "rest", now).Dossier;
        var playbook = Some.Playbook(third) with { Earlier = [First, without] };

        var back = Kernel.Take(playbook, moved, new Signal.Moved("move:2", now, "greeting", 3, ImmutableSortedDictionary<string, string>.Empty.Add("2/rest", "hello"), "Kim"), now).Dossier;
        var woken = Kernel.Take(playbook, back, new Signal.Woke(now), now);

        Assert.Equal("sent before the move to this version", Assert.Single(woken.Lines, line => line.What == Happening.Skipped).Because);
        Assert.Equal("rest", Assert.Single(woken.Dossier.Enrollments).Step);
    }

    [Fact]
    public void A_question_that_is_out_is_not_asked_again_and_its_answer_counts_in_the_new_version()
    {
        var first = First with { Steps = [new Step.Ask("ask", 1, "csat", Some.Sending("survey"), Some.Lapse("3d")), Send("letter", Step.Done, "letter")] };
        var second = Second(new Step.Ask("question", 1, "csat", Some.Sending("survey"), Some.Lapse("5d")), new Step.If("happy", Step.Done, Some.When("answer >= 4"), 2, 3), Send("thanks", Step.Done, "text"), Send("sorry", Step.Done, "hello"));
        var asked = Kernel.Take(Some.Playbook(first), Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;
        var (playbook, now) = (Some.Playbook(second) with { Earlier = [first] }, Some.Now.AddDays(1));

        var moved = Kernel.Take(playbook, asked, new Signal.Moved("m", now, "greeting", 2, ImmutableSortedDictionary<string, string>.Empty.Add("1/ask", "question"), "Kim"), now).Dossier;
        var answered = Kernel.Take(playbook, moved, new Signal.Answered("a", now, "csat", 5) { Ask = asked.Outbox[0].Key }, now).Dossier;

        Assert.Equal((true, Some.Now.AddDays(5)), (moved.Enrollments[0].Asked, moved.Enrollments[0].WakeAt));
        Assert.Equal(["survey", "text"], answered.Outbox.Select(entry => entry.Subject));
    }

    [Fact]
    public void What_it_is_measured_by_stays_and_those_held_out_move_as_held_out_only()
    {
        var second = Second(Send("hello", 1), Wait("rest", 2, "14d"), Send("letter", Step.Done, "letter"));
        var held = Kernel.Take(Some.Playbook(First with { Holdout = 0.999 }), Some.Ann, Some.Order("o1", 50), Some.Now).Dossier;

        var member = Move(second, "rest", "rest", Some.Now.AddDays(1)).Dossier;
        var kept = Move(second, Enrollment.Holdout, Enrollment.Holdout, Some.Now.AddDays(1), held).Dossier;

        Assert.Equal(Inside.Goals, member.Goals);
        Assert.Equal(held.Enrollments[0] with { Version = 2, MovedFrom = 1 }, Assert.Single(kept.Enrollments));
        Assert.False(Move(second, Enrollment.Holdout, "rest", Some.Now.AddDays(1), held).Changed);
        Assert.False(Move(second, "rest", Enrollment.Holdout, Some.Now.AddDays(1)).Changed);
    }
}
