namespace Cvm.Engine;

/// <summary>A playbook with everything that is needed to run it.</summary>
/// <param name="Texts">Its journeys as they were written.</param>
public sealed record LoadedPlaybook(Playbook Playbook, IRenderer Renderer, ImmutableArray<JourneyText> Texts)
{
    /// <summary>The messages as they were written, to look at and to try; null where they come from elsewhere.</summary>
    public MessageTemplates? Messages { get; init; }

    /// <summary>Answers that are ready to send.</summary>
    public CannedAnswers Answers { get; init; } = CannedAnswers.None;

    /// <summary>Languages that messages are written in, sorted.</summary>
    public ImmutableArray<string> Locales { get; init; } = [];

    /// <summary>What it was read from, with the places of its parts; null where it was made in memory.</summary>
    public PlaybookSources? Sources { get; init; }

    /// <summary>What dashboards show, group by group; those of the program where the playbook names none.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = MetricsFile.Usual;

    /// <summary>The journeys as the folder has them, which need not be what is live.</summary>
    public ImmutableArray<JourneyText> Folder { get; init; } = [];

    /// <summary>The same with what has won at splits.</summary>
    public LoadedPlaybook With(ImmutableArray<Winner> winners) => this with { Playbook = Playbook with { Winners = winners } };

    /// <summary>The same with these pauses.</summary>
    public LoadedPlaybook With(ImmutableArray<Pause> pauses) => this with { Playbook = Playbook with { Pauses = pauses } };
}

/// <summary>A journey as it was written.</summary>
public sealed record JourneyText(string Journey, int Version, string Yaml);

/// <summary>Makes a message from a template, a customer and what the effect carries.</summary>
public interface IRenderer
{
    /// <summary>The message in the customer's language, or a refusal where it cannot be made.</summary>
    (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry);
}
