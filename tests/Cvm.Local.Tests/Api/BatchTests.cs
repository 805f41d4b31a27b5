using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

public sealed class BatchTests
{
    [Fact]
    public async Task A_bad_line_does_not_spoil_the_others()
    {
        await using var host = await ApiHost.Start();

        var answers = await host.Batch("/api/orders", $"{Order(1)}\r\n\n{{bad\n{Order(1)}\n{{\"id\":\"o9\"}}\n{new string('x', 20_000)}\n{Order(2)}");

        Assert.Equal(["1 taken", "3 refused", "4 taken before", "5 refused", "6 refused", "7 taken"], answers.Select(Shown));
        Assert.Equal("customer", (string)JsonNode.Parse(answers[3])!["problems"]![0]!["field"]!);
        Assert.Contains("16,384 bytes", answers[4]);
    }

    [Fact]
    public async Task A_long_batch_is_answered_line_by_line_and_committed_in_chunks()
    {
        await using var host = await ApiHost.Start();
        var lines = string.Concat(Enumerable.Range(1, 20_000).Select(i => Order(i) + "\n"));

        var answers = await host.Batch("/api/orders", lines);

        Assert.Equal(Enumerable.Range(1, 20_000).Select(i => $"{i} taken"), answers.Select(Shown));
        Assert.Equal(20_000, host.Store.Chunks.Sum());
        Assert.InRange(host.Store.Chunks.Max(), 1, 1_000);
    }

    [Fact]
    public async Task A_client_that_waits_for_each_answer_gets_it()
    {
        await using var host = await ApiHost.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (var i = 1; i <= 3; i++)
        {
            var line = Order(i) + "\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line.Length:x}\r\n{line}\r\n"));

            string? answer;
            do answer = await reader.ReadLineAsync();
            while (answer is not null && !answer.StartsWith('{'));

            Assert.Equal($"{i} taken", Shown(answer!));
        }
    }

    [Fact]
    public async Task A_client_that_writes_everything_before_it_reads_is_answered_too()
    {
        await using var host = await ApiHost.Start();
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 100_000).Select(_ => "{\"id\":\"o\"}\n")));

        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);
        using var reader = new StreamReader(stream);
        var answers = (await reader.ReadToEndAsync()).Split('\n').Count(line => line.StartsWith("{\"line\":", StringComparison.Ordinal));

        Assert.Equal(100_000, answers);
    }

    [Fact]
    public async Task A_batch_that_turns_out_too_long_says_where_to_go_on()
    {
        await using var host = await ApiHost.Start(new() { MostBatch = 10_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders");
        request.Content = new StringContent(string.Concat(Enumerable.Range(1, 200).Select(i => Order(i) + "\n")), Encoding.UTF8, "application/x-ndjson");
        request.Headers.TransferEncodingChunked = true;

        using var answer = await host.Client.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("stopped", (string)JsonNode.Parse(lines[^1])!["status"]!);
        Assert.Equal(lines.Length, (int)JsonNode.Parse(lines[^1])!["line"]!);
    }

    static string Order(int i) => $$"""{"id":"o{{i}}","customer":"c{{i % 7}}","at":"2026-03-01T10:00:00Z","amount":{{i}}}""";

    static string Shown(string answer) => JsonNode.Parse(answer) is { } node ? $"{node["line"]} {node["status"]}" : answer;
}
