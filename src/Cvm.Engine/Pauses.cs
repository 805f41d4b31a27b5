using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What is paused, drained or stopped, kept by the host. While a journey or everything is paused no message goes out; everything else goes on, and messages wait, follow their
/// <c>on-late</c>, and come spread over the policies' <c>spread</c> when it goes on. A drained journey lets nobody in; a stopped one ends those inside as well, whom <see cref="Moving"/> sees to.</summary>
/// <param name="changed">Told what stands after every change, so that the host need not look again.</param>
public sealed class Pauses(IMemo memo, TimeProvider clock, Action<ImmutableArray<Pause>>? changed = null)
{
    const string Name = "pauses";

    /// <summary>What stands now.</summary>
    public async ValueTask<ImmutableArray<Pause>> Standing(CancellationToken stop) => Read(await memo.Kept(Name, stop));

    /// <summary>Pauses, drains or stops a journey; or pauses everything where it is null. What stands already stays as it was.</summary>
    /// <exception cref="ArgumentException">Everything was to be drained or stopped.</exception>
    public Task<ImmutableArray<Pause>> Begin(string? journey, string by, CancellationToken stop, PauseKind kind = PauseKind.Pause)
    {
        if (journey is null && kind != PauseKind.Pause) throw new ArgumentException("Only a journey can be drained or stopped.", nameof(kind));
        return Keep(standing => standing.Any(pause => pause.Journey == journey && pause.Kind == kind) ? standing : standing.Add(new(journey, clock.GetUtcNow(), by, kind)), stop);
    }

    /// <summary>Lets a journey, or the whole system where it is null, go on, whatever held it up.</summary>
    public Task<ImmutableArray<Pause>> End(string? journey, CancellationToken stop) => Keep(standing => standing.RemoveAll(pause => pause.Journey == journey), stop);

    async Task<ImmutableArray<Pause>> Keep(Func<ImmutableArray<Pause>, ImmutableArray<Pause>> change, CancellationToken stop)
    {
        while (true)
        {
            var kept = await memo.Kept(Name, stop);
            var pauses = change(Read(kept));
            if (!await memo.Keep(Name, JsonSerializer.Serialize(pauses, DossierText.Options), kept, stop)) continue;

            changed?.Invoke(pauses);
            return pauses;
        }
    }

    static ImmutableArray<Pause> Read(string? kept) => kept is null ? [] : JsonSerializer.Deserialize<ImmutableArray<Pause>>(kept, DossierText.Options);
}
