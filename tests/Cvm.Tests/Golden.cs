using System.Runtime.CompilerServices;

namespace Cvm.Tests;

/// <summary>Compares with a checked-in text; <c>UPDATE_GOLDEN=1</c> rewrites it, and the diff is reviewed like code.</summary>
static class Golden
{
    /// <param name="file">Path below tests/Cvm.Tests.</param>
    public static void Check(string file, string actual)
    {
        var path = Path.Combine(Folder(), file);
        actual = actual.ReplaceLineEndings("\n");

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with UPDATE_GOLDEN=1 and review the new file.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
