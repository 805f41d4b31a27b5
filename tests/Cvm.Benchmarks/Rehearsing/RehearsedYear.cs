using Cvm.Engine;

namespace Cvm.Benchmarks.Rehearsing;

/// <summary>A year of four journeys over everybody, beside the same number of quiet days as bare turns of the kernel.</summary>
static class RehearsedYear
{
    const int Days = 365, Bare = 2_000_000;
    static readonly string[] Four = ["birthday-care", "complaint-escalation", "loyalty-rewards", "win-back"];
    static readonly DateTimeOffset From = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<Row>> Run(int customers)
    {
        var loaded = Measure.Playbook;
        var playbook = loaded.Playbook with { Journeys = [.. loaded.Playbook.Journeys.Where(journey => Four.Contains(journey.Name))] };
        var store = new MemoryStore();
        await store.Commit([.. Enumerable.Range(0, customers).Select(One)], CancellationToken.None);
        var crowd = new ScoreCrowd();
        foreach (var standing in await store.Standings("", customers, CancellationToken.None)) crowd.Add(standing);
        var model = crowd.Fit(new(2027, 3, 1), playbook.Scores.Model);

        var bare = await Measure.Seconds(() => Task.Run(() => BareDays(playbook)));
        Measure.ForgetPeak();
        RehearsalCount? count = null;
        var took = await Measure.Seconds(async () => count = await Rehearsal.Play(new(playbook, From, Days, new NoResponses()) { Renderer = loaded.Renderer, Model = model }, store, null, CancellationToken.None));

        var floor = bare / Bare * customers * Days / Environment.ProcessorCount;
        return
        [
            new($"rehearsal: {Days} days of {Four.Length} journeys over {customers:N0} customers, {count!.Sent():N0} messages", $"{took:N1} s, {took / customers / Days * 1e9:N0} ns a customer and day")
            {
                Floor = $"{floor:N1} s, the same days as bare turns on {Environment.ProcessorCount} cores",
                Ratio = $"{took / floor:N1}",
                Promise = customers == 100_000 ? "under 60 s" : "",
                Peak = Measure.Peak(),
            },
        ];
    }

    static void BareDays(Playbook playbook)
    {
        var dossier = One(17).After;
        for (var i = 0; i < Bare; i++)
        {
            var day = new DateOnly(2027, 3, 2).AddDays(i % 300);
            _ = Cvm.Kernel.Take(playbook, dossier, new Signal.Day("day", From, day, day.AddDays(-1)), From);
        }
    }

    static Change One(int number)
    {
        var (first, lot) = (number * 7_919L % 700, number * 2_654_435_761L % 1_000 / 1_000.0);
        var days = 1 + (int)(Math.Pow(lot, 6) * 30);
        var span = Math.Min((int)(days - 1) * (3 + number % 40), 780 - (int)first);
        var began = From.AddDays(-790);
        var spent = days * (20 + number % 80);
        var after = Dossier.For($"c{number:D7}") with
        {
            Profile = new()
            {
                Name = "Ada",
                Email = $"c{number}@example.com",
                Phone = number % 2 == 0 ? "+4915112345678" : null,
                Zone = number % 5 == 0 ? "America/New_York" : "Europe/Berlin",
                Birthday = number % 3 == 0 ? null : new(1960 + number % 45, 1 + number % 12, 1 + number % 28),
                Joined = began.AddDays(first),
            },
            Consents = number % 4 == 0 ? [] : [new(Channel.Email, Purpose.Promotional, true, began, "form"), new(Channel.Sms, Purpose.Promotional, true, began, "form")],
            Purchases = Purchases.None with { Orders = days, Days = days, First = began.AddDays(first), Last = began.AddDays(first + span), Spent = spent, FirstSpent = 20 + number % 80 },
        };
        return new(Dossier.For(after.Customer), 0, after, "", []);
    }
}
