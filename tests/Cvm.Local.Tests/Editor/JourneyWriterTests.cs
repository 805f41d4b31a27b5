using Cvm.Engine;

namespace Cvm.Local.Tests.Editor;

public sealed class JourneyWriterTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    string Place(string ending = "") => temporary.In("journeys/win-back/journey.yaml" + ending);

    void Put(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place())!);
        File.WriteAllText(Place(), text);
    }

    [Fact]
    public void What_somebody_wrote_into_the_folder_meanwhile_is_kept_beside()
    {
        Put("version: 1\r\n");
        var writer = new JourneyWriter(temporary.Path, [new("win-back", 1, "version: 1\n")]);

        Assert.True(writer.Write(new("win-back", 2, "version: 2\n")));
        Assert.False(File.Exists(Place(".kept")));
        Put("version: 2 # mine\n");
        Assert.True(writer.Write(new("win-back", 3, "version: 3\n")));
        Put("version: 3 # mine, too\n");
        Assert.True(writer.Write(new("win-back", 4, "version: 4\n")));

        Assert.Equal(("version: 4\n", "version: 2 # mine\n", "version: 3 # mine, too\n"), (File.ReadAllText(Place()), File.ReadAllText(Place(".kept")), File.ReadAllText(Place(".kept2"))));
    }

    [Fact]
    public void A_journey_of_no_folder_gets_one()
    {
        Assert.True(new JourneyWriter(temporary.Path, []).Write(new("win-back", 1, "version: 1\n")));

        Assert.Equal("version: 1\n", File.ReadAllText(Place()));
    }
}
