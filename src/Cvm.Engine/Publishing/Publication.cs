using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What made a version live. Before: it was live before publications were noted. Start: the folder had a version that was never live when a host started.</summary>
public enum PublishedFrom { Before, Start, Command, Page, Back }

/// <summary>That a version of a journey went live. Kept for good; the last one of a journey says what is live.</summary>
/// <param name="Number">Counts the publications of this journey, from 1.</param>
public sealed record Publication(string Journey, int Number, int Version, PublishedFrom From)
{
    /// <summary>Null where nobody noted it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who did it; null where a host did by itself.</summary>
    public string? By { get; init; }

    /// <summary>Who moves with it: places such as <c>3/wait-7d</c>, to the step at which they go on. Everybody else stays in the version they are in.</summary>
    public ImmutableSortedDictionary<string, string> Places { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the folder had this text: such a journey is no longer live when the folder lacks it.</summary>
    public bool InFolder { get; init; }
}

/// <summary>Publications and journey texts as a host keeps them.</summary>
public static class Publications
{
    const string Prefix = "published:", TextPrefix = "journey:";

    /// <summary>Every publication, by journey and in order.</summary>
    public static async Task<ImmutableArray<Publication>> All(IMemo memo, CancellationToken stop) =>
        [.. (await memo.KeptUnder(Prefix, stop)).Select(kept => JsonSerializer.Deserialize<Publication>(kept.Value, DossierText.Options)!).OrderBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.Number)];

    /// <summary>Notes the publication; false, and nothing noted, where there is one of this number already.</summary>
    public static ValueTask<bool> Add(IMemo memo, Publication publication, CancellationToken stop) =>
        memo.Keep(NameOf(publication), JsonSerializer.Serialize(publication, DossierText.Options), null, stop);

    /// <summary>Every journey text that was ever to go live.</summary>
    public static async Task<ImmutableArray<JourneyText>> Texts(IMemo memo, CancellationToken stop)
    {
        var texts = ImmutableArray.CreateBuilder<JourneyText>();
        foreach (var (name, yaml) in await memo.KeptUnder(TextPrefix, stop))
            if (name.Split(':') is [_, var journey, var version]) texts.Add(new(journey, int.Parse(version, System.Globalization.CultureInfo.InvariantCulture), yaml));
        return texts.ToImmutable();
    }

    /// <summary>Keeps the text, unless this version has been live with other steps: false then.</summary>
    public static async Task<bool> KeepText(IMemo memo, JourneyText text, CancellationToken stop)
    {
        var name = NameOf(text);
        while (true)
        {
            var known = await memo.Kept(name, stop);
            if (known is not null && Publishing.Same(known, text.Yaml)) return true;
            if (known is not null && (await All(memo, stop)).Any(one => one.Journey == text.Journey && one.Version == text.Version)) return false;
            if (await memo.Keep(name, text.Yaml, known, stop)) return true;
        }
    }

    /// <summary>Keeps the text of a publication that has just landed, whatever somebody kept who was a moment too late.</summary>
    public static async Task Claim(IMemo memo, JourneyText text, CancellationToken stop)
    {
        if (await memo.Kept(NameOf(text), stop) is not { } known || !Publishing.Same(known, text.Yaml)) await memo.Keep(NameOf(text), text.Yaml, stop);
    }

    /// <summary>Notes that the folder has the text of what was published last: from then on the journey is live only as long as it has.</summary>
    public static async Task NoteInFolder(IMemo memo, Publication last, CancellationToken stop)
    {
        var name = NameOf(last);
        if (last.InFolder || await memo.Kept(name, stop) is not { } kept) return;
        await memo.Keep(name, JsonSerializer.Serialize(last with { InFolder = true }, DossierText.Options), kept, stop);
    }

    static string NameOf(JourneyText text) => $"{TextPrefix}{text.Journey}:{text.Version:D6}";

    static string NameOf(Publication publication) => $"{Prefix}{publication.Journey}:{publication.Number:D6}";
}
