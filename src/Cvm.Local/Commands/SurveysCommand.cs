using System.CommandLine;
using System.Globalization;
using Cvm.Engine;
using Cvm.Web;
using Spectre.Console;

namespace Cvm.Local;

static class SurveysCommand
{
    public static Command Make()
    {
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var months = Options.Whole("--months", "How many months count, with this one.", 1, 120, 12);
        var survey = new Option<string?>("--survey") { Description = "One survey in full; all of them in a table where none is named.", HelpName = "name" };
        var command = new Command("surveys", "Print what customers say when they are asked: each survey's figure with its 95 percent interval. With --survey also by month, segment, product and agent, and what makes customers unhappy. The same as the page /satisfaction. See docs/surveys.md.") { survey, months, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var reports = SurveyReport.Of(await ((IRecords)reading.Store).Tallies(Tallies.Answers, stop), reading.Playbook.Playbook, parsed.GetValue(months), DateOnly.FromDateTime(reading.Clock.GetUtcNow().UtcDateTime));
            if (parsed.GetValue(survey) is { } name)
            {
                reports = [.. reports.Where(report => report.Survey.Name == name)];
                if (reports.IsEmpty) throw new UserError($"There is no survey '{name}'. {Nearest.Hint(name, [.. reading.Playbook.Playbook.Surveys.Keys])}".TrimEnd());
            }

            if (parsed.GetValue(json)) Screen.PrintJson(reports.Select(Sheet));
            else if (parsed.GetValue(survey) is null) PrintAll(reports);
            else Print(reports[0]);
            return Cli.Done;
        });
        return command;
    }

    static void PrintAll(IReadOnlyCollection<SurveyReport> reports)
    {
        var table = Plain("Survey", "Figure", "Value", "95% interval", "Answers", "Unhappy");
        foreach (var report in reports)
        {
            if (report.Figure is { } figure)
                table.AddRow(report.Survey.Name, figure.Formula, Value(report, figure.Value), Interval(report, figure), $"{figure.Answers:N0}", $"{report.Unhappy.Share:0%}");
            else
                table.AddRow(report.Survey.Name, SurveyFigureWords.Name(report.Survey.Kind), "-", "", "0", "");
        }

        Screen.Results.Write(table);
    }

    static void Print(SurveyReport report)
    {
        if (report.Figure is not { } figure)
        {
            Screen.Print($"Nobody has answered '{report.Survey.Name}' since {report.From:yyyy-MM-dd}.");
            return;
        }

        Screen.Print($"{report.Survey.Name}: {figure.Formula} {Value(report, figure.Value)}, {Interval(report, figure)} with 95 percent certainty; {Cli.Count(figure.Answers, "answer")} since {report.From:yyyy-MM-dd}, {report.Unhappy.Part:N0} of them unhappy.");
        Show(report, "Month", report.Months.Select(month => (month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), month.Figure)));
        Show(report, "Segment", report.Segments.Select(group => (group.Name, group.Figure)));
        Show(report, "Product", report.Products.Select(group => (group.Name, group.Figure)));
        Show(report, "Agent", report.Agents.Select(group => (group.Name, group.Figure)));
        if (report.Reasoned.Part == 0) return;

        var table = Plain("Reason", "Among the unhappy", "95% interval", "Among others", "95% interval ");
        foreach (var driver in report.Drivers)
            table.AddRow(Markup.Escape(driver.Label), $"{driver.Unhappy.Share:0%}", Between(driver.Unhappy), driver.Others.Whole == 0 ? "-" : $"{driver.Others.Share:0%}", driver.Others.Whole == 0 ? "" : Between(driver.Others));
        Screen.Results.Write(table);
    }

    static void Show(SurveyReport report, string by, IEnumerable<(string Name, SurveyFigure? Figure)> rows)
    {
        var table = Plain(by, "Value", "95% interval", "Answers");
        foreach (var (name, figure) in rows)
        {
            if (figure is { } known) table.AddRow(Markup.Escape(name), Value(report, known.Value), Interval(report, known), $"{known.Answers:N0}");
            else table.AddRow(Markup.Escape(name), "-", "", "0");
        }

        if (table.Rows.Count > 0) Screen.Results.Write(table);
    }

    static string Value(SurveyReport report, double value) => SurveyFigureWords.Value(report.Survey.Kind, value);

    static string Interval(SurveyReport report, SurveyFigure figure) => SurveyFigureWords.Interval(report.Survey.Kind, figure);

    static string Between(SurveyShare share) => $"{share.Interval.Low:0%} to {share.Interval.High:0%}";

    static Table Plain(string first, params string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var name in others) table.AddColumn(new TableColumn(name) { Alignment = name == "Figure" ? Justify.Left : Justify.Right });
        return table;
    }

    static object Sheet(SurveyReport report) => new
    {
        survey = report.Survey.Name,
        kind = report.Survey.Kind.ToString().ToLowerInvariant(),
        from = report.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        until = report.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        figure = Figure(report.Figure),
        unhappy = Share(report.Unhappy),
        months = report.Months.Select(month => new { month = month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), figure = Figure(month.Figure) }),
        segments = report.Segments.Select(Group),
        products = report.Products.Select(Group),
        agents = report.Agents.Select(Group),
        drivers = report.Drivers.Select(driver => new { reason = driver.Name, unhappy = Share(driver.Unhappy), others = Share(driver.Others), drives = driver.Drives }),
    };

    static object Group(SurveyGroup group) => new { name = group.Name, figure = Figure(group.Figure) };

    static object? Figure(SurveyFigure? figure) => figure is not { } known ? null
        : new { formula = known.Formula, value = Math.Round(known.Value, 2), low = Math.Round(known.Low, 2), high = Math.Round(known.High, 2), answers = known.Answers };

    static object Share(SurveyShare share) => new
    {
        part = share.Part,
        whole = share.Whole,
        share = Math.Round(share.Share, 4),
        low = Math.Round(share.Interval.Low, 4),
        high = Math.Round(share.Interval.High, 4),
    };
}
