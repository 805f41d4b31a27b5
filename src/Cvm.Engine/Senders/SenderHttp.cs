using System.Net.Sockets;

namespace Cvm.Engine;

/// <summary>The HTTP client of senders: one that never follows to another address, and tells "not connected" from "not answered".</summary>
public static class SenderHttp
{
    /// <summary>Longer than providers take, shorter than a claim lasts.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(15);

    public static HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectCallback = Connect }) { Timeout = Patience };

    // A connection that does not come about within its time fails as one: nothing was handed over.
    static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ToConnect);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is OperationCanceledException && !stop.IsCancellationRequested) throw new SocketException((int)SocketError.TimedOut);
            throw;
        }
    }
}
