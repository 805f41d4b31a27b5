using System.Text.Json;

namespace Cvm.Engine;

/// <summary>A journey as somebody is writing it; nobody goes through it before it is published.</summary>
/// <param name="Revision">Counts what was saved, from 1; of one journey it never comes twice, also where a draft was dropped in between.</param>
/// <param name="By">Who saved it.</param>
public sealed record Draft(string Journey, string Yaml, int Revision, string By, DateTimeOffset At);

/// <summary>What came of saving a draft.</summary>
public abstract record Saving
{
    Saving() { }

    /// <summary>It is kept, as this draft.</summary>
    public sealed record Landed(Draft Draft) : Saving;

    /// <summary>Somebody was first, and nothing was kept. <paramref name="First"/> is what stands now, null where the draft was published or thrown away;
    /// who knows of it saves again, based on <paramref name="Revision"/>.</summary>
    public sealed record Second(Draft? First, int Revision, string By, DateTimeOffset At) : Saving;
}

/// <summary>Keeps one draft of each journey, which several people may write at once: who saves says which revision they saw, and where another has come in between
/// nothing is overwritten.</summary>
public sealed class Drafts(IMemo memo, TimeProvider clock)
{
    const string Prefix = "draft:";

    /// <summary>Letters of a draft.</summary>
    public const int MostLetters = 100_000;

    // Without a text where it was dropped: the revision goes on counting, so that who saw an older one cannot mistake a newer one for it.
    sealed record Row(string? Yaml, int Revision, string By, DateTimeOffset At);

    /// <summary>The draft of this journey; null where there is none.</summary>
    public async Task<Draft?> Of(string journey, CancellationToken stop = default) => DraftOf(journey, await Find(journey, stop));

    /// <summary>The revision to say when saving next; 0 where there never was a draft.</summary>
    public async Task<int> RevisionOf(string journey, CancellationToken stop = default) => (await Find(journey, stop))?.Revision ?? 0;

    /// <summary>The draft with the revision to say when saving next, of one moment.</summary>
    public async Task<(Draft? Draft, int Revision)> Standing(string journey, CancellationToken stop = default) =>
        await Find(journey, stop) is { } row ? (DraftOf(journey, row), row.Revision) : (null, 0);

    /// <summary>Every draft, the newest first.</summary>
    public async Task<IReadOnlyList<Draft>> All(CancellationToken stop = default) =>
    [
        .. (await memo.KeptUnder(Prefix, stop)).Select(kept => DraftOf(kept.Name[Prefix.Length..], Read(kept.Value))).OfType<Draft>()
            .OrderByDescending(draft => draft.At).ThenBy(draft => draft.Journey, StringComparer.Ordinal),
    ];

    /// <summary>Saves a draft. What stands already in the same words counts as saved, so a form may be sent twice. Throws <see cref="ArgumentException"/> where the
    /// journey's name is not a name of small letters, digits and hyphens, or the text has more than <see cref="MostLetters"/>.</summary>
    /// <param name="basedOnRevision">The revision that the writer saw; 0 where there was none.</param>
    public async Task<Saving> Save(string journey, string yaml, int basedOnRevision, string by, CancellationToken stop = default)
    {
        if (!IsName(journey)) throw new ArgumentException($"'{journey}' is not a name of small letters, digits and hyphens.", nameof(journey));
        if (yaml.Length > MostLetters) throw new ArgumentException($"The draft has more than {MostLetters:N0} letters.", nameof(yaml));

        while (true)
        {
            var kept = await memo.Kept(Prefix + journey, stop);
            var now = kept is null ? null : Read(kept);
            if (now is not null && now.Yaml == yaml) return new Saving.Landed(DraftOf(journey, now)!);
            if (now is not null && now.Revision != basedOnRevision) return new Saving.Second(DraftOf(journey, now), now.Revision, now.By, now.At);

            // Based on a draft that nobody knows here, such as one of another data folder: nothing can be overwritten.
            var next = new Row(yaml, (now?.Revision ?? 0) + 1, by, clock.GetUtcNow());
            if (await memo.Keep(Prefix + journey, Write(next), kept, stop)) return new Saving.Landed(DraftOf(journey, next)!);
        }
    }

    /// <summary>Throws the draft away, where it is still this revision; whether it is gone.</summary>
    public async Task<bool> Drop(string journey, int revision, string by = "", CancellationToken stop = default)
    {
        while (true)
        {
            var kept = await memo.Kept(Prefix + journey, stop);
            if (kept is null || Read(kept) is not { } now || now.Yaml is null) return true;
            if (now.Revision != revision) return false;
            if (await memo.Keep(Prefix + journey, Write(new(null, revision + 1, by, clock.GetUtcNow())), kept, stop)) return true;
        }
    }

    /// <summary>Whether a journey may be called so.</summary>
    public static bool IsName(string journey) => Shapes.IsSlug(journey);

    async Task<Row?> Find(string journey, CancellationToken stop) => IsName(journey) && await memo.Kept(Prefix + journey, stop) is { } text ? Read(text) : null;

    static Draft? DraftOf(string journey, Row? row) => row?.Yaml is { } yaml ? new(journey, yaml, row.Revision, row.By, row.At) : null;

    static string Write(Row row) => JsonSerializer.Serialize(row, DossierText.Options);

    static Row Read(string text) => JsonSerializer.Deserialize<Row>(text, DossierText.Options)!;
}
