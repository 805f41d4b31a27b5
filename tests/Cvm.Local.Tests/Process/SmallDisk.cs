using System.Diagnostics;
using System.Globalization;

namespace Cvm.Local.Tests;

/// <summary>A disk in memory that is soon full. Linux, and for those who may mount.</summary>
sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, string size)
    {
        Path = Directory.CreateDirectory(path).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path);
    }

    public string Path { get; }

    public void Grow(string size) => Run("mount", "-o", $"remount,size={size}", Path);

    public void Dispose() => Run("umount", Path);

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed.");
    }
}

/// <summary>A test that mounts a disk of its own: skipped, and saying so, where that is not allowed.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    const int MayMount = 21; // CAP_SYS_ADMIN

    public MountFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Allowed()) Skip = "A small disk cannot be mounted here: that takes root on Linux (CAP_SYS_ADMIN).";
    }

    static bool Allowed()
    {
        var rights = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).Split('\t')[1];
        return (ulong.Parse(rights, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << MayMount)) != 0;
    }
}
