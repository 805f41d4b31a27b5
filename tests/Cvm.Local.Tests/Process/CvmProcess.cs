using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cvm.Local.Tests;

/// <summary>How a process ended, and what it said.</summary>
sealed record Ended(int Code, string Output, string Messages)
{
    /// <summary>What SIGKILL leaves.</summary>
    public const int Killed = 137;

    public override string ToString() => $"exit {Code}\n--- output\n{Output}\n--- messages\n{Messages}";
}

/// <summary>The built program as a process of its own. It does not outlive this object.</summary>
sealed class CvmProcess : IAsyncDisposable
{
    const int InterruptSignal = 2;
    const string Ready = "Pages and intake on ", ReadyEnd = " - Ctrl-C stops.";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    readonly Process process;
    readonly StringBuilder output = new(), messages = new();
    readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    CvmProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Note(output, line.Data);
        process.ErrorDataReceived += (_, line) => Note(messages, line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("It ended before it served."));
        process.EnableRaisingEvents = true;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Talks to what is served; null before.</summary>
    public HttpClient? Http { get; private set; }

    /// <summary>What it has said on standard error so far.</summary>
    public string Messages
    {
        get
        {
            lock (messages) return messages.ToString();
        }
    }

    public static CvmProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (InterruptIsIgnored())
        {
            start.FileName = "env";
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cvm.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new(new Process { StartInfo = start });
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> Run(params string[] arguments)
    {
        await using var one = Start(arguments);
        return await one.End();
    }

    /// <summary>Serves a data folder on a free port; returns when it listens.</summary>
    public static Task<CvmProcess> Serve(string data, params string[] more) => Listening(Start(["serve", "--data", data, "--url", "http://127.0.0.1:0", .. more]));

    /// <summary>Waits until it says where it listens.</summary>
    public static async Task<CvmProcess> Listening(CvmProcess one)
    {
        try
        {
            one.Http = new() { BaseAddress = await one.address.Task.WaitAsync(Patience) };
            return one;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            await one.DisposeAsync();
            throw new InvalidOperationException($"{failure.Message}\n{one.Messages}", failure);
        }
    }

    /// <summary>Waits until something holds. Fails where the process ends before that, or it takes unreasonably long.</summary>
    public async Task Until(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.False(process.HasExited, $"It ended before that.\n{Messages}");
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"That took too long.\n{Messages}");
            await Task.Delay(Glance);
        }
    }

    /// <summary>SIGKILL: it cannot be caught, and nothing is tidied up.</summary>
    public async Task<Ended> Kill()
    {
        process.Kill();
        return await End();
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<Ended> Interrupt()
    {
        Assert.Equal(0, SendSignal(process.Id, InterruptSignal));
        return await End();
    }

    public async Task<Ended> End()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        lock (output) lock (messages) return new(process.ExitCode, output.ToString(), messages.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!process.HasExited) await Kill();
        process.Dispose();
    }

    void Note(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
        if (line.StartsWith(Ready, StringComparison.Ordinal) && line.EndsWith(ReadyEnd, StringComparison.Ordinal)) address.TrySetResult(new(line[Ready.Length..^ReadyEnd.Length]));
    }

    // Tests that were started in the background of a script ignore Ctrl-C, and what they start would inherit that.
    static bool InterruptIsIgnored()
    {
        if (!OperatingSystem.IsLinux()) return false;

        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
        return (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (InterruptSignal - 1))) != 0;
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int process, int signal);
}
