using System.Runtime.CompilerServices;

namespace Cvm.Tests.Playbooks;

/// <summary>Compares a text with a checked-in file; <c>UPDATE_GOLDEN=1</c> writes the file instead.</summary>
static class PlaybookGolden
{
    public static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    public static string Root => Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static void Same(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, actual);

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", actual);
    }
}
