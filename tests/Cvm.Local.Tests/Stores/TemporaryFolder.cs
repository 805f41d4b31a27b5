namespace Cvm.Local.Tests;

/// <summary>A folder for one test.</summary>
sealed class TemporaryFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cvm-test-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Delete() => Directory.Delete(Path, recursive: true);
}
