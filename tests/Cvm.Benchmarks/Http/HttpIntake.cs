using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Cvm.Benchmarks.Intake;
using Cvm.Engine;

namespace Cvm.Benchmarks.Http;

/// <summary>Orders over HTTP on loopback, client and server sharing the machine: batches beside the same batches in process, single posts
/// beside the same server and checks without engine and store.</summary>
static class HttpIntake
{
    const int Rounds = 3;
    const int Lanes = 4; // connections that send batches, each with customers of its own
    const int Lines = 1_000;
    const int Callers = 64;

    public static async Task<IReadOnlyList<Row>> Run()
    {
        var many = new OrderBook(50_000, 23_000, TimeSpan.FromDays(6));
        var chunks = LanesOf(many.Orders);
        var bodies = Array.ConvertAll(chunks, lane => Array.ConvertAll(lane, Ndjson));
        var batches = await Beside(many, shop => PostBatches(shop, bodies), shop => TakeBatches(shop, chunks));

        var few = new OrderBook(20_000, 23_000, TimeSpan.FromDays(6));
        var texts = Array.ConvertAll(few.Orders, Json);
        var singles = await Beside(few, shop => PostSingles(shop, "api/orders", texts), shop => PostSingles(shop, "parse/api/orders", texts));

        return
        [
            Row($"HTTP, {Lines:N0} a batch, {Lanes} connections: orders a second", many, batches, "the same in process", "at least 0.5"),
            Row($"HTTP, one by one, {Callers} connections: orders a second", few, singles, "same server, only checks the body", "near 1"),
        ];
    }

    static Row Row(string what, OrderBook book, (double Figure, double Peer, string Peak) took, string peer, string promise) => new(what, $"{book.Orders.Length / took.Figure:N0}")
    {
        Floor = $"{book.Orders.Length / took.Peer:N0}, {peer}",
        Ratio = $"{took.Peer / took.Figure:N2}",
        Promise = promise,
        Peak = took.Peak,
    };

    static async Task<(double Figure, double Peer, string Peak)> Beside(OrderBook book, Func<Shop, Task> figure, Func<Shop, Task> peer)
    {
        var (figures, peers) = (new List<double>(), new List<double>());
        Measure.ForgetPeak();
        for (var round = 0; round <= Rounds; round++)
        {
            var mine = await InShop(book, figure);
            var theirs = await InShop(book, peer);
            if (round == 0) continue; // warming up
            figures.Add(mine);
            peers.Add(theirs);
        }

        return (Measure.Median(figures), Measure.Median(peers), Measure.Peak());
    }

    static Task<double> InShop(OrderBook book, Func<Shop, Task> work) => Measure.InNewFolder(async folder =>
    {
        await using var shop = await Shop.Open(folder, book);
        return await Measure.Seconds(() => work(shop));
    });

    static Task PostBatches(Shop shop, byte[][][] lanes) => Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
    {
        foreach (var body in lane)
        {
            var answers = await Post(shop, "api/orders", body, "application/x-ndjson");
            if (answers.Split("\"taken\"").Length - 1 != body.Count(letter => letter == '\n')) throw new InvalidOperationException($"Not all were taken: {answers}");
        }
    })));

    static Task TakeBatches(Shop shop, (string, Signal)[][][] lanes) => Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
    {
        foreach (var chunk in lane) await shop.Engine.Take(chunk, CancellationToken.None);
    })));

    static async Task PostSingles(Shop shop, string path, byte[][] bodies)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var at && at < bodies.Length) await Post(shop, path, bodies[at], "application/json");
        })));
    }

    static async Task<string> Post(Shop shop, string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var answer = await shop.Client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    static (string Customer, Signal Signal)[][][] LanesOf((string Customer, Signal Signal)[] orders) =>
        [.. orders.GroupBy(order => order.Customer[^1] % Lanes).Select(lane => lane.Chunk(Lines).ToArray())];

    static byte[] Ndjson((string, Signal)[] orders) => [.. orders.SelectMany(order => (byte[])[.. Json(order), (byte)'\n'])];

    static byte[] Json((string Customer, Signal Signal) order)
    {
        var (customer, signal) = (order.Customer, (Signal.Ordered)order.Signal);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"id":"{{signal.Order}}","customer":"{{customer}}","at":"{{signal.At:O}}","amount":{{signal.Amount}}}"""));
    }
}
