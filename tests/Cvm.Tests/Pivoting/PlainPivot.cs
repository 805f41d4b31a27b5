using System.Globalization;
using Cvm.Engine;

namespace Cvm.Tests.Pivoting;

/// <summary>The same questions answered from dossiers in the plainest way.</summary>
sealed class PlainPivot(Playbook playbook, DateTimeOffset now, IReadOnlyList<Dossier> people)
{
    readonly int today = LocalTimes.Day(playbook.Policies.Zone, now).DayNumber;

    public int Count(PivotQuery query) => people.Count(one => Passes(query, one));

    public IEnumerable<string> People(PivotQuery query) => people.Where(one => Passes(query, one)).Select(one => one.Customer).Order(StringComparer.Ordinal);

    public HashSet<string> Values(PivotQuery query, Dimension dimension)
    {
        var filter = query.Filters.FirstOrDefault(one => one.Dimension == dimension);
        return [.. people.Where(one => Passes(query, one)).SelectMany(one => ValuesOf(dimension.Name, one)).Where(value => filter is null || filter.Values.Contains(value))];
    }

    public PivotCell Cell(PivotQuery query, string? row, string? column)
    {
        bool In(Dossier one) => Passes(query, one) && (row is null || ValuesOf(query.Rows.Name, one).Contains(row)) && (column is null || ValuesOf(query.Columns!.Name, one).Contains(column));
        var inside = people.Where(In).ToList();
        var known = inside.Select(one => Figure(query.Measure.Name, one)).Where(figure => !double.IsNaN(figure.Sum)).ToList();
        var (sum, per) = (known.Sum(figure => figure.Sum), known.Sum(figure => figure.Per));

        var value = query.Measure.Name == "share" ? inside.Count == 0 ? double.NaN : 100.0 * inside.Count / Count(query)
            : !query.Measure.Averages ? sum
            : known.Count == 0 || per == 0 ? double.NaN
            : sum / per * (query.Measure.Unit == PivotUnit.Percent || query.Measure.Name is "nps" or "complaints-per-100" ? 100 : 1);
        return new(inside.Count, value, known.Count);
    }

    bool Passes(PivotQuery query, Dossier one) => query.Filters.All(filter => ValuesOf(filter.Dimension.Name, one).Intersect(filter.Values).Any());

    (double Sum, double Per) Figure(string measure, Dossier one)
    {
        var (bought, scores) = (one.Purchases, one.Scores.AsOf is null ? null : one.Scores);
        var net = (double)bought.Spent - (double)bought.Refunded;
        return measure switch
        {
            "people" or "share" => (1, 1),
            "orders" or "orders-per-person" => (bought.Orders, 1),
            "ordered-again" => (bought.Orders == 0 ? double.NaN : bought.Orders > 1 ? 1 : 0, 1),
            "revenue" or "revenue-per-person" => (net, 1),
            "average-order" => (bought.Orders == 0 ? double.NaN : (double)bought.Spent, bought.Orders),
            "refund-rate" => (bought.Orders == 0 ? double.NaN : (double)bought.Refunded, (double)bought.Spent),
            "discounts" => ((double)bought.Discounts, 1),
            "contribution" or "contribution-per-person" => ((double?)scores?.Contribution ?? double.NaN, 1),
            "expected" or "expected-per-person" => (scores?.Value365 ?? double.NaN, 1),
            "alive" or "staying" => (scores?.Alive ?? double.NaN, 1),
            "csat" => (Score(one, SurveyKind.Csat) is { } score ? score >= 4 ? 1 : 0 : double.NaN, 1),
            "nps" => (Score(one, SurveyKind.Nps) is { } score ? score >= 9 ? 1 : score <= 6 ? -1 : 0 : double.NaN, 1),
            "complaints" or "complaints-per-100" => (one.Satisfaction.Complaints, 1),
            "messages" or "messages-per-person" => (one.Effort.Emails + one.Effort.SmsSegments, 1),
            "points" or "points-per-person" => (one.Ledger.Balance, 1),
            _ => throw new NotSupportedException(measure),
        };
    }

    int? Score(Dossier one, SurveyKind kind) => one.Satisfaction.Answers.LastOrDefault(answer => playbook.Surveys.TryGetValue(answer.Survey, out var survey) && survey.Kind == kind)?.Score;

    string[] ValuesOf(string dimension, Dossier one)
    {
        var (profile, bought, scores) = (one.Profile, one.Purchases, one.Scores.AsOf is null ? null : one.Scores);
        return dimension switch
        {
            "tag" => profile.Tags.IsEmpty ? ["none"] : [.. profile.Tags],
            "journey" => one.Enrollments.IsEmpty ? ["none"] : [.. one.Enrollments.Select(enrollment => enrollment.Journey).Distinct()],
            "stage" => [scores is not null ? ScoreWords.Of(scores.Stage) : bought.Orders == 0 ? "prospect" : "none"],
            "segment" => [scores?.Segment ?? "none"],
            "rfm" => [scores?.Rfm ?? "none"],
            "value" => [scores is null ? "none" : ScoreWords.Of(scores.Value)],
            "potential" => [scores is null ? "none" : ScoreWords.Of(scores.Potential)],
            "relationship" => [scores is null ? "none" : ScoreWords.Of(scores.Relationship)],
            "need" => [scores is null ? "none" : ScoreWords.Of(scores.Need)],
            "tier" => [one.Ledger.Tier ?? "none"],
            "country" => [profile.Country ?? "none"],
            "region" => [profile.Region ?? "none"],
            "language" => [profile.Locale?[..2] ?? "none"],
            "first-order-month" => [Month(one, bought.First, "yyyy-MM")],
            "first-order-year" => [Month(one, bought.First, "yyyy")],
            "first-order-quarter" => [bought.First is { } first ? $"{Local(one, first).Year}-q{(Local(one, first).Month + 2) / 3}" : "none"],
            "joined-month" => [Month(one, profile.Joined, "yyyy-MM")],
            "joined-year" => [Month(one, profile.Joined, "yyyy")],
            "known-for" => [Band(Ago(one, profile.Joined), 0, 31, 91, 181, 366, 731, 1096, 1826)],
            "silence" => [Band(Ago(one, bought.Last), 0, 8, 31, 61, 91, 181, 366, 731)],
            "orders" => [Band(bought.Orders, 0, 1, 2, 4, 7, 13, 25, 50)],
            "spent" => [Money((double)bought.Spent - (double)bought.Refunded)],
            "expected" => [scores is null ? "none" : Money(scores.Value365)],
            "alive" => [scores is null ? "none" : $"{Math.Min(4, (int)(scores.Alive * 5)) * 20}-{Math.Min(4, (int)(scores.Alive * 5)) * 20 + 20}"],
            "agreed" => [Ways(Agreed(one, Channel.Email), Agreed(one, Channel.Sms))],
            "reachable" => [Ways(profile.Email is not null, profile.Phone is not null)],
            "recommends" => [Score(one, SurveyKind.Nps) switch { null => "none", >= 9 => "promoter", >= 7 => "passive", _ => "detractor" }],
            "satisfied" => [Score(one, SurveyKind.Csat) switch { null => "none", >= 4 => "satisfied", 3 => "neutral", _ => "unsatisfied" }],
            "complaints" => [Band(one.Satisfaction.Complaints, 0, 1, 2, 4)],
            "open-case" => [one.Cases.Any(work => work.Open) ? "yes" : "no"],
            "on-hold" => [one.Holds.IsEmpty ? "no" : "yes"],
            "messages" => [Band(one.Effort.Emails + one.Effort.SmsSegments, 0, 1, 6, 11, 26, 51, 101)],
            _ => throw new NotSupportedException(dimension),
        };
    }

    static bool Agreed(Dossier one, Channel channel) => one.Consents.Any(consent => consent.Channel == channel && consent is { Purpose: Purpose.Promotional, Given: true, Pending: false });

    static string Ways(bool email, bool sms) => (email, sms) switch { (true, true) => "both", (true, false) => "email", (false, true) => "sms", _ => "none" };

    static DateOnly Local(Dossier one, DateTimeOffset at) => LocalTimes.Day(one.Profile.Zone ?? "UTC", at);

    static string Month(Dossier one, DateTimeOffset? at, string format) => at is { } moment ? Local(one, moment).ToString(format, CultureInfo.InvariantCulture) : "none";

    double Ago(Dossier one, DateTimeOffset? at) => at is { } moment ? Math.Max(0, today - Local(one, moment).DayNumber) : double.NaN;

    static string Band(double number, params int[] from)
    {
        if (double.IsNaN(number)) return "none";
        var at = Array.FindLastIndex(from, bound => bound <= number);
        return at == from.Length - 1 ? $"{from[at]}-up" : from[at + 1] == from[at] + 1 ? $"{from[at]}" : $"{from[at]}-{from[at + 1] - 1}";
    }

    static string Money(double amount)
    {
        if (amount < 0) return "below-0";
        if (amount == 0) return "0";
        long[] steps = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
        var at = Array.FindLastIndex(steps, step => step <= amount);
        return $"{steps[at]}-{steps[at + 1]}";
    }
}
