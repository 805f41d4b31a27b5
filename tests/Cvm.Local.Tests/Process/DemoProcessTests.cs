using Cvm.Local.Tests.Pages;

namespace Cvm.Local.Tests;

/// <summary>The demo as a newcomer meets it.</summary>
public sealed class DemoProcessTests
{
    static readonly string[] Everywhere =
    [
        "/", "/customers", "/customers?q=a", "/customers?q=nobody-at-all", "/customers/*",
        "/journeys", "/journeys/birthday-care", "/journeys/win-back", "/journeys/complaint-escalation", "/journeys/loyalty-rewards", "/journeys/spring-festival", "/journeys/welcome",
        "/tasks", "/mailbox", "/mailbox/*", "/outbox",
    ];

    [BrowserFact]
    public async Task Every_page_of_the_demo_is_sound_on_a_desk_and_on_a_phone()
    {
        await using var demo = await CvmProcess.Listening(CvmProcess.Start("demo", "--customers", "150", "--days", "200", "--url", "http://127.0.0.1:0"));
        await using var walk = new BrowserWalk(demo.Http!.BaseAddress!);

        var complaints = await walk.Walk(Everywhere);
        var ended = await demo.Interrupt();

        Assert.Empty(complaints);
        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains("150 customers", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("Stopped. Everything is on disk.\n", ended.Messages, StringComparison.Ordinal);
    }
}
