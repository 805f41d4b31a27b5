namespace Cvm.Engine;

/// <summary>Any two dimensions by any measure, over everybody. Holds all portraits in memory, brought up to date before each answer; where they are more than
/// <see cref="MostKept"/> it lets go of them when nobody has asked for a while. For many callers; they take turns.</summary>
/// <param name="mostKept">How many people may stay in memory for good.</param>
public sealed class Pivot(IPortraits portraits, Func<LoadedPlaybook> playbook, TimeProvider clock, int mostKept = Pivot.MostKept) : IDisposable
{
    const int PageSize = 5_000;

    /// <summary>So many people stay in memory for good, some 40 MB, and may be read in at start.</summary>
    public const int MostKept = 200_000;

    /// <summary>How long more of them stay in memory after the last question.</summary>
    public static readonly TimeSpan Rests = TimeSpan.FromMinutes(20);

    readonly SemaphoreSlim gate = new(1, 1);
    PivotImage? image;
    string mark = "";
    DateTimeOffset asked;
    ITimer? timer;

    /// <summary>Whether everybody is in memory now.</summary>
    public bool Holds => image is not null;

    /// <summary>The answer to a question, as of now.</summary>
    public Task<PivotTable> Ask(PivotQuery query, CancellationToken stop) =>
        With((known, moment) => new Adding(known, query, moment).Table() with { AsOf = clock.GetUtcNow() }, stop);

    /// <summary>The people whom the filters of a question let through, in order of id, after one of them; with how many there are in all.</summary>
    public Task<PivotPeople> People(PivotQuery query, string after, int most, CancellationToken stop) => With((known, moment) =>
    {
        var adding = new Adding(known, query, moment);
        var rows = adding.People(after, most);
        return new PivotPeople(adding.Count(), [.. PivotPerson.Of(known, moment, rows)]);
    }, stop);

    /// <summary>Reads everybody in before the first question.</summary>
    public Task Warm(CancellationToken stop) => With((_, _) => true, stop);

    /// <summary>Lets go of everybody, where they are many and nobody has asked for a while; the next question reads them again.</summary>
    public void Rest()
    {
        gate.Wait();
        try
        {
            if (image?.Count > mostKept && clock.GetUtcNow() - asked >= Rests) image = null;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        timer?.Dispose();
        gate.Dispose();
    }

    async Task<T> With<T>(Func<PivotImage, PivotMoment, T> answer, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            asked = clock.GetUtcNow();
            timer ??= clock.CreateTimer(_ => Rest(), null, Rests, Rests);
            image = await Refreshed(stop);
            var current = playbook().Playbook;
            return answer(image, new(current, LocalTimes.Day(current.Policies.Zone, asked).DayNumber));
        }
        finally
        {
            gate.Release();
        }
    }

    async Task<PivotImage> Refreshed(CancellationToken stop)
    {
        if (image is { } known && await portraits.News(mark, stop) is { } news)
        {
            foreach (var portrait in news.Changed) known.Put(portrait);
            foreach (var customer in news.Gone) known.Remove(customer);
            mark = news.Mark;
            return known;
        }

        // The mark first: whoever changes while they are read is told with the next question.
        var (fresh, from) = (new PivotImage(), (await portraits.News("", stop))?.Mark ?? "");
        for (var after = ""; await portraits.Portraits(after, PageSize, stop) is [.., var last] page; after = last.Customer)
            foreach (var portrait in page) fresh.Put(portrait);
        mark = from;
        return fresh;
    }
}

/// <summary>Some of the people behind a cell.</summary>
/// <param name="Count">How many there are in all.</param>
public sealed record PivotPeople(int Count, ImmutableArray<PivotPerson> Some);

/// <summary>What the pivot knows of one customer.</summary>
/// <param name="Values">In the order of <see cref="Dimensions.All"/>; several with commas between them.</param>
/// <param name="Figures">Those of <see cref="FigureNames"/>; NaN where not known.</param>
public sealed record PivotPerson(string Customer, ImmutableArray<string> Values, ImmutableArray<double> Figures)
{
    static readonly ImmutableArray<(string Name, Quantity Quantity)> Told =
    [
        ("orders", Quantity.Orders), ("spent", Quantity.Spent), ("refunded", Quantity.Refunded), ("discounts", Quantity.Discounts), ("contribution", Quantity.Contribution),
        ("alive", Quantity.Alive), ("expected", Quantity.Value365), ("points", Quantity.Points), ("complaints", Quantity.Complaints), ("emails", Quantity.Emails), ("sms-segments", Quantity.SmsSegments),
    ];

    /// <summary>What the figures are.</summary>
    public static ImmutableArray<string> FigureNames { get; } = [.. Told.Select(one => one.Name)];

    internal static IEnumerable<PivotPerson> Of(PivotImage image, PivotMoment moment, List<int> rows)
    {
        Sorting[] sortings = [.. Dimensions.All.Select(dimension => dimension.Over(image, moment))];
        var one = new int[1];
        foreach (var row in rows)
            yield return new(image[row]!, [.. sortings.Select(sorting => Values(sorting, row))], [.. Told.Select(told => image[told.Quantity][row])]);

        string Values(Sorting sorting, int row)
        {
            sorting.Read(row, one);
            return string.Join(", ", (sorting.Members?[one[0]] ?? [one[0]]).Select(value => sorting.Value(value).Name));
        }
    }
}
