using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>The shipped playbook with double opt-in, which it leaves to the shop.</summary>
public sealed class DoubleOptInExampleTests
{
    const string Signals = """
        example: Agrees, confirms, is welcomed
        from: 2027-03-01
        until: 2027-03-02
        journeys: [confirm-subscription, welcome]
        customer: { id: ann, name: Ann, email: ann@example.com, zone: Europe/Berlin, locale: en, country: DE, joined: 2027-02-28 }
        signals:
          - 2027-03-01 14:20: { consent: email promotional }
          - 2027-03-01 14:25: { consent: email promotional }
          - 2027-03-01 15:00: { confirm: email promotional }
        """;

    [Fact]
    public async Task Who_agrees_is_asked_once_and_welcomed_when_it_is_confirmed()
    {
        var sources = PlaybookFolder.Load(Repository.File("src/Playbook"));
        var playbook = sources.Playbook! with { Policies = sources.Policies with { DoubleOptIn = [(Channel.Email, Purpose.Promotional)] } };
        var links = new SignedLinks([.. "a key that is long enough"u8], new("https://shop.example/"));
        var templates = MessageTemplates.Load(sources.Templates, sources.Policies, links, sources.Products).Templates;
        var (example, problems) = ExampleFile.Read("confirm.yaml", Signals, null, playbook);
        Assert.Empty(problems);

        var transcript = await ExampleRun.Transcript(example!, new(playbook, templates, sources.Texts), default);

        var sent = transcript.Split('\n').Where(line => line.Contains("Sent e-mail", StringComparison.Ordinal)).Select(line => line.Trim());
        Assert.Equal(["14:20  Sent e-mail 'confirm-subscription' (confirm-subscription)", "15:00  Sent e-mail 'welcome' (welcome)"], sent);
        Assert.Contains("Yes, that was me (https://shop.example/links/y/", transcript, StringComparison.Ordinal);
    }
}
