namespace Cvm.Engine;

/// <summary>How long somebody stays at steps, at least and at most.</summary>
static class WalkTimes
{
    /// <summary>By how much a wait may be shorter than it is written, or longer: a change of the clocks within it.</summary>
    public const double ClockChange = 2.0 / 24;

    /// <summary>A step that is up to so late counts as punctual, and what follows it is reckoned from when it was due.</summary>
    public const double Punctual = 10.0 / 1440;

    /// <summary>The least days at the step, as it is written. A time of day, an event or a date may come at once; so may a message, and an answer.</summary>
    public static double Least(Step step) => step is Step.Wait { Until: null, Rest.For: { } span } ? span.Days : 0;

    /// <summary>The same as it may really be, whatever the clocks do; what is written in business time by the hours that are worked.</summary>
    public static double SureLeast(Step step, BusinessHours hours) => step is Step.Wait { Until: null, Rest.For: { } span } ? Math.Max(0, SureLeast(span, hours) - Punctual) : 0;

    /// <summary>The least days of a span, whatever the clocks do.</summary>
    public static double SureLeast(Lapse span, BusinessHours hours) => Math.Max(0, span.Unit switch
    {
        "m" or "h" => span.Days,
        "bh" => span.Days - ClockChange,
        "bd" => span.Amount * hours.Day.TotalDays - ClockChange,
        _ => span.Days - ClockChange,
    });

    /// <summary>The most days at the step on a host that is never late; without end where a date is waited for.</summary>
    public static double Most(Step step, BusinessHours hours) => step switch
    {
        Step.Wait { Rest.On: not null } => double.PositiveInfinity,
        Step.Wait { Rest.For: { } span } => Most(span, hours),
        Step.Wait => 1 + ClockChange,
        Step.Send send => Most(send.Sending, hours),
        Step.Ask ask => Most(ask.Sending, hours) + Most(ask.Patience, hours),
        _ => 0,
    };

    /// <summary>The most days until a message has gone, or is worth sending no more.</summary>
    public static double Most(Sending sending, BusinessHours hours) => (sending.At is null ? 0 : 1 + ClockChange) + Most(sending.ValidFor, hours);

    /// <summary>The most days of a span: of business time with the least that is worked in a week, and a day for each day off.</summary>
    public static double Most(Lapse span, BusinessHours hours)
    {
        if (span.Unit is not ("bh" or "bd")) return span.Days + ClockChange;

        var work = span.Unit == "bh" ? TimeSpan.FromHours(span.Amount) : hours.Day * span.Amount;
        var week = hours.Week.Aggregate(TimeSpan.Zero, (sum, day) => sum + (day?.Length ?? TimeSpan.Zero));
        return week == TimeSpan.Zero ? double.PositiveInfinity : (Math.Ceiling(work / week) + 1) * 7 + hours.Holidays.Count + ClockChange;
    }

    /// <summary>The most days from entering to the end.</summary>
    public static double Longest(Journey journey, BusinessHours hours) => MostFromEntry(journey, hours).End;

    /// <summary>The most days from entering to coming to each step; and to the end.</summary>
    public static (double[] To, double End) MostFromEntry(Journey journey, BusinessHours hours)
    {
        var (most, end) = (new double[journey.Steps.Length], 0.0);
        for (var at = 0; at < most.Length; at++)
        {
            var left = most[at] + Most(journey.Steps[at], hours);
            foreach (var next in StepWays.After(journey.Steps[at]))
            {
                if (next == Step.Done) end = Math.Max(end, left);
                else most[next] = Math.Max(most[next], left);
            }
        }

        return (most, end);
    }
}
