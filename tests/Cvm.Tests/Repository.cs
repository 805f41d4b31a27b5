using System.Runtime.CompilerServices;

namespace Cvm.Tests;

/// <summary>Files of the working tree.</summary>
static class Repository
{
    /// <param name="path">From the top of the repository.</param>
    public static string File(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../..", path));

    static string Here([CallerFilePath] string path = "") => path;
}
