using Cvm.Benchmarks.Start;
using Cvm.Local;

namespace Cvm.Benchmarks.Pages;

/// <summary>Every main page of <c>cvm serve</c>, and the pages one comes to from there, over a shop with a year behind it.</summary>
static class PageTimes
{
    const int Rounds = 9;

    static readonly string[] Addresses =
    [
        "/", "/dashboard", "/dashboard?window=months", "/dashboard/revenue", "/cases", "/tasks", "/issues",
        "/customers", "/customers?q=anna", "/customers/C00042", "/customers/C00042/explain", "/segments", "/segments?segment=champion",
        "/pivot", "/pivot?rows=stage&columns=country&measure=revenue", "/pivot/people?stage=loyal", "/satisfaction", "/loyalty",
        "/journeys", "/journeys/win-back", "/journeys/win-back/edit", "/journeys/win-back/versions", "/journeys/win-back/publish", "/proof", "/proof?journey=win-back", "/messages", "/messages/we-miss-you",
        "/mailbox", "/outbox",
    ];

    public static Task<IReadOnlyList<Row>> Run(int customers) => Measure.InNewFolder(async folder =>
    {
        var fill = await Measure.Seconds(() => GrownShop.Fill(folder, customers));
        await Console.Error.WriteLineAsync($"  filled in {fill:N0} s, {Measure.Megabytes(new FileInfo(Path.Combine(folder, "cvm.db")).Length)}");

        using var served = new Served(folder);
        await served.FirstOrder("first", "C00001");
        var floor = await served.Page("/healthz", Rounds);
        var times = new List<(string Page, double First, double Then)>();
        foreach (var page in Addresses) times.Add((page, await served.Page(page, 1), await served.Page(page, Rounds)));

        return (IReadOnlyList<Row>)
        [
            .. times.OrderByDescending(one => one.Then).Select(one => new Row($"page {one.Page}", $"{one.Then * 1e3:N1} ms, the first time {one.First * 1e3:N0} ms")
            {
                Floor = $"{floor * 1e3:N1} ms, /healthz",
                Ratio = $"{one.Then / floor:N0}",
                Promise = customers == 100_000 ? "under 100 ms" : "",
                Peak = Measure.Megabytes(served.Memory.Most),
            }),
        ];
    });
}
