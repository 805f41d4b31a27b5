using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cvm.Tests;

/// <summary>What a provider answers.</summary>
/// <param name="Headers">Each with a line break after it.</param>
public sealed record ProviderAnswer(int Status, string Headers, string Type, string Body)
{
    /// <summary>The connection ends in the middle of the body.</summary>
    public bool CutShort { get; init; }

    public static ProviderAnswer Silence { get; } = new(0, "", "", "");

    public static ProviderAnswer Cut { get; } = new(-1, "", "", "");
}

/// <summary>A provider on this machine that takes requests down and answers as told: with the connection's end, too, or not at all.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly ConcurrentQueue<string> requests = new();
    readonly Task serving;

    public FakeProvider()
    {
        listener.Start();
        serving = Serve();
    }

    public ProviderAnswer Next { get; set; } = ProviderAnswer.Silence;

    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>A client whose every request comes here, whatever its address.</summary>
    public HttpClient Client(TimeSpan patience) => new(new Rerouting(((IPEndPoint)listener.LocalEndpoint).Port)) { Timeout = patience };

    /// <summary>Nobody listens any more: whoever comes is refused.</summary>
    public void Close() => listener.Stop();

    async Task Serve()
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(ending.Token);
                await Answer(connection.GetStream());
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the provider closed.
        }
    }

    async Task Answer(NetworkStream stream)
    {
        try
        {
            requests.Enqueue(await Read(stream));
            if (Next == ProviderAnswer.Silence) await stream.CopyToAsync(Stream.Null, ending.Token); // until the caller gives up
            if (Next.Status <= 0) return;

            var body = Encoding.UTF8.GetBytes(Next.Body);
            var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Next.Status} Told\r\nContent-Type: {Next.Type}\r\n{Next.Headers}Content-Length: {body.Length + (Next.CutShort ? 100 : 0)}\r\nConnection: close\r\n\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), ending.Token);
            await stream.WriteAsync(body, ending.Token);
        }
        catch (IOException)
        {
            // The caller has gone.
        }
    }

    async Task<string> Read(NetworkStream stream)
    {
        var text = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, ending.Token);
            text.AddRange(buffer[..read]);
            var request = Encoding.UTF8.GetString([.. text]);
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && Whole(request, end))) return request;
        }
    }

    static bool Whole(string request, int end)
    {
        var length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null
            ? !request.Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : Encoding.UTF8.GetByteCount(request.AsSpan(end + 4)) >= int.Parse(length.AsSpan(15), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await serving;
        listener.Dispose();
        ending.Dispose();
    }

    sealed class Rerouting(int port) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
