using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Start;

/// <summary>The real <c>cvm serve</c> as a process of its own.</summary>
sealed class Served : IDisposable
{
    readonly Process process;
    readonly HttpClient client;

    public Served(string folder)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(url) };
        process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "cvm.dll"), "serve", "--data", folder, "--playbook", Path.GetFullPath(PlaybookLoader.DefaultFolder()), "--url", url },
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    public (long Now, long Most) Memory => Measure.Memory(process.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Seconds from the start of the process until the order was taken.</summary>
    public async Task<double> FirstOrder(string id, string customer)
    {
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"cvm serve ended with {process.ExitCode}.");
            try
            {
                await Order(id, customer);
                return (DateTime.Now - process.StartTime).TotalSeconds;
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException)
            {
                await Task.Delay(5);
            }
        }
    }

    public async Task Order(string id, string customer)
    {
        using var answer = await client.PostAsJsonAsync("/api/orders", new { id, customer, at = DateTimeOffset.UtcNow, amount = 30 });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Median of the seconds from asking for a page to its last byte.</summary>
    public async Task<double> Page(string address, int rounds)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            times.Add(await Measure.Seconds(async () =>
            {
                using var answer = await client.GetAsync(address);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{address} answers {(int)answer.StatusCode}.");
                await answer.Content.ReadAsByteArrayAsync();
            }));
        }

        return Measure.Median(times);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        client.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
