namespace Cvm.Tests;

/// <summary>Cases as people work them: each act, the clocks, the ladder, and what holds promotions.</summary>
public sealed class CaseTests
{
    static readonly Playbook Shop = Some.Playbook() with
    {
        Service = new() { Sla = [new([], [], [], Some.Lapse("2bh"), Some.Lapse("8bh"), [Some.Lapse("3bh")])] },
        Policies = Some.Playbook().Policies with { Staff = Some.Playbook().Policies.Staff.Add("director", "+4915100000000") },
    };

    const string Id = "ann/1";

    // Monday, 10:00 in Berlin; the team works 9 to 17.
    static readonly DateTimeOffset Now = Some.Now;

    static Dossier Opened { get; } = Act(Some.Ann, CaseWork.Open, Now, note: "The kettle leaks", about: "").Dossier;

    static Turn Act(Dossier dossier, CaseWork work, DateTimeOffset at, string? note = null, string? to = null, string? about = Id) =>
        Kernel.Take(Shop, dossier, new Signal.CaseWorked($"w-{work}-{at.Ticks}", at, about!, work, "maria", note, to), at);

    static Case Of(Dossier dossier, string id = Id) => CaseActs.Find(dossier, id)!;

    static Turn Woken(Dossier dossier, DateTimeOffset at) => Kernel.Take(Shop, dossier, new Signal.Woke(at), at);

    static IEnumerable<string> Told(Dossier dossier) => dossier.Outbox.Where(entry => entry.Kind == OutboxKind.Staff).Select(entry => entry.Subject);

    [Fact]
    public void A_case_opened_by_hand_has_its_clocks_tells_the_agent_and_holds_promotions()
    {
        var theCase = Of(Opened);

        Assert.Equal((Now.AddHours(2), Now.AddHours(2), Now.AddHours(2)), (theCase.RespondBy!.Value, theCase.DueAt, theCase.AlarmAt!.Value));
        Assert.Equal(Now.AddHours(24), theCase.ResolveBy); // 7 hours today, one tomorrow from nine
        Assert.Equal(("agent", "maria", "normal"), (theCase.Level, theCase.OpenedByHand, theCase.Severity));
        Assert.Equal(["agent"], Told(Opened));
        Assert.Equal(Permission.OnHold, Permission.Check(Shop, Opened, Channel.Email, Purpose.Promotional, Now).Rule);
        Assert.Equal(theCase.AlarmAt, (Opened with { Outbox = [] }).DueAt);
    }

    [Fact]
    public void It_climbs_each_rung_once_and_stays_on_the_top()
    {
        var manager = Woken(Opened, Now.AddHours(2));
        var director = Woken(manager.Dossier, Now.AddHours(5));
        var later = Woken(director.Dossier, Now.AddDays(9));

        Assert.Equal("no response in time", Assert.Single(manager.Lines, line => line.What == Happening.CaseEscalated).Wording);
        Assert.Equal(["agent", "manager", "director"], Told(later.Dossier));
        Assert.Equal(("director", 2), (Of(later.Dossier).Level, Of(later.Dossier).Escalations));
        Assert.Null(Of(later.Dossier).AlarmAt);
        Assert.DoesNotContain(later.Lines, line => line.What == Happening.CaseEscalated);
    }

    [Fact]
    public void A_journey_that_comes_late_does_not_take_a_case_down_again()
    {
        var journey = Some.Journey("care", new("complaint"), new Step.Case("open", 1, new CaseStep.Open("x", null, null, null)), new Step.Wait("wait", 2, new(Some.Lapse("6h")), null), new Step.Case("up", Step.Done, new CaseStep.Escalate("manager", null)));
        var shop = Shop with { Journeys = [journey] };
        var opened = Kernel.Take(shop, Some.Ann, Some.Complaint(), Now).Dossier;
        var manager = Kernel.Take(shop, opened, new Signal.Woke(Now.AddHours(2)), Now.AddHours(2)).Dossier;
        var director = Kernel.Take(shop, manager, new Signal.Woke(Now.AddHours(5)), Now.AddHours(5)).Dossier;

        var late = Kernel.Take(shop, director, new Signal.Woke(Now.AddHours(6)), Now.AddHours(6));

        Assert.Equal("director", Of(late.Dossier).Level);
        Assert.Contains(late.Lines, line => line is { What: Happening.Ignored, Because: "the case is with director, who stands above manager" });
    }

    [Fact]
    public void An_outage_costs_no_rung_its_time()
    {
        var late = Woken(Opened, Now.AddDays(1));

        Assert.Equal(("manager", Now.AddDays(1).AddHours(3)), (Of(late.Dossier).Level, Of(late.Dossier).AlarmAt!.Value));
    }

    [Theory]
    [InlineData(CaseWork.Answer)]
    [InlineData(CaseWork.Call)]
    public void A_response_leaves_the_resolution_to_be_done(CaseWork work)
    {
        var after = Act(Opened, work, Now.AddHours(1), "We send a new one.").Dossier;

        Assert.Equal((Now.AddHours(1), Of(Opened).ResolveBy, Of(Opened).ResolveBy), (Of(after).FirstResponseAt!.Value, Of(after).DueAt, Of(after).AlarmAt));
        Assert.Equal("agent", Of(Woken(after, Now.AddHours(2)).Dossier).Level);
        Assert.Equal("not resolved in time", Woken(after, Now.AddHours(24)).Lines.First(line => line.What == Happening.CaseEscalated).Wording);
        Assert.Equal(work == CaseWork.Answer ? 1 : 0, after.Outbox.Count(entry => entry.Subject == "case-answer"));
    }

    [Fact]
    public void An_answer_goes_out_as_it_was_written_and_whatever_is_paused()
    {
        var words = "Dear Ann,\nwe are sorry.\n\nA new one comes.";
        var answered = Act(Opened, CaseWork.Answer, Now, words).Dossier;
        var entry = Assert.Single(answered.Outbox, entry => entry.Subject == "case-answer");

        Assert.Equal((OutboxKind.Email, Purpose.Transactional, words, Id), (entry.Kind, entry.Purpose, entry.Data["message"], entry.Data["case"]));
        Assert.Equal("The kettle leaks", entry.Data["reason"]); // as the preview shows it
        Assert.Equal(OutboxState.Claimed, Kernel.Claim(Shop, answered, entry.Key, false, Now).Dossier.Outbox.Single(known => known.Key == entry.Key).State);
    }

    [Fact]
    public void Clocks_stand_while_the_customer_is_asked()
    {
        var asked = Act(Opened, CaseWork.Ask, Now.AddHours(1), "Which one?").Dossier;
        var days = Woken(asked, Now.AddDays(3)).Dossier;
        var replied = Act(days, CaseWork.CustomerReplied, Now.AddDays(3), "The blue one").Dossier;

        Assert.Null(Of(asked).AlarmAt);
        Assert.Equal("agent", Of(days).Level);
        Assert.Equal(TimeSpan.FromHours(7), Shop.Policies.Hours.Between(Now.AddDays(3), Of(replied).ResolveBy!.Value));
        Assert.Equal((Of(replied).ResolveBy, null), (Of(replied).AlarmAt, Of(replied).WaitingSince));
        Assert.Equal(["agent", "agent"], Told(replied)); // whoever asked hears of the answer
    }

    [Fact]
    public void An_sms_while_somebody_waits_is_the_answer_and_at_other_times_is_not()
    {
        var asked = Act(Opened, CaseWork.Ask, Now.AddHours(1), "Which one?").Dossier;
        var texted = new Signal.Texted("sms", Now.AddHours(3), "The blue one");

        Assert.Null(Of(Kernel.Take(Shop, asked, texted, Now.AddHours(3)).Dossier).WaitingSince);
        Assert.NotNull(Of(Kernel.Take(Shop, asked, texted with { Text = "STOP" }, Now.AddHours(3)).Dossier).WaitingSince);
        Assert.DoesNotContain(Kernel.Take(Shop, Opened, texted, Now.AddHours(3)).Lines, line => line.What == Happening.CaseReplied);
    }

    [Fact]
    public void A_case_open_again_has_new_clocks_and_tells_nobody_twice_who_still_has_it_in_hand()
    {
        var resolved = Act(Opened, CaseWork.Resolve, Now.AddHours(1), to: "replaced").Dossier;
        var soon = Act(resolved, CaseWork.Reopen, Now.AddHours(3), "it leaks again").Dossier;
        var late = Act(resolved, CaseWork.Reopen, Now.AddDays(7), "it leaks again").Dossier;

        Assert.Equal(["agent"], Told(soon));
        Assert.Equal(["agent", "agent"], Told(late));
        Assert.Equal(late.Outbox.Length, late.Outbox.Select(entry => entry.Key).Distinct().Count());
        Assert.Equal((Now.AddHours(5), null), (Of(soon).RespondBy!.Value, Of(soon).FirstResponseAt));
        Assert.Null(soon.Holds.Single().Until);
    }

    [Fact]
    public void Promotions_go_on_after_a_happy_answer_or_a_while()
    {
        var resolved = Act(Opened, CaseWork.Resolve, Now.AddHours(1), to: "replaced").Dossier;
        var until = resolved.Holds.Single().Until!.Value;
        Dossier Answered(int score, DateTimeOffset at) => Kernel.Take(Shop, resolved, new Signal.Answered("a", at, "csat", score), Now.AddHours(2)).Dossier;

        Assert.Equal(Now.AddHours(1).AddDays(14), until);
        Assert.Empty(Answered(5, Now.AddHours(2)).Holds);
        Assert.Single(Answered(5, Now).Holds); // said before it was resolved
        Assert.Equal(2, Answered(1, Now.AddHours(2)).Holds.Length);
        Assert.Empty(Woken(resolved, until).Dossier.Holds);
    }

    [Fact]
    public void An_unhappy_answer_pauses_until_it_is_made_good()
    {
        Dossier Take(Dossier dossier, Signal signal) => Kernel.Take(Shop, dossier, signal, signal.At).Dossier;
        var unhappy = Take(Some.Ann, new Signal.Answered("a1", Now, "csat", 1));

        Assert.Equal((Hold.Detractor, Now.AddDays(30)), (unhappy.Holds.Single().By, unhappy.Holds.Single().Until!.Value.ToUniversalTime().AddHours(1)));
        Assert.Empty(Take(unhappy, new Signal.Answered("a2", Now.AddDays(2), "csat", 4)).Holds);
        Assert.Empty(Kernel.Take(Shop, Some.Ann, new Signal.Answered("old", Now.AddDays(-40), "csat", 1), Now).Dossier.Holds);
        Assert.Empty(Take(Some.Ann, new Signal.Answered("other", Now, "unknown survey", 1)).Holds);

        var opened = Act(unhappy, CaseWork.Open, Now, "Unhappy", about: "").Dossier;
        Assert.DoesNotContain(Act(opened, CaseWork.Resolve, Now.AddHours(1)).Dossier.Holds, hold => hold.By == Hold.Detractor);
    }

    [Fact]
    public void A_case_from_before_holds_from_the_next_turn_that_touches_it()
    {
        var old = Some.Ann with { Cases = [new() { Id = Id, Subject = "x", Severity = "low", OpenedAt = Now, Level = "agent", DueAt = Now }] };

        Assert.Empty(Kernel.Take(Shop, old, Some.Order("o1", 5), Now).Dossier.Holds);
        Assert.Equal(Id, Act(old, CaseWork.Note, Now, "seen").Dossier.Holds.Single().By);
        Assert.Equal("agent", Of(Woken(old, Now.AddDays(3)).Dossier).Level); // its journey sees to the times
    }

    [Fact]
    public void A_case_that_is_merged_keeps_its_story_and_its_journey_follows()
    {
        var two = Act(Act(Opened, CaseWork.Note, Now, "first").Dossier, CaseWork.Open, Now.AddMinutes(1), "Again the kettle", about: "").Dossier;
        two = Act(two, CaseWork.Note, Now.AddMinutes(2), "second", about: "ann/2").Dossier with
        {
            Enrollments = [new() { Id = "walk:ann:1", Journey = "walk", Version = 1, Occurrence = "1", EnteredAt = Now, EnteredOn = "complaint", Step = "wait", WakeAt = Now.AddDays(9), Case = "ann/2" }],
        };

        var merged = Act(two, CaseWork.Merge, Now.AddMinutes(5), to: "ann/2").Dossier;

        Assert.Equal((false, Id, "merged"), (Of(merged, "ann/2").Open, Of(merged, "ann/2").MergedInto, Of(merged, "ann/2").Outcome));
        Assert.Equal(["The kettle leaks", "first", "Again the kettle", "second", "Again the kettle"], Of(merged).History.Select(entry => entry.Words));
        Assert.Equal(Id, merged.Enrollments.Single().Case);
        Assert.Equal(Id, merged.Holds.Single().By);
        Assert.Equal("the case is part of ann/1 now", Act(merged, CaseWork.Reopen, Now.AddMinutes(6), about: "ann/2").Lines.Single().Because);
        Assert.Equal("from the link", Of(Act(merged, CaseWork.CustomerReplied, Now.AddMinutes(7), "from the link", about: "ann/2").Dossier).History[^1].Words);
    }

    [Fact]
    public void What_cannot_be_done_is_said_and_changes_nothing()
    {
        var resolved = Act(Opened, CaseWork.Resolve, Now).Dossier;
        (Dossier Dossier, CaseWork Work, string? Note, string? To, string About, string Because)[] tries =
        [
            (Opened, CaseWork.Note, "x", null, "bob/1", "no such case"),
            (Opened, CaseWork.Open, "  ", null, "", "a case needs a subject"),
            (Opened, CaseWork.Reopen, null, null, Id, "the case is open already"),
            (Opened, CaseWork.Answer, " ", null, Id, "an answer needs words"),
            (Opened, CaseWork.Escalate, null, "agent", Id, "the case is with agent already"),
            (Opened, CaseWork.Escalate, null, "king", Id, "there is no 'king' on the ladder"),
            (Opened, CaseWork.Merge, null, Id, Id, "a case cannot become part of itself"),
            (Opened, CaseWork.Merge, null, "bob/1", Id, "no such case of this customer"),
            (Opened with { Profile = Opened.Profile with { Email = null, Phone = null } }, CaseWork.Answer, "x", null, Id, "the customer cannot be written to: no e-mail address"),
            (resolved, CaseWork.Resolve, null, null, Id, "the case is resolved already"),
            (resolved, CaseWork.Assign, null, "maria", Id, "the case is resolved already"),
        ];

        foreach (var (dossier, work, note, to, about, because) in tries)
        {
            var turn = Act(dossier, work, Now, note, to, about);
            var line = Assert.Single(turn.Lines);

            Assert.Equal((Happening.Ignored, because), (line.What, line.Because));
            Assert.Equal(dossier.Cases, turn.Dossier.Cases);
            Assert.Equal(dossier.Outbox, turn.Dossier.Outbox);
        }
    }

    [Fact]
    public void Every_act_says_by_whom_and_stands_in_the_history()
    {
        var dossier = Opened;
        foreach (var (work, note, to) in new[] { (CaseWork.Acknowledge, null, null), (CaseWork.Assign, null, "peter"), (CaseWork.Note, "x", null), (CaseWork.Call, "y", null), (CaseWork.LinkIssue, null, "slow"), (CaseWork.Escalate, "z", (string?)"director"), (CaseWork.Resolve, "done", "replaced"), (CaseWork.Reopen, "again", null) })
        {
            var turn = Act(dossier, work, Now.AddMinutes(1), note, to);
            Assert.Contains(turn.Lines, line => line.By == "maria");
            Assert.Equal((work, "maria"), (Of(turn.Dossier).History[^1].Work, Of(turn.Dossier).History[^1].By));
            dossier = turn.Dossier;
        }

        Assert.Equal(("peter", "slow", "director"), (Of(dossier).Assignee, Of(dossier).Issue, Of(dossier).Level));
        Assert.Equal(9, Of(dossier).Acts);
    }

    [Fact]
    public void A_history_is_bounded_whatever_is_written()
    {
        var dossier = Opened;
        for (var i = 0; i < 100; i++) dossier = Act(dossier, CaseWork.CustomerReplied, Now.AddSeconds(i), new string('字', 5_000)).Dossier;

        Assert.True(Of(dossier).History.Length is > 1 and <= Case.MaxHistory);
        Assert.True(Of(dossier).History.Sum(entry => entry.Words!.Length) <= Case.MaxWords);
        Assert.Equal(101, Of(dossier).Acts);
    }

    [Fact]
    public void The_first_promise_that_fits_holds()
    {
        var rules = Shop with
        {
            Service = new()
            {
                Sla =
                [
                    new(["high"], ["gold"], [], Some.Lapse("1bh"), Some.Lapse("4bh"), []),
                    new(["high"], [], [], Some.Lapse("2bh"), Some.Lapse("8bh"), []),
                    new([], [], ["strategic"], Some.Lapse("3bh"), Some.Lapse("9bh"), []),
                ],
            },
        };
        var gold = Some.Ann with { Ledger = Ledger.Empty with { Tier = "gold" } };
        var strategic = Some.Ann with { Scores = new() { AsOf = new(2027, 1, 1), Relationship = Relationship.Strategic } };

        Assert.Equal("1bh", Sla.For(rules, gold, "high").FirstResponse.ToString());
        Assert.Equal("2bh", Sla.For(rules, Some.Ann, "high").FirstResponse.ToString());
        Assert.Equal("3bh", Sla.For(rules, strategic, "low").FirstResponse.ToString());
        Assert.Equal("4bh", Sla.For(rules, Some.Ann, "low").FirstResponse.ToString());
    }
}
