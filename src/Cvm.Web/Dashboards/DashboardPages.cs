using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

/// <summary>How the shop is doing: every measure of metrics.yaml, cohorts, and where people are in their journeys.</summary>
static class DashboardPages
{
    const int CohortMonths = 12;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/dashboard", Show);
        pages.MapGet("/dashboard/{measure}", One);
    }

    static async Task<IResult> Show(string? window, string? until, string? cohorts, IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (loaded, today) = (playbook(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var time = TimeOf(window, until, today);
        var (courses, weeks) = await MeasureCourse.Read(records, memo, loaded.Playbook, loaded.Measures, time, stop);
        var inside = await records.Tallies(new TallyQuery(Tallies.At), stop);
        var came = await records.Tallies(new TallyQuery(Tallies.Entered, Tallies.Goal) { From = time.From, Until = time.Until }, stop);

        return Site.Show<DashboardPage>(new DashboardView
        {
            Time = time,
            Words = new(loaded.Playbook.Policies.Currency),
            Courses = courses,
            Alerts = [.. weeks.Where(week => week.Side != 0)],
            Cohorts = await Engine.Cohorts.Read(records, CohortMonths, today, stop),
            Money = cohorts == "money",
            Journeys = [.. loaded.Playbook.Journeys.Select(journey => Glance.Of(journey, [.. came, .. inside]))],
            Latest = today.AddDays(-1),
        });
    }

    static async Task<IResult> One(string measure, string? window, string? until, IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var loaded = playbook();
        if (loaded.Measures.FirstOrDefault(known => known.Name == measure) is not { } found)
            return Site.Lacks(new(Tongue.T("There is no measure '{0}'", measure), Tongue.T("It may have been renamed, or taken out of metrics.yaml."), "/dashboard", Tongue.T("See all measures")));

        var latest = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        var time = TimeOf(window, until, latest.AddDays(1));
        var (courses, weeks) = await MeasureCourse.Read(records, memo, loaded.Playbook, [found], time, stop);
        return Site.Show<MeasurePage>(new MeasureView(courses[0], time, weeks.FirstOrDefault(), new(loaded.Playbook.Policies.Currency), loaded.Playbook.Scores.Costs, latest));
    }

    // Days that are over; a date that is none, or is still to come, is the latest there is.
    static TimeWindow TimeOf(string? window, string? until, DateOnly today)
    {
        var latest = today.AddDays(-1);
        var asked = DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 2000 && day < latest ? day : latest;
        return TimeWindow.Of(window, asked);
    }
}

/// <summary>The dashboard.</summary>
public sealed record DashboardView
{
    public required TimeWindow Time { get; init; }
    public required MeasureWords Words { get; init; }
    public required ImmutableArray<MeasureCourse> Courses { get; init; }
    public required ImmutableArray<MeasureWeek> Alerts { get; init; }
    public required Cohorts Cohorts { get; init; }

    /// <summary>Whether cohorts are told in money rather than in customers.</summary>
    public required bool Money { get; init; }

    /// <summary>Who entered and reached the goal within the window, and who is inside now.</summary>
    public required ImmutableArray<Glance> Journeys { get; init; }

    /// <summary>The last day that is over.</summary>
    public required DateOnly Latest { get; init; }

    /// <summary>Whether nothing has been counted that could be shown.</summary>
    public bool Nothing => Cohorts.Rows.IsEmpty && Courses.All(course => double.IsNaN(course.Value) || course.Value == 0);
}

/// <summary>One measure.</summary>
/// <param name="Week">Its last seven days beside its usual range; null where it has no alert.</param>
public sealed record MeasureView(MeasureCourse Course, TimeWindow Time, MeasureWeek? Week, MeasureWords Words, CostRules Costs, DateOnly Latest);
