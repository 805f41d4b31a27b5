namespace Cvm.Engine;

/// <summary>A figure of those who have something in common; null where nobody of them has answered.</summary>
public sealed record SurveyGroup(string Name, SurveyFigure? Figure);

/// <summary>The answers of one month, which begins on <paramref name="Month"/>.</summary>
public sealed record SurveyMonth(DateOnly Month, SurveyFigure? Figure);

/// <summary>A part of a whole, with Wilson's interval of 95 percent; shares from 0 to 1.</summary>
public readonly record struct SurveyShare(long Part, long Whole)
{
    public double Share => Whole == 0 ? 0 : (double)Part / Whole;

    public (double Low, double High) Interval => SurveyFigures.Wilson(Part, Whole);
}

/// <summary>How often a reason was given by the unhappy, and by the others; of those of each who gave a reason at all.</summary>
public sealed record SurveyDriver(string Name, string Label, SurveyShare Unhappy, SurveyShare Others)
{
    /// <summary>The two intervals lie apart: it is no chance that the unhappy name it more often.</summary>
    public bool Drives => Unhappy.Whole > 0 && Others.Whole > 0 && Unhappy.Interval.Low > Others.Interval.High;
}

/// <summary>What the answers to one survey come to within a time.</summary>
public sealed record SurveyReport
{
    /// <summary>Groups beyond these, by number of answers, are left out of lists.</summary>
    public const int MostGroups = 20;

    public required Survey Survey { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }

    /// <summary>Null without any answer.</summary>
    public required SurveyFigure? Figure { get; init; }

    /// <summary>How often each score was given; the place in the list is the score, from 0.</summary>
    public required ImmutableArray<long> Scores { get; init; }

    /// <summary>Every month of the time from the first that has an answer, oldest first.</summary>
    public required ImmutableArray<SurveyMonth> Months { get; init; }

    /// <summary>Those with most answers first.</summary>
    public required ImmutableArray<SurveyGroup> Segments { get; init; }

    public required ImmutableArray<SurveyGroup> Products { get; init; }
    public required ImmutableArray<SurveyGroup> Agents { get; init; }

    /// <summary>What the unhappy name most often first.</summary>
    public required ImmutableArray<SurveyDriver> Drivers { get; init; }

    /// <summary>Unhappy answers among all.</summary>
    public required SurveyShare Unhappy { get; init; }

    /// <summary>Unhappy answers that gave a reason, of the unhappy.</summary>
    public required SurveyShare Reasoned { get; init; }

    /// <summary>The report of every survey of the playbook.</summary>
    /// <param name="months">How many months count, with the one that <paramref name="until"/> lies in; 1 or more.</param>
    public static ImmutableArray<SurveyReport> Of(IReadOnlyList<(Tally Tally, long Count)> tallies, Playbook playbook, int months, DateOnly until)
    {
        var from = new DateOnly(until.Year, until.Month, 1).AddMonths(1 - months);
        var within = tallies.Where(pair => pair.Tally.Day is { } day && day >= from && day <= until).ToList();
        return [.. playbook.Surveys.Values.Select(survey => Of(survey, within, playbook.Policies.Locale, from, until))];
    }

    static SurveyReport Of(Survey survey, List<(Tally Tally, long Count)> tallies, string locale, DateOnly from, DateOnly until)
    {
        var scored = Scored(survey, tallies, Tallies.Answer);
        var first = scored.Select(one => one.Day).DefaultIfEmpty(from).Min();
        var reasons = tallies.Where(pair => pair.Tally.Kind == Tallies.AnswerReason)
            .Select(pair => (Of: AnswerTallies.Reasoned(pair.Tally), pair.Count)).Where(pair => pair.Of?.Survey == survey.Name)
            .GroupBy(pair => (pair.Of!.Value.Unhappy, pair.Of.Value.Reason)).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Count));
        long Reason(bool unhappy, string name) => reasons.GetValueOrDefault((unhappy, name));

        return new()
        {
            Survey = survey,
            From = from,
            Until = until,
            Figure = FigureOf(survey, scored),
            Scores = Counts(scored),
            Months = [.. MonthsOf(first, until).Select(month => new SurveyMonth(month, FigureOf(survey, scored.Where(one => one.Day.Year == month.Year && one.Day.Month == month.Month))))],
            Segments = Groups(survey, tallies, Tallies.AnswerSegment),
            Products = Groups(survey, tallies, Tallies.AnswerProduct),
            Agents = Groups(survey, tallies, Tallies.AnswerAgent),
            Drivers =
            [
                .. survey.Reasons.Select(reason => new SurveyDriver(
                        reason.Name, reason.Labels.GetValueOrDefault(locale, reason.Name),
                        new(Reason(true, reason.Name), Reason(true, AnswerTallies.Any)), new(Reason(false, reason.Name), Reason(false, AnswerTallies.Any))))
                    .OrderByDescending(driver => driver.Unhappy.Share),
            ],
            Unhappy = new(Reason(true, AnswerTallies.All), Reason(true, AnswerTallies.All) + Reason(false, AnswerTallies.All)),
            Reasoned = new(Reason(true, AnswerTallies.Any), Reason(true, AnswerTallies.All)),
        };
    }

    static ImmutableArray<SurveyGroup> Groups(Survey survey, List<(Tally Tally, long Count)> tallies, string kind) =>
    [
        .. Scored(survey, tallies, kind).GroupBy(one => one.Of, StringComparer.Ordinal)
            .Select(group => new SurveyGroup(group.Key, FigureOf(survey, group)))
            .Where(group => group.Figure is not null)
            .OrderByDescending(group => group.Figure!.Value.Answers).ThenBy(group => group.Name, StringComparer.Ordinal)
            .Take(MostGroups),
    ];

    static List<(DateOnly Day, int Score, string Of, long Count)> Scored(Survey survey, List<(Tally Tally, long Count)> tallies, string kind)
    {
        var found = new List<(DateOnly, int, string, long)>();
        foreach (var (tally, count) in tallies)
            if (tally.Kind == kind && AnswerTallies.Scored(tally) is var (name, score, of) && name == survey.Name && survey.Takes(score)) found.Add((tally.Day!.Value, score, of, count));
        return found;
    }

    static SurveyFigure? FigureOf(Survey survey, IEnumerable<(DateOnly Day, int Score, string Of, long Count)> scored) => SurveyFigures.OfCounts(survey.Kind, Counts(scored).AsSpan());

    static ImmutableArray<long> Counts(IEnumerable<(DateOnly Day, int Score, string Of, long Count)> scored)
    {
        var counts = new long[SurveyFigures.MostScore + 1];
        foreach (var (_, score, _, count) in scored) counts[score] += count;
        return [.. counts];
    }

    static IEnumerable<DateOnly> MonthsOf(DateOnly from, DateOnly until)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= until; month = month.AddMonths(1)) yield return month;
    }
}
