using System.Diagnostics;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks;

/// <summary>What every benchmark needs: medians, memory, a folder that goes away, and the shipped playbook.</summary>
static class Measure
{
    static readonly Lazy<LoadedPlaybook> Loaded = new(() => PlaybookLoader.Load(PlaybookLoader.DefaultFolder()));

    public static LoadedPlaybook Playbook => Loaded.Value;

    public static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Seconds that the work takes.</summary>
    public static async Task<double> Seconds(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    public static async Task<T> InNewFolder<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("cvm-bench-");
        try
        {
            return await work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Lets <see cref="Peak"/> begin anew, without what earlier benchmarks left behind.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5"); // see proc(5): resets the peak
    }

    /// <summary>Most memory this process had resident.</summary>
    public static string Peak() => OperatingSystem.IsLinux() ? Megabytes(Memory("self").Most) : "";

    /// <summary>Resident bytes of a process now and at most; Linux only.</summary>
    public static (long Now, long Most) Memory(string process)
    {
        var status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return (Bytes("VmRSS"), Bytes("VmHWM"));

        long Bytes(string name) => long.Parse(status[name].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    public static string Megabytes(long bytes) => $"{bytes / 1048576.0:N0} MB";
}
