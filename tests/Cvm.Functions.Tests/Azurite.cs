using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cvm.Functions.Tests;

/// <summary>The storage emulator, started once for all tests: the program that AZURITE names, else <c>azurite</c> on PATH.</summary>
static class Azurite
{
    const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="; // the emulator's own, known to everybody
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly Lazy<string> Started = new(Start);

    /// <summary>Why tests that need it cannot run; null where they can.</summary>
    public static string? Missing { get; } = Program() is null ? "Azurite is not here: put it on PATH (npm install -g azurite), or name it in AZURITE." : null;

    public static string ConnectionString => Started.Value;

    static string? Program()
    {
        if (Environment.GetEnvironmentVariable("AZURITE") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => new[] { Path.Combine(folder, "azurite"), Path.Combine(folder, "azurite.cmd") }).FirstOrDefault(File.Exists);
    }

    static string Start()
    {
        var (blob, queue, table) = (FreePort(), FreePort(), FreePort());
        var folder = Directory.CreateTempSubdirectory("cvm-azurite-");
        var azurite = Process.Start(new ProcessStartInfo(
            Program()!,
            ["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", folder.FullName, "--blobPort", $"{blob}", "--queuePort", $"{queue}", "--tablePort", $"{table}"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            azurite.Kill(entireProcessTree: true);
            azurite.WaitForExit();
            folder.Delete(recursive: true);
        };

        Await(table);
        string Endpoint(string name, int port) => $"{name}Endpoint=http://127.0.0.1:{port}/devstoreaccount1;";
        return $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};{Endpoint("Blob", blob)}{Endpoint("Queue", queue)}{Endpoint("Table", table)}";
    }

    static void Await(int port)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(since) < Patience)
            {
                SpinWait.SpinUntil(() => false, 50);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A test that runs where Azurite is, and says why it does not run elsewhere.</summary>
sealed class NeedsAzuriteFact : FactAttribute
{
    public NeedsAzuriteFact() => Skip = Azurite.Missing;
}

/// <inheritdoc cref="NeedsAzuriteFact"/>
sealed class NeedsAzuriteTheory : TheoryAttribute
{
    public NeedsAzuriteTheory() => Skip = Azurite.Missing;
}
