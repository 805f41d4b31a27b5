using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Measures;

public class MeasureCourseTests
{
    static readonly DateOnly Sunday = new(2027, 3, 14);

    [Fact]
    public void Windows_hold_whole_spans_that_follow_one_another()
    {
        foreach (var name in TimeWindow.Names)
        {
            var window = TimeWindow.Of(name, Sunday);
            foreach (var each in new[] { window, window.Before, window.YearBefore })
                Assert.All(each.Spans.Zip(each.Spans.Skip(1)), pair => Assert.Equal(pair.First.Until.AddDays(1), pair.Second.From));

            Assert.Equal(window.From.AddDays(-1), window.Before.Until);
            Assert.Equal(window.Spans.Length, window.YearBefore.Spans.Length);
        }

        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28)), (TimeWindow.Of("months", Sunday).From, TimeWindow.Of("months", Sunday).Until));
        Assert.Equal(Sunday.DayOfWeek, TimeWindow.Of("weeks", Sunday).YearBefore.Until.DayOfWeek);
        Assert.Equal(new DateOnly(2027, 3, 31), TimeWindow.Of("months", new(2027, 3, 31)).Until);
    }

    [Fact]
    public async Task A_course_stands_beside_the_time_before_and_the_year_before()
    {
        var store = await Shop(day => day < 28 ? 300 : day < 56 ? 200 : 100);
        var orders = SmallPlaybook.With().Measures.First(measure => measure.Name == "orders");

        var (courses, weeks) = await MeasureCourse.Read(store, store, Some.Playbook(), [orders], TimeWindow.Of("days", Sunday), default);

        Assert.Equal((8_400, 5_600, 2_800), (courses[0].Value, courses[0].ValueBefore, courses[0].ValueYearBefore));
        Assert.All(courses[0].Now, value => Assert.Equal(300, value));
        Assert.Equal(2_100, weeks[0].Week);
        Assert.Equal(0, weeks[0].Side); // weeks that have gone up by steps make no narrow range
    }

    [Fact]
    public async Task A_measure_alone_says_what_it_says_among_all()
    {
        var store = await Shop(day => day == 3 ? 0 : 10);
        foreach (var day in Enumerable.Range(0, 60)) await NightlyFigures.Keep(store, Sunday.AddDays(-day), new(10, 5, 100 - day, 50), default);
        var (measures, window) = (SmallPlaybook.With().Measures, TimeWindow.Of("days", Sunday));
        var (all, weeks) = await MeasureCourse.Read(store, store, Some.Playbook(), measures, window, default);

        foreach (var measure in measures)
        {
            var (alone, week) = await MeasureCourse.Read(store, store, Some.Playbook(), [measure], window, default);
            var among = all.Single(course => course.Measure == measure);
            Assert.Equal((among.Value, among.ValueBefore, among.ValueYearBefore), (alone[0].Value, alone[0].ValueBefore, alone[0].ValueYearBefore));
            Assert.Equal(weeks.SingleOrDefault(one => one.Measure == measure)?.Usual, week.SingleOrDefault()?.Usual);
        }

        Assert.Equal(15, all.Single(course => course.Measure.Name == "lifetime-value").Value);
    }

    [Fact]
    public async Task A_week_unlike_those_before_stands_out_on_its_side()
    {
        var orders = SmallPlaybook.With().Measures.First(measure => measure.Name == "orders");
        async Task<MeasureWeek> Last(int week)
        {
            var store = await Shop(day => day < 7 ? week / 7 : 100 + day / 7 % 3);
            return (await MeasureCourse.Read(store, store, Some.Playbook(), [orders], TimeWindow.Of("days", Sunday), default)).Weeks[0];
        }

        Assert.Equal((1, false), await Last(1_400) is var more ? (more.Side, more.Worse) : default);
        Assert.Equal((-1, true), await Last(350) is var less ? (less.Side, less.Worse) : default);
        Assert.Equal(0, (await Last(707)).Side);
    }

    [Fact]
    public async Task A_young_shop_has_no_usual_range_and_nothing_to_compare()
    {
        var store = await Shop(day => day < 40 ? 10 : 0);
        var orders = SmallPlaybook.With().Measures.First(measure => measure.Name == "orders");

        var (courses, weeks) = await MeasureCourse.Read(store, store, Some.Playbook(), [orders], TimeWindow.Of("days", Sunday), default);

        Assert.Null(weeks[0].Usual);
        Assert.Equal(0, weeks[0].Side);
        Assert.True(double.IsNaN(courses[0].ValueYearBefore));
    }

    [Fact]
    public async Task What_a_night_found_is_kept_and_one_made_again_takes_its_place()
    {
        var store = new MemoryStore();
        await NightlyFigures.Keep(store, new(2027, 2, 28), new(10, 5, 100, 50), default);
        await NightlyFigures.Keep(store, new(2027, 3, 1), new(11, 6, 110, 60), default);
        await NightlyFigures.Keep(store, new(2027, 3, 1), new(12, 6, 120, 60), default);

        var nights = await NightlyFigures.Read(store, new(2027, 2, 20), new(2027, 3, 5), default);

        Assert.Equal([(new DateOnly(2027, 2, 28), 10L), (new DateOnly(2027, 3, 1), 12L)], nights.OrderBy(night => night.Key).Select(night => (night.Key, night.Value.Customers)));
    }

    [Fact]
    public void Cohorts_leave_the_running_month_out()
    {
        List<(Tally, long)> tallies =
        [
            (new(Tallies.Cohort, "", "2027-01", new(2027, 1, 1)), 10), (new(Tallies.Cohort, "", "2027-01", new(2027, 2, 1)), 4), (new(Tallies.CohortMoney, "", "2027-01", new(2027, 1, 1)), 50_000),
            (new(Tallies.CohortMoney, "", "2027-01", new(2027, 2, 1)), 10_000), (new(Tallies.Cohort, "", "2027-02", new(2027, 2, 1)), 5), (new(Tallies.Cohort, "", "2027-03", new(2027, 3, 1)), 9),
        ];

        var cohorts = Cohorts.Of(tallies, 12, new(2027, 2, 1));

        Assert.Equal(["2027-01: 10 4", "2027-02: 5"], cohorts.Rows.Select(row => $"{row}"));
        Assert.Equal((0.4, 50, 60), (cohorts.Rows[0].Share(1), cohorts.Rows[0].MoneyEach(0), cohorts.Rows[0].MoneyEach(1)));
    }

    // Orders of the days before Sunday, that one counted: day 0 is Sunday.
    static async Task<MemoryStore> Shop(Func<int, int> orders)
    {
        var store = new MemoryStore();
        var dossier = Dossier.For("ann");
        for (var day = 0; day < 420; day++)
        {
            var at = new DateTimeOffset(Sunday.AddDays(-day).ToDateTime(new(12, 0)), TimeSpan.Zero);
            ImmutableArray<Line> lines = [.. Enumerable.Range(0, orders(day)).Select(_ => new Line(at, Happening.Ordered) { Figure = 1 })];
            if (lines.IsEmpty) continue;
            var after = dossier with { Lines = dossier.Lines + lines.Length };
            await store.Commit([new(dossier, (await store.Load("ann", "", default)).Revision, after, "", lines)], default);
            dossier = after;
        }

        return store;
    }
}
