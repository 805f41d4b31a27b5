using System.Globalization;
using System.Security.Cryptography;

namespace Cvm.Local;

/// <summary>The folder that holds everything of one local installation. While it is open no other process can open it.</summary>
public sealed class DataFolder : IDisposable
{
    const int KeyBytes = 32;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly FileStream hold;

    DataFolder(string path, FileStream hold, ImmutableArray<byte> codeKey, ImmutableArray<byte> linkKey) => (Path, this.hold, CodeKey, LinkKey) = (path, hold, codeKey, linkKey);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The SQLite database, which need not exist yet.</summary>
    public string Database => In(Path, "cvm.db");

    /// <summary>The folder for input that could not be taken; made where missing.</summary>
    public string Quarantine => Directory.CreateDirectory(In(Path, "quarantine")).FullName;

    /// <summary>32 random bytes that key coupon codes, made once and readable by the owner only.</summary>
    public ImmutableArray<byte> CodeKey { get; }

    /// <summary>32 random bytes that seal the links in messages, likewise.</summary>
    public ImmutableArray<byte> LinkKey { get; }

    /// <summary>Opens the folder, making it where there is none. Throws <see cref="UserError"/> where it is in use or out of reach.</summary>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        FileStream? hold = null;

        try
        {
            Make(full);
            hold = Take(full);
            return new(full, hold, Key(full, "code.key", "coupon codes depend on it"), Key(full, "link.key", "links in messages that have gone out depend on it"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            hold?.Dispose();
            throw new UserError($"The data folder {full} cannot be used: {problem.Message} Mend that, or name another folder with --data.", problem);
        }
        catch (UserError)
        {
            hold?.Dispose();
            throw;
        }
    }

    /// <summary>The database of a folder that somebody else may have open.</summary>
    public static string DatabaseIn(string path) => In(System.IO.Path.GetFullPath(path), "cvm.db");

    public void Dispose() => hold.Dispose();

    static string In(string folder, string name) => System.IO.Path.Combine(folder, name);

    static void Make(string path)
    {
        if (Directory.Exists(path)) return;

        // It will hold names and addresses of customers.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    static FileStream Take(string path)
    {
        FileStream hold;
        try
        {
            hold = new(In(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (problem is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(In(path, "lock")))
        {
            throw new UserError($"The data folder {path} is in use by another cvm{Holder(path)}. Stop it, or name another folder with --data.", problem);
        }

        // The lock itself cannot be read while it is held, so the number of its holder lies beside it.
        File.WriteAllText(In(path, "process"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return hold;
    }

    static string Holder(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(In(path, "process")), CultureInfo.InvariantCulture, out var process) ? $" (process {process})" : "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    static ImmutableArray<byte> Key(string path, string name, string what)
    {
        var file = In(path, name);
        if (!File.Exists(file)) WriteKey(file);

        var key = File.ReadAllBytes(file);
        return key.Length == KeyBytes ? [.. key]
            : throw new UserError($"The key file {file} is damaged: it holds {key.Length} bytes, not {KeyBytes}. Put it back from a backup; {what}.");
    }

    static void WriteKey(string file)
    {
        // Renamed into place, so that a crash never leaves half a key.
        var draft = file + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file);
    }
}
