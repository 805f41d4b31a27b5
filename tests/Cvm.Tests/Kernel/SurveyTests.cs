namespace Cvm.Tests;

public sealed class SurveyTests
{
    static readonly DateTimeOffset Later = Polls.Now.AddMinutes(5);

    static GivenAnswer Only(Dossier dossier) => Assert.Single(dossier.Satisfaction.Answers);

    static string At(Dossier dossier, string journey) => dossier.Enrollments.FirstOrDefault(e => e.Journey == journey)?.Step ?? "";

    [Fact]
    public void A_tap_counts_after_ten_seconds_and_knows_what_it_is_about()
    {
        var tapped = Polls.Take(Polls.Asked, Polls.Tap(2, Later), Later);
        var early = Polls.Wake(tapped, Later.AddSeconds(9));
        var counted = Polls.Wake(tapped, Later.AddSeconds(10));

        Assert.Empty(early.Satisfaction.Answers);
        Assert.Equal(Later.AddSeconds(10), tapped.DueAt);
        Assert.Equal(("csat", 2, Polls.Key, "tea", "customer", true, 1), Only(counted) is var one ? (one.Survey, one.Score, one.Ask, one.Product, one.By, one.Unhappy, one.Number) : default);
        Assert.Equal(("rest", "see", 1), (At(counted, "poll"), At(counted, "care"), counted.Satisfaction.Unhappy));
    }

    [Fact]
    public void Several_answers_within_seconds_and_taps_right_after_sending_are_a_program()
    {
        var scanned = Polls.Asked;
        for (var score = 1; score <= 5; score++) scanned = Polls.Take(scanned, Polls.Tap(score, Later.AddSeconds(score)), Later.AddSeconds(score));
        var early = Polls.Take(Polls.Asked, Polls.Tap(3, Polls.Now.AddSeconds(4)), Polls.Now.AddSeconds(4));

        Assert.Empty(Polls.Wake(scanned, Later.AddMinutes(1)).Satisfaction.Answers);
        Assert.Empty(Polls.Wake(early, Later).Satisfaction.Answers);
    }

    [Fact]
    public void Another_tap_changes_the_answer_and_every_count_of_it()
    {
        var first = Polls.Wake(Polls.Take(Polls.Asked, Polls.Tap(1, Later), Later), Later.AddSeconds(10));
        var again = Later.AddMinutes(3);
        var turn = Kernel.Take(Polls.Playbook, Polls.Take(first, Polls.Tap(5, again), again), new Signal.Woke(again.AddSeconds(10)), again.AddSeconds(10));

        Assert.Equal((5, 1, 0), (Only(turn.Dossier).Score, turn.Dossier.Satisfaction.Given, turn.Dossier.Satisfaction.Unhappy));
        Assert.Contains(turn.Lines, line => line is { What: Happening.AnswerChanged, Figure: 5 });
        Assert.Equal("rest", At(turn.Dossier, "poll")); // it has heard, and stays where it is
        Assert.Equal(5, turn.Dossier.Enrollments.Single(e => e.Journey == "poll").Answer);
    }

    [Fact]
    public void The_form_is_a_person_at_once_and_the_tap_before_it_adds_nothing()
    {
        var tapped = Polls.Take(Polls.Asked, Polls.Tap(2, Later), Later);
        var said = Polls.Take(tapped, Polls.Said(3, Later.AddSeconds(4), "slow", reasons: "delivery"), Later.AddSeconds(4));
        var woken = Polls.Wake(said, Later.AddSeconds(20));

        Assert.Equal((3, "slow", "delivery"), Only(said) is var now ? (now.Score, now.Comment, now.Reasons.Single()) : default);
        Assert.Equal(said.Satisfaction, woken.Satisfaction);
        Assert.Equal("", At(woken, "care"));
    }

    [Fact]
    public void Words_that_come_after_the_score_are_no_new_answer_but_the_journeys_reason()
    {
        var tapped = Polls.Wake(Polls.Take(Polls.Asked, Polls.Tap(2, Later), Later), Later.AddSeconds(10));
        var turn = Kernel.Take(Polls.Playbook, tapped, Polls.Said(2, Later.AddMinutes(1), "The lid was chipped", reasons: ["price", "delivery"]), Later.AddMinutes(1));

        Assert.Equal([Happening.AnswerChanged], turn.Lines.Select(line => line.What));
        Assert.Equal("Price, Delivery: The lid was chipped", turn.Dossier.Enrollments.Single(e => e.Journey == "care").Reason);
        Assert.Equal(1, turn.Dossier.Satisfaction.Unhappy);
    }

    [Fact]
    public void A_bare_score_leaves_the_words_and_an_empty_form_takes_them_back()
    {
        var said = Polls.Take(Polls.Asked, Polls.Said(2, Later, "slow", reasons: "delivery"), Later);
        var tapped = Polls.Wake(Polls.Take(said, Polls.Tap(4, Later.AddMinutes(1)), Later.AddMinutes(1)), Later.AddMinutes(2));
        var cleared = Polls.Take(tapped, Polls.Said(4, Later.AddMinutes(3)), Later.AddMinutes(3));

        Assert.Equal((4, "slow", 1), Only(tapped) is var kept ? (kept.Score, kept.Comment, kept.Reasons.Length) : default);
        Assert.Equal((4, null, 0), Only(cleared) is var bare ? (bare.Score, bare.Comment, bare.Reasons.Length) : default);
    }

    [Fact]
    public void The_same_again_and_an_older_word_change_nothing()
    {
        var said = Polls.Take(Polls.Asked, Polls.Said(4, Later, "fine"), Later);

        Assert.Equal(said, Polls.Take(said, Polls.Said(4, Later.AddMinutes(1), "fine"), Later.AddMinutes(1)));
        Assert.Equal(said, Polls.Take(said, Polls.Said(1, Later.AddMinutes(-2), "bad"), Later.AddMinutes(1)));
    }

    [Fact]
    public void An_answer_to_an_earlier_question_is_not_the_one_that_is_awaited()
    {
        var turn = Kernel.Take(Polls.Playbook, Polls.Asked, Polls.Said(5, Later, ask: "poll:ann:0/ask/1"), Later);
        var entered = Kernel.Take(Polls.Playbook, Polls.Asked, Polls.Said(5, Later, ask: ""), Later);

        Assert.Equal("ask", At(turn.Dossier, "poll"));
        Assert.Equal("", At(entered.Dossier, "poll"));
    }

    [Theory]
    [InlineData("gone", 3, "there is no such survey any more")]
    [InlineData("csat", 9, "9 is off its scale")]
    [InlineData("csat", 0, "0 is off its scale")]
    public void What_fits_no_scale_is_said_and_not_counted(string survey, int score, string because)
    {
        var turn = Kernel.Take(Polls.Playbook, Some.Ann, new Signal.Answered("a", Later, survey, score), Later);

        Assert.Empty(turn.Dossier.Satisfaction.Answers);
        Assert.Equal(because, Assert.Single(turn.Lines).Because);
    }

    [Fact]
    public void Reasons_that_the_survey_has_not_are_left_out_and_long_words_are_cut()
    {
        var said = Polls.Take(Polls.Asked, Polls.Said(4, Later, new('x', 9_000), reasons: ["price", "nonsense", "price"]), Later);

        Assert.Equal("price", Assert.Single(Only(said).Reasons));
        Assert.Equal(500, Only(said).Comment!.Length);
    }

    [Fact]
    public void A_review_of_last_year_is_not_the_last_word()
    {
        var today = Polls.Take(Some.Ann, new Signal.Answered("a", Later, "csat", 5), Later);
        var imported = Polls.Take(today, new Signal.Answered("b", Later.AddYears(-1), "reviews", 1) { By = "Honest Reviews" }, Later.AddDays(1));

        Assert.Equal([1, 5], imported.Satisfaction.Answers.Select(answer => answer.Score));
        Assert.Empty(imported.Enrollments);
    }

    [Fact]
    public void Who_was_asked_lately_is_not_asked_again_and_the_reason_says_when()
    {
        var again = Polls.Now.AddDays(12);
        var turn = Kernel.Take(Polls.Playbook, Polls.Wake(Polls.Wake(Polls.Asked, Polls.Now.AddDays(6)), again.AddDays(3)), Some.Order("o2", 20, again.AddDays(3)), again.AddDays(3));

        var skipped = Assert.Single(turn.Lines, line => line.What == Happening.Skipped);
        Assert.Equal("Did not send e-mail 'survey': another survey was asked lately ('csat' on 2027-03-01) (poll)", Sentences.Of(skipped));
        Assert.Equal("rest", At(turn.Dossier, "poll"));
        Assert.Single(turn.Dossier.Asked);
    }

    [Fact]
    public void What_never_went_out_or_came_back_has_asked_nobody()
    {
        var queued = Polls.Take(Some.Ann, Some.Order("o1", 50), Polls.Now);
        var refused = Kernel.Settle(Polls.Playbook, Kernel.Claim(Polls.Playbook, queued, Polls.Key, true, Polls.Now).Dossier, Polls.Key, new Delivery.Refused("no such mailbox"), Polls.Now).Dossier;
        var bounced = Polls.Take(Polls.Asked, new Signal.Reported("b", Later, Polls.Key, Report.Failed, "full"), Later);

        Assert.Empty(refused.Asked);
        foreach (var dossier in new[] { refused, bounced })
        {
            var ended = Polls.Wake(Polls.Wake(dossier, Polls.Now.AddDays(6)), Polls.Now.AddDays(16));
            Assert.Contains(Polls.Take(ended, Some.Order("o2", 20, Polls.Now.AddDays(16)), Polls.Now.AddDays(16)).Outbox, entry => entry.Step == "ask");
        }
    }

    [Fact]
    public void Who_worked_on_the_case_or_did_the_task_is_whom_the_question_is_about()
    {
        var playbook = Polls.Playbook with
        {
            Journeys = [Some.Journey("cared", new("complaint"), new Step.Case("open", 1, new CaseStep.Open("x", null, "agent", Some.Lapse("8bh"))), new Step.Wait("rest", 2, new(Some.Lapse("2d")), new("case-resolved")),
                new Step.Ask("ask", Step.Done, "csat", Some.Sending("survey", purpose: Purpose.Service), Some.Lapse("5d")))],
        };
        var complained = Kernel.Take(playbook, Some.Ann, Some.Complaint(), Polls.Now).Dossier;
        var solved = Kernel.Take(playbook, complained, new Signal.CaseWorked("w", Later, "ann/1", CaseWork.Resolve, "maria"), Later).Dossier;
        var said = Kernel.Take(playbook, solved, new Signal.Answered("a", Later.AddHours(1), "csat", 4, "") { Ask = solved.Asked.Single().Key }, Later.AddHours(1)).Dossier;

        Assert.Equal("maria", Only(said).Agent);
    }

    [Fact]
    public void The_segment_is_the_one_of_that_moment()
    {
        var champion = Some.Ann with { Scores = new() { AsOf = new(2027, 2, 28), Segment = "champion" } };
        var said = Polls.Take(champion, new Signal.Answered("a", Later, "csat", 4), Later);

        Assert.Equal("champion", Only(said with { Scores = new() { AsOf = new(2027, 3, 9), Segment = "lapsed" } }).Segment);
        Assert.Null(Only(Polls.Take(Some.Ann, new Signal.Answered("a", Later, "csat", 4), Later)).Segment);
    }
}
