using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class SatisfactionPages
{
    static readonly ImmutableArray<int> Periods = [3, 12, 60];

    public static async Task<IResult> Show(HttpRequest request, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var loaded = playbook();
        var months = request.Query.TryGetValue("months", out var said) && int.TryParse(said, out var asked) && Periods.Contains(asked) ? asked : 12;
        var reports = SurveyReport.Of(await records.Tallies([.. Tallies.Answers], stop), loaded.Playbook, months, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

        var name = request.Query["survey"].ToString();
        var chosen = name == "" ? reports.Where(report => report.Figure is not null).MaxBy(report => report.Figure!.Value.Answers) : reports.FirstOrDefault(report => report.Survey.Name == name);
        if (name != "" && chosen is null) return Site.Lacks(new(T("There is no survey '{0}'", name), T("The playbook may have another name for it by now."), "/satisfaction", T("See all surveys")));

        return Site.Show<SatisfactionPage>(new SatisfactionView { Loaded = loaded, Reports = reports, Chosen = chosen, Months = months, Periods = Periods });
    }
}

/// <summary>What customers say when they are asked.</summary>
public sealed record SatisfactionView
{
    public required LoadedPlaybook Loaded { get; init; }
    public required ImmutableArray<SurveyReport> Reports { get; init; }

    /// <summary>The survey that is shown in full; null where none has an answer.</summary>
    public required SurveyReport? Chosen { get; init; }

    public required int Months { get; init; }
    public required ImmutableArray<int> Periods { get; init; }

    public string Address(string? survey, int months) => "/satisfaction?" + (survey is null ? "" : $"survey={Uri.EscapeDataString(survey)}&") + $"months={months}";

    public static string PeriodName(int months) => months % 12 == 0 && months > 12 ? Words.Count(months / 12, "year") : Words.Count(months, "month");

    public string Question(Survey survey) => SurveyWords.Question(survey, Loaded.Playbook.Policies, Loaded.Playbook.Policies.Locale);

    public string SegmentName(string name) => Loaded.Playbook.Scores.Segments.Segments.FirstOrDefault(segment => segment.Name == name)?.Label is { } label ? Words.Capital(label) : name;

    public string ProductName(string sku) =>
        Loaded.Messages?.Products.GetValueOrDefault(sku)?.Title(Loaded.Playbook.Policies.Locale, Loaded.Playbook.Policies.Locale) ?? sku;
}

/// <summary>How figures of surveys are written, and where they stand on their scale.</summary>
public static class SurveyFigureWords
{
    public static string Value(SurveyKind kind, double value) => kind switch
    {
        SurveyKind.Csat => FormattableString.Invariant($"{Rounded(value)}%"),
        SurveyKind.Nps => FormattableString.Invariant($"{(Rounded(value) > 0 ? "+" : "")}{Rounded(value)}").Replace('-', '\u2212'),
        _ => FormattableString.Invariant($"{value:0.0}"),
    };

    public static string Interval(SurveyKind kind, SurveyFigure figure) => T("{0} to {1}", Value(kind, figure.Low), Value(kind, figure.High));

    /// <summary>Least and most that the figure can be.</summary>
    public static (double Least, double Most) Bounds(SurveyKind kind) => kind switch { SurveyKind.Csat => (0, 100), SurveyKind.Nps => (-100, 100), _ => (1, 7) };

    public static string Name(SurveyKind kind) => kind switch { SurveyKind.Csat => T("CSAT, 1 to 5"), SurveyKind.Nps => T("NPS, 0 to 10"), _ => T("CES, 1 to 7") };

    static double Rounded(double value) => Math.Round(value, MidpointRounding.AwayFromZero) + 0.0;
}
