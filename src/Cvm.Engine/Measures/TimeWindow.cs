namespace Cvm.Engine;

/// <summary>Spans of time beside one another, all of them over: days, weeks or months, the last one last.</summary>
/// <param name="Name">days, weeks or months.</param>
public sealed record TimeWindow(string Name, ImmutableArray<(DateOnly From, DateOnly Until)> Spans)
{
    /// <summary>28 days keep weekdays beside weekdays, and so do 13 weeks.</summary>
    public const int Days = 28, Weeks = 13, Months = 12;

    /// <summary>The same weekday about a year before.</summary>
    const int YearOfWeeks = 364;

    /// <summary>The names of windows.</summary>
    public static ImmutableArray<string> Names { get; } = ["days", "weeks", "months"];

    /// <summary>The window that ends with a day; with the last whole month up to it where it counts months. Any other name is days.</summary>
    public static TimeWindow Of(string? name, DateOnly until) => name switch
    {
        "weeks" => new("weeks", [.. Enumerable.Range(0, Weeks).Reverse().Select(week => (until.AddDays(-7 * week - 6), until.AddDays(-7 * week)))]),
        "months" => InMonths(until),
        _ => new("days", [.. Enumerable.Range(0, Days).Reverse().Select(day => (until.AddDays(-day), until.AddDays(-day)))]),
    };

    static TimeWindow InMonths(DateOnly until)
    {
        var next = until.AddDays(1);
        var end = new DateOnly(next.Year, next.Month, 1);
        return new("months", [.. Enumerable.Range(1, Months).Reverse().Select(month => (end.AddMonths(-month), end.AddMonths(1 - month).AddDays(-1)))]);
    }

    /// <summary>The first of its days.</summary>
    public DateOnly From => Spans[0].From;

    /// <summary>The last of its days.</summary>
    public DateOnly Until => Spans[^1].Until;

    /// <summary>As many spans right before.</summary>
    public TimeWindow Before => Of(Name, From.AddDays(-1));

    /// <summary>The same spans a year before; on the same weekdays where they are days or weeks.</summary>
    public TimeWindow YearBefore => Name == "months" ? Before : new(Name, [.. Spans.Select(span => (span.From.AddDays(-YearOfWeeks), span.Until.AddDays(-YearOfWeeks)))]);
}

/// <summary>How a measure went: span by span, beside the time before and the year before. NaN where there is no value.</summary>
public sealed record MeasureCourse(Measure Measure, TimeWindow Window, ImmutableArray<double> Now, ImmutableArray<double> Before, ImmutableArray<double> YearBefore)
{
    /// <summary>What the window comes to as a whole; the last span of a measure that is told of whole months only.</summary>
    public double Value { get; private init; }

    /// <summary>The same of the time before: the window before, or the month before.</summary>
    public double ValueBefore { get; private init; }

    /// <summary>The same of the year before.</summary>
    public double ValueYearBefore { get; private init; }

    /// <summary>Reckons it; a monthly measure in months whatever the window.</summary>
    public static MeasureCourse Of(Measure measure, TimeWindow window, MeasureBooks books)
    {
        if (measure.Monthly) window = TimeWindow.Of("months", window.Until);
        var (now, before, year) = (Over(window), Over(window.Before), Over(window.YearBefore));
        return measure.Monthly
            ? new(measure, window, now, before, year) { Value = now[^1], ValueBefore = now[^2], ValueYearBefore = year[^1] }
            : new(measure, window, now, before, year) { Value = Whole(window), ValueBefore = Whole(window.Before), ValueYearBefore = Whole(window.YearBefore) };

        ImmutableArray<double> Over(TimeWindow of) => [.. of.Spans.Select(span => Within(span.From, span.Until))];
        double Whole(TimeWindow of) => Within(of.From, of.Until);

        // Nothing was counted before the shop was there: no value, rather than none.
        double Within(DateOnly from, DateOnly until) => books.First <= until ? measure.Formula.Over(books, from, until) : double.NaN;
    }

    /// <summary>How far back the books must reach for it.</summary>
    public static DateOnly Begin(Measure measure, TimeWindow window) =>
        measure.Monthly ? TimeWindow.Of("months", window.Until).YearBefore.From.AddMonths(-1) : window.YearBefore.From < window.Before.From ? window.YearBefore.From : window.Before.From;

    /// <summary>The course of every measure, read from the books of a store.</summary>
    public static async Task<(ImmutableArray<MeasureCourse> Courses, ImmutableArray<MeasureWeek> Weeks)> Read(
        IRecords records, IMemo memo, Playbook playbook, IReadOnlyCollection<Measure> measures, TimeWindow window, CancellationToken stop)
    {
        var (courses, weeks) = (new List<MeasureCourse>(), new List<MeasureWeek>());
        foreach (var some in measures.GroupBy(measure => measure.Monthly))
        {
            var begin = some.Min(measure => Begin(measure, window));
            var alerts = MeasureWeek.Begin(some, window.Until);
            var books = await MeasureBooks.Read(records, memo, playbook, [.. some], alerts < begin ? alerts : begin, window.Until, stop);
            courses.AddRange(some.Select(measure => Of(measure, window, books)));
            weeks.AddRange(MeasureWeek.Of(some, books, window.Until));
        }

        return ([.. measures.Select(measure => courses.Single(course => course.Measure == measure))], [.. weeks]);
    }
}
