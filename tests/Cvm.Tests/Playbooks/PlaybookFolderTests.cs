using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

public class PlaybookFolderTests
{
    static readonly string Here = PlaybookGolden.Here();

    [Fact]
    public void A_broken_playbook_tells_every_mistake_at_once()
    {
        var folder = Path.Combine(Here, "Broken").Replace('\\', '/');

        var sources = PlaybookFolder.Load(folder);

        Assert.Null(sources.Playbook);
        PlaybookGolden.Same(Path.Combine(Here, "broken.expected.txt"), string.Concat(sources.Problems.Select(problem => $"{problem}\n".Replace($"{folder}/", ""))));
    }

    [Fact]
    public void A_good_playbook_compiles_to_this_outline()
    {
        var sources = PlaybookFolder.Load(Path.Combine(Here, "Good"));

        Assert.Empty(sources.Problems);
        PlaybookGolden.Same(Path.Combine(Here, "good.expected.txt"), PlaybookOutline.Of(sources.Playbook!));
    }
}
