namespace Cvm;

// Surveys: asked seldom, answered by a tap, a form, an SMS or somebody's pen, and changed as often as the customer likes.
sealed partial class Deciding
{
    const string SurveyRest = "another survey was asked lately";

    // An SMS is an answer to what was asked within this time; later it may be about anything.
    static readonly TimeSpan AnsweredBySms = TimeSpan.FromDays(14);

    const int MaxAsked = 20;
    const int MostComment = 500;

    // Whether journeys hear of it: where the score stays what it was, nothing has happened.
    bool RecordAnswer(Signal.Answered answer)
    {
        if (!playbook.Surveys.TryGetValue(answer.Survey, out var survey) || !survey.Takes(answer.Score))
        {
            Say(new(now, Happening.Ignored) { Subject = $"an answer to the survey '{answer.Survey}'", Because = survey is null ? "there is no such survey any more" : $"{answer.Score} is off its scale" });
            return false;
        }

        var asked = Asked(answer.Ask);
        var known = FindAnswer(answer.Ask);
        if (known >= 0) return ChangeAnswer(known, answer, survey);

        var given = Given(answer, survey) with { Number = dossier.Satisfaction.Given + 1, Product = answer.Product ?? asked?.Product, Agent = answer.Agent ?? asked?.Agent };
        var answers = dossier.Satisfaction.Answers;
        if (answers.Length >= Satisfaction.MaxAnswers) answers = answers.RemoveAt(0);
        answers = InOrder(answers, given);
        dossier = dossier with
        {
            Satisfaction = dossier.Satisfaction with { Answers = answers, Given = given.Number, Unhappy = dossier.Satisfaction.Unhappy + (given.Unhappy ? 1 : 0) },
        };
        SayAnswer(Happening.Answered, given, survey);
        MindHolds(answer);
        return true;
    }

    bool ChangeAnswer(int at, Signal.Answered answer, Survey survey)
    {
        var known = dossier.Satisfaction.Answers[at];
        if (answer.At < known.At) return false; // it came late, and the customer has said since what counts

        var given = Given(answer, survey) with { Number = known.Number, Product = answer.Product ?? known.Product, Agent = answer.Agent ?? known.Agent, Segment = known.Segment };
        if (answer is { Comment: null, Reasons.IsEmpty: true }) given = given with { Comment = known.Comment, Reasons = known.Reasons };
        if (given.Score == known.Score && given.Comment == known.Comment && given.Reasons.SequenceEqual(known.Reasons)) return false;

        var satisfaction = dossier.Satisfaction;
        dossier = dossier with
        {
            Satisfaction = satisfaction with
            {
                Answers = InOrder(satisfaction.Answers.RemoveAt(at), given),
                Unhappy = satisfaction.Unhappy + (given.Unhappy ? 1 : 0) - (known.Unhappy ? 1 : 0),
            },
        };
        SayAnswer(Happening.AnswerChanged, given, survey);

        foreach (var e in dossier.Enrollments)
            if (e.Heard == given.Ask) Put(e with { Reason = ReasonOf(given, survey), Answer = e.Answer is null ? null : given.Score, Figure = e.EnteredOn == "survey" ? given.Score : e.Figure });
        if (given.Score == known.Score) return false;

        MindHolds(answer);
        return true;
    }

    // A review of last year that is imported today is not the customer's last word.
    static ImmutableArray<GivenAnswer> InOrder(ImmutableArray<GivenAnswer> answers, GivenAnswer given)
    {
        var at = answers.Length;
        while (at > 0 && answers[at - 1].At > given.At) at--;
        return answers.Insert(at, given);
    }

    GivenAnswer Given(Signal.Answered answer, Survey survey) => new(answer.Survey, answer.Score, string.IsNullOrWhiteSpace(answer.Comment) ? null : Clip(answer.Comment, MostComment), answer.At > now ? now : answer.At)
    {
        Ask = answer.Ask,
        Reasons = [.. answer.Reasons.Where(reason => survey.Reasons.Any(known => known.Name == reason)).Distinct(StringComparer.Ordinal)],
        Unhappy = answer.Score <= survey.Unhappy,
        By = answer.By,
        Segment = dossier.Scores.AsOf is null ? null : dossier.Scores.Segment,
    };

    void SayAnswer(Happening what, GivenAnswer given, Survey survey) => Say(new(now, what)
    {
        Subject = given.Survey,
        Figure = given.Score,
        Because = Why(given, survey),
        By = given.By,
        Key = given.Ask == "" ? null : given.Ask,
    });

    int FindAnswer(string ask)
    {
        var answers = dossier.Satisfaction.Answers;
        for (var i = answers.Length - 1; ask != "" && i >= 0; i--) if (answers[i].Ask == ask) return i;
        return -1;
    }

    AskedSurvey? Asked(string ask)
    {
        foreach (var asked in dossier.Asked) if (asked.Key == ask) return asked;
        return null;
    }

    // Reasons as the playbook's own language calls them, and what was written beside.
    string? Why(GivenAnswer given, Survey survey)
    {
        var reasons = string.Join(", ", given.Reasons.Select(name => survey.Reasons.First(reason => reason.Name == name).Labels.GetValueOrDefault(playbook.Policies.Locale, name)));
        return (reasons, given.Comment) switch { ("", null) => null, ("", { } comment) => comment, (_, null) => reasons, var (_, comment) => $"{reasons}: {comment}" };
    }

    string ReasonOf(GivenAnswer given, Survey survey) => Why(given, survey) is { } why ? Excerpt(why) : $"{given.Survey}: {given.Score}";

    // What journeys are told: with what is known of it from elsewhere, such as words that were given before.
    string ReasonOf(Signal.Answered answer)
    {
        if (!playbook.Surveys.TryGetValue(answer.Survey, out var survey)) return $"{answer.Survey}: {answer.Score}";
        var at = FindAnswer(answer.Ask);
        return ReasonOf(at < 0 ? Given(answer, survey) : dossier.Satisfaction.Answers[at], survey);
    }

    int AskOrHear(Step.Ask ask, Arrival how, ref Enrollment e)
    {
        if (how == Arrival.Happened || (how == Arrival.Woke && e.Asked))
        {
            e = e with { Happened = how == Arrival.Happened, Asked = false };
            return ask.Next;
        }

        if (AskedLately() is { } last)
        {
            SkipAsking(ask, last, e);
            e = e with { Happened = false };
            return ask.Next;
        }

        switch (TrySend(ask, ask.Sending, ref e))
        {
            case Attempt.Rests:
                return Rest;
            case Attempt.Skipped:
                e = e with { Happened = false };
                return ask.Next;
            default:
                var patience = ask.Patience.After(now, Zone, playbook.Policies.Hours);
                e = e with { Asked = true, WakeAt = patience };
                RememberAsking(ask, e);
                Say(new(now, Happening.Waited) { Journey = e.Journey, Step = ask.Id, Until = patience, Because = ask.Survey });
                return Rest;
        }
    }

    // Null where the customer may be asked now; else when they were asked last.
    AskedSurvey? AskedLately()
    {
        for (var i = dossier.Asked.Length - 1; i >= 0; i--)
        {
            var asked = dossier.Asked[i];
            if (asked.At + playbook.Policies.SurveyRest > now && SentBy(asked.Key) is not { Lost: true }) return asked;
        }

        return null;
    }

    void RememberAsking(Step.Ask ask, Enrollment e)
    {
        var keep = playbook.Policies.SurveyRest > AskedSurvey.Remembered ? playbook.Policies.SurveyRest : AskedSurvey.Remembered;
        var known = dossier.Asked.RemoveAll(asked => asked.At + keep <= now);
        if (known.Length >= MaxAsked) known = known.RemoveAt(0);
        dossier = dossier with { Asked = known.Add(new(ask.Survey, e.Message!, SentBy(e.Message!)!.Channel, now, e.Product, e.Agent)) };
    }

    void SkipAsking(Step.Ask ask, AskedSurvey last, Enrollment e) => Say(new(now, Happening.Skipped)
    {
        Journey = e.Journey,
        Step = ask.Id,
        Subject = ask.Sending.Template,
        Channel = ask.Sending.Via is [var first, ..] ? first : null,
        Because = SurveyRest,
        Wording = $"'{last.Survey}' on {LocalTimes.Day(Zone, last.At):yyyy-MM-dd}",
    });

    // A number that answers what was asked: by SMS before what was asked by another way, and the newest first.
    Signal.Answered? AnswerIn(Signal.Texted texted)
    {
        if (SmsAnswer.In(texted.Text) is not var (score, most, words)) return null;

        AskedSurvey? meant = null;
        foreach (var asked in dossier.Asked)
        {
            if (asked.At > texted.At || asked.At + AnsweredBySms < texted.At) continue;
            if (meant is null || asked.Channel == Channel.Sms || meant.Channel != Channel.Sms) meant = asked;
        }

        if (meant is null || !playbook.Surveys.TryGetValue(meant.Survey, out var survey) || !survey.Takes(score) || (most ?? survey.Scale.Most) != survey.Scale.Most) return null;
        return new(texted.Id, texted.At, meant.Survey, score, words) { Ask = meant.Key, By = Customer };
    }

    // A link of an answer that a person has followed.
    void Tapped(Click click)
    {
        if (AnswerLink.Read(click.Link) is not var (survey, score)) return;
        var answer = new Signal.Answered("", click.At, survey, score) { Ask = click.Key, By = Customer };
        if (RecordAnswer(answer)) Raise(answer);
    }

    void NoteAgent(Predicate<Enrollment> works, string by)
    {
        foreach (var e in dossier.Enrollments) if (by != "" && works(e)) Put(e with { Agent = by });
    }
}
