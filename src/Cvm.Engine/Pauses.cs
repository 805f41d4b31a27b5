using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What is paused, kept by the host: no message goes out of a paused journey, or of any. Everything else goes on; messages wait, follow their
/// <c>on-late</c>, and come spread over the policies' <c>spread</c> when it goes on.</summary>
/// <param name="changed">Told what is paused after every change, so that the host need not look again.</param>
public sealed class Pauses(IMemo memo, TimeProvider clock, Action<ImmutableArray<Pause>>? changed = null)
{
    const string Name = "pauses";

    /// <summary>What is paused now.</summary>
    public async ValueTask<ImmutableArray<Pause>> Standing(CancellationToken stop) =>
        await memo.Kept(Name, stop) is { } text ? JsonSerializer.Deserialize<ImmutableArray<Pause>>(text, DossierText.Options) : [];

    /// <summary>Pauses a journey, or everything where it is null. What is paused already stays as it was.</summary>
    public async Task<ImmutableArray<Pause>> Begin(string? journey, string by, CancellationToken stop)
    {
        var standing = await Standing(stop);
        return standing.Any(pause => pause.Journey == journey) ? standing : await Keep(standing.Add(new(journey, clock.GetUtcNow(), by)), stop);
    }

    /// <summary>Lets a journey, or the whole system where it is null, go on.</summary>
    public async Task<ImmutableArray<Pause>> End(string? journey, CancellationToken stop) =>
        await Keep((await Standing(stop)).RemoveAll(pause => pause.Journey == journey), stop);

    async Task<ImmutableArray<Pause>> Keep(ImmutableArray<Pause> pauses, CancellationToken stop)
    {
        await memo.Keep(Name, JsonSerializer.Serialize(pauses, DossierText.Options), stop);
        changed?.Invoke(pauses);
        return pauses;
    }
}
