using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

/// <summary>Playbooks in memory, for tests that need only a few files.</summary>
static class SmallPlaybook
{
    static readonly (string, string)[] Usual =
    [
        ("messages/we-miss-you.en.md", "Hello"),
        ("messages/we-miss-you.en.sms", "Hello"),
        ("messages/small-present.en.md", "Hello"),
        ("messages/how-did-we-do.en.md", "Hello"),
        ("policies.yaml", "staff: { agent: a@example.com, account-manager: b@example.com }"),
    ];

    public static PlaybookSources Read(params (string Path, string Text)[] files) =>
        PlaybookFolder.Read([.. files.Select(file => new PlaybookFile(file.Path, file.Text))]);

    /// <summary>With some templates and staff beside the files.</summary>
    public static PlaybookSources With(params (string Path, string Text)[] files) =>
        Read([.. Usual.Where(usual => files.All(file => file.Path != usual.Item1)), .. files]);

    /// <summary>With one journey that has these steps.</summary>
    public static PlaybookSources WithSteps(string steps) => With(("journeys/trial/journey.yaml", Journey(steps)));

    public static string Journey(string steps, string name = "trial", int version = 1) => $"""
        journey: {name}
        version: {version}
        about: A trial.
        purpose: service
        enter: joined
        steps:
        {steps}
        """;
}
