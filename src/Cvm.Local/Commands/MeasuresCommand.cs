using System.CommandLine;
using System.Globalization;
using Cvm.Engine;
using Spectre.Console;

namespace Cvm.Local;

static class MeasuresCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var window = new Option<string>("--window") { Description = "Which time: the last 28 days, the last 13 weeks, or the last 12 months that are over.", DefaultValueFactory = _ => "days", HelpName = "days|weeks|months" };
        window.AcceptOnlyFromAmong([.. TimeWindow.Names]);
        var command = new Command("measures", "How the shop is doing: every measure of metrics.yaml, beside the time before and the year before, and which of them have left their usual range. The same numbers as on the page Dashboard. See docs/measures.md.") { data, playbook, window, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var loaded = reading.Playbook;
            var time = TimeWindow.Of(parsed.GetValue(window), DateOnly.FromDateTime(reading.Clock.GetUtcNow().UtcDateTime).AddDays(-1));
            var (courses, weeks) = await MeasureCourse.Read(reading.Store, reading.Store, loaded.Playbook, loaded.Measures, time, stop);

            if (parsed.GetValue(json)) Screen.PrintJson(Sheet(time, courses, weeks, loaded.Playbook.Policies));
            else Print(time, courses, weeks, loaded.Playbook.Policies);
            return Cli.Done;
        });
        return command;
    }

    static void Print(TimeWindow time, ImmutableArray<MeasureCourse> courses, ImmutableArray<MeasureWeek> weeks, Policies policies)
    {
        Screen.Print(string.Create(CultureInfo.InvariantCulture, $"{time.From:d MMMM yyyy} to {time.Until:d MMMM yyyy}; retention is that of the last whole month."));
        var table = new Table().Border(TableBorder.Simple).AddColumn("Measure");
        foreach (var name in new[] { "Now", "Before", "Year before", "Last 7 days", "Usual" }) table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        foreach (var course in courses)
        {
            var week = weeks.FirstOrDefault(one => one.Measure == course.Measure);
            string Told(double value) => Written(course.Measure, value, policies.Currency);
            table.AddRow(
                Markup.Escape(course.Measure.Label(policies.Locale)), Told(course.Value), Told(course.ValueBefore), Told(course.ValueYearBefore),
                week is null ? "" : Told(week.Week) + (week.Side > 0 ? " above" : week.Side < 0 ? " below" : ""),
                week?.Usual is { } usual ? $"{Told(usual.Low)} to {Told(usual.High)}" : "not known yet");
        }

        Screen.Results.Write(table);
        foreach (var week in weeks.Where(week => week.Side != 0))
            Screen.Print($"{week.Measure.Label(policies.Locale)} is {(week.Side > 0 ? "above" : "below")} its usual range.");
    }

    static string Written(Measure measure, double value, string currency) => double.IsNaN(value) ? "-" : measure.Unit switch
    {
        MeasureUnit.Money => string.Create(CultureInfo.InvariantCulture, $"{value:N2} {currency}"),
        MeasureUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}%"),
        MeasureUnit.Hours => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} h"),
        MeasureUnit.Score => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    static object Sheet(TimeWindow time, ImmutableArray<MeasureCourse> courses, ImmutableArray<MeasureWeek> weeks, Policies policies) => new
    {
        window = time.Name,
        from = Day(time.From),
        until = Day(time.Until),
        currency = policies.Currency,
        measures = courses.Select(course => new
        {
            measure = course.Measure.Name,
            label = course.Measure.Label(policies.Locale),
            about = course.Measure.About(policies.Locale),
            unit = course.Measure.Unit.ToString().ToLowerInvariant(),
            formula = course.Measure.Written,
            better = course.Measure.Better > 0 ? "up" : "down",
            now = Number(course.Value),
            before = Number(course.ValueBefore),
            yearBefore = Number(course.ValueYearBefore),
            values = course.Window.Spans.Zip(course.Now, (span, value) => new { from = Day(span.From), until = Day(span.Until), value = Number(value) }),
            alert = weeks.FirstOrDefault(one => one.Measure == course.Measure) is not { } week ? null : new
            {
                week = Number(week.Week),
                low = week.Usual is { } range ? Number(range.Low) : null,
                high = week.Usual is { } usual ? Number(usual.High) : null,
                side = week.Side > 0 ? "above" : week.Side < 0 ? "below" : null,
            },
        }),
    };

    static double? Number(double value) => double.IsNaN(value) ? null : Math.Round(value, 6);

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
