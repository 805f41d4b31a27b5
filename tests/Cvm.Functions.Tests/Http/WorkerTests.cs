using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cvm.Functions.Tests;

/// <summary>The built app under Core Tools, with nothing but Azurite beside it: the program that FUNC names, else <c>func</c> on PATH.</summary>
public sealed class WorkerTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static string? Missing { get; } = Azurite.Missing ?? (Program() is null ? "Core Tools are not here: put func on PATH (npm install -g azure-functions-core-tools@4), or name it in FUNC." : null);

    [NeedsFuncFact]
    public async Task An_order_posted_to_a_running_worker_becomes_a_message_in_the_mailbox()
    {
        var port = Azurite.FreePort();
        var folder = CopyOfTheApp();
        using var client = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        var worker = Process.Start(new ProcessStartInfo(Program()!, ["start", "--port", $"{port}"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = new StringBuilder();
        worker.OutputDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        worker.ErrorDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();

        try
        {
            await Until(async () => (await client.GetAsync("/healthz")).IsSuccessStatusCode, worker, said);
            var now = TimeProvider.System.GetUtcNow().ToString("O");

            await Post(client, "/api/customers", $$"""{"id":"ann","name":"Ann","email":"ann@example.com","at":"{{now}}"}""");
            await Post(client, "/api/orders", $$"""{"id":"o1","customer":"ann","at":"{{now}}","amount":600}""");

            await Until(async () => (await client.GetStringAsync("/mailbox")).Contains("You are silver now", StringComparison.Ordinal), worker, said);
            Assert.Contains("Sent e-mail", await client.GetStringAsync("/api/customers/ann/timeline"), StringComparison.Ordinal);
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    static async Task Post(HttpClient client, string path, string body)
    {
        using var answer = await client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What others do in their own time can only be asked for again and again.</summary>
    static async Task Until(Func<Task<bool>> holds, Process worker, StringBuilder said)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                if (await holds()) return;
            }
            catch (HttpRequestException)
            {
                // It is not up yet.
            }

            if (worker.HasExited || Stopwatch.GetElapsedTime(since) > Patience)
            {
                lock (said) Assert.Fail($"It did not come to that. The worker said:\n{said}");
            }

            await Task.Delay(100);
        }
    }

    // The app as `func` finds it after a build, with settings of its own.
    static DirectoryInfo CopyOfTheApp()
    {
        var folder = Directory.CreateTempSubdirectory("cvm-worker-");
        var built = AppContext.BaseDirectory.Replace(Path.Combine("tests", "Cvm.Functions.Tests"), Path.Combine("src", "Cvm.Functions"), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "local.settings.sample.json")))!;
        foreach (var name in new[] { "AzureWebJobsStorage", "Tables__Endpoint" }) settings["Values"]![name] = Azurite.ConnectionString;
        settings["Values"]!["Tables__Prefix"] = $"W{Environment.ProcessId}";
        File.WriteAllText(Path.Combine(folder.FullName, "local.settings.json"), settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return folder;
    }

    static string? Program()
    {
        if (Environment.GetEnvironmentVariable("FUNC") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => new[] { Path.Combine(folder, "func"), Path.Combine(folder, "func.cmd") }).FirstOrDefault(File.Exists);
    }
}

sealed class NeedsFuncFactAttribute : FactAttribute
{
    public NeedsFuncFactAttribute() => Skip = WorkerTests.Missing;
}
