namespace Cvm.Engine;

/// <summary>What is counted, by day, between two days: everything a formula reads. Sums of any time within cost the same, however long it is.</summary>
public sealed class MeasureBooks
{
    // Tells since when there is a shop, so that every measure knows the same beginning.
    const string Opening = "orders";

    readonly DateOnly from;
    readonly int days;
    readonly Dictionary<string, double[]> sums = new(StringComparer.Ordinal);
    readonly Dictionary<(string Survey, int Score), double[]> answers = [];
    readonly Dictionary<int, double[]> resolved = [];
    readonly Playbook playbook;
    readonly IReadOnlyDictionary<DateOnly, NightlyFigures> nights;
    readonly DateOnly? first, opened;

    /// <param name="tallies">Of these days; others are left out.</param>
    /// <param name="nights">What the nights found.</param>
    public MeasureBooks(Playbook playbook, DateOnly from, DateOnly until, IEnumerable<(Tally Tally, long Count)> tallies, IReadOnlyDictionary<DateOnly, NightlyFigures> nights)
    {
        (this.playbook, this.from, days, this.nights) = (playbook, from, until.DayNumber - from.DayNumber + 1, nights);
        foreach (var (tally, count) in tallies)
        {
            if (tally.Day is not { } day || day < from || day > until) continue;
            (first, opened) = (first < day ? first : day, tally is { Kind: Tallies.Happened, Detail: Opening } && !(opened < day) ? day : opened);
            Put(tally, count, day.DayNumber - from.DayNumber);
        }

        foreach (var sum in sums.Values.Concat(answers.Values).Concat(resolved.Values))
            for (var i = 1; i < sum.Length; i++) sum[i] += sum[i - 1];
    }

    /// <summary>Prices of scores.yaml.</summary>
    public CostRules Costs => playbook.Scores.Costs;

    /// <summary>The first day on which anybody ordered, whatever else was read; on which anything was counted, where nobody has. Null where nothing was.</summary>
    public DateOnly? First => opened ?? first;

    void Put(Tally tally, long count, int day)
    {
        switch (tally.Kind)
        {
            case Tallies.Happened: Days(sums, tally.Detail)[day + 1] += BaseSeries.Find(tally.Detail)?.Unit == MeasureUnit.Money ? count / 100.0 : count; break;
            case Tallies.ResolvedIn when int.TryParse(tally.Detail, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at): Days(resolved, at)[day + 1] += count; break;
            case Tallies.Answer when AnswerTallies.Scored(tally) is { Of: "" } scored: Days(answers, (scored.Survey, scored.Score))[day + 1] += count; break;
        }
    }

    double[] Days<TKey>(Dictionary<TKey, double[]> of, TKey key) where TKey : notnull => of.TryGetValue(key, out var known) ? known : of[key] = new double[days + 1];

    double Sum(double[]? sum, DateOnly first, DateOnly last)
    {
        if (sum is null) return 0;
        var (begin, end) = (Math.Clamp(first.DayNumber - from.DayNumber, 0, days), Math.Clamp(last.DayNumber - from.DayNumber + 1, 0, days));
        return end <= begin ? 0 : sum[end] - sum[begin];
    }

    /// <summary>What a series comes to between two days, both counted: its sum, or the last that is known of what stands; NaN where nothing is.</summary>
    public double Sum(string series, DateOnly first, DateOnly last) =>
        BaseSeries.Find(series) is { Stands: true } ? Night(first, last)?.Of(series) ?? double.NaN : Sum(sums.GetValueOrDefault(series), first, last);

    NightlyFigures? Night(DateOnly first, DateOnly last)
    {
        for (var day = last; day >= first; day = day.AddDays(-1)) if (nights.TryGetValue(day, out var found)) return found;
        return null;
    }

    /// <summary>How many spans of time of each class there are.</summary>
    public IEnumerable<(int Class, double Count)> Classes(string series, DateOnly first, DateOnly last) =>
        series == BaseSeries.ResolvedIn ? resolved.Select(pair => (pair.Key, Sum(pair.Value, first, last))) : [];

    /// <summary>The usual figure of all answers to surveys of a kind, or to one: a share of 1 for csat; NaN where nobody answered.</summary>
    public double Asked(SurveyKind kind, string? survey, DateOnly first, DateOnly last)
    {
        Span<long> counts = stackalloc long[SurveyFigures.MostScore + 1];
        counts.Clear();
        foreach (var ((name, score), sum) in answers)
            if (score <= SurveyFigures.MostScore && (survey is null ? playbook.Surveys.TryGetValue(name, out var known) && known.Kind == kind : survey == name))
                counts[score] += (long)Sum(sum, first, last);
        return SurveyFigures.OfCounts(kind, counts) is not { } figure ? double.NaN : kind == SurveyKind.Csat ? figure.Value / 100 : figure.Value;
    }

    /// <summary>Reads what these measures need, of these days.</summary>
    public static async Task<MeasureBooks> Read(IRecords records, IMemo memo, Playbook playbook, IReadOnlyCollection<Measure> measures, DateOnly from, DateOnly until, CancellationToken stop)
    {
        var names = measures.SelectMany(measure => measure.Formula.Series).Select(series => series.Name).Distinct(StringComparer.Ordinal).ToList();
        var counted = names.Where(name => BaseSeries.Find(name) is { Stands: false, Unit: not MeasureUnit.Hours }).Append(Opening).Distinct(StringComparer.Ordinal).ToList();
        var tallies = new List<(Tally, long)>();
        tallies.AddRange(await records.Tallies(new TallyQuery(Tallies.Happened) { Journey = "", Details = counted, From = from, Until = until }, stop));
        if (names.Contains(BaseSeries.ResolvedIn)) tallies.AddRange(await records.Tallies(new TallyQuery(Tallies.ResolvedIn) { Journey = "", From = from, Until = until }, stop));
        if (measures.Any(measure => measure.Formula.Asks)) tallies.AddRange(await records.Tallies(new TallyQuery(Tallies.Answer) { Journey = "", From = from, Until = until }, stop));

        var stands = names.Any(name => BaseSeries.Find(name) is { Stands: true });
        return new(playbook, from, until, tallies, stands ? await NightlyFigures.Read(memo, from, until, stop) : new Dictionary<DateOnly, NightlyFigures>());
    }
}
