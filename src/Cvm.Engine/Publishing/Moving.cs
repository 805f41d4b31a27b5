using System.Globalization;
using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Carries out what was decided about people in flight: the moves of the last publication of each journey, and stops that stand. Goes through everybody in pages,
/// remembers how far it came, and goes on from there after a restart; doing it again changes nothing. What a later publication or a lifted stop has overtaken is left.</summary>
/// <param name="settle">How long to wait after a publication, until every machine has heard of it.</param>
/// <param name="failed">Told of a customer for whom no turn could be made; the others go on. Without it everything fails.</param>
public sealed class Moving(IStore store, IMemo memo, LivePlaybook live, CustomerEngine engine, TimeProvider clock, TimeSpan settle = default, Action<UndecidedException>? failed = null)
{
    const string Prefix = "moving:";

    /// <summary>Customers of a page.</summary>
    public const int PageSize = 500;

    readonly HashSet<string> done = new(StringComparer.Ordinal);

    /// <summary>How far an order has come.</summary>
    /// <param name="After">The last customer it has dealt with.</param>
    /// <param name="People">How many it has moved or ended.</param>
    public sealed record Progress(string After = "", int People = 0, DateTimeOffset? Done = null);

    /// <summary>Somebody's word about everybody who stands somewhere in a journey.</summary>
    sealed record Order(string Id, string Journey, DateTimeOffset At, Signal Signal, Func<Dossier, bool> Concerns);

    /// <summary>Does whatever is decided and not done; how many people it moved or ended, and whether it came to its end.</summary>
    /// <param name="pages">How many pages of customers to go through, at most.</param>
    public async Task<(int People, bool Done)> GoOn(CancellationToken stop, int pages = int.MaxValue)
    {
        var people = 0;
        foreach (var order in Pending().OrderBy(order => order.At).ThenBy(order => order.Id, StringComparer.Ordinal).ToList())
        {
            if (order.At + settle > clock.GetUtcNow()) continue;

            var progress = await memo.Kept(Prefix + order.Id, stop) is { } text ? Read(text) : new();
            for (; progress.Done is null && Stands(order); pages--)
            {
                if (pages == 0) return (people, false);
                (progress, var some) = await NextPage(order, progress, stop);
                people += some;
            }

            if (progress.Done is not null) done.Add(order.Id);
        }

        return (people, true);
    }

    /// <summary>How far the moves of a publication have come; null where they have not begun.</summary>
    public static async Task<Progress?> Of(Publication publication, IMemo memo, CancellationToken stop) =>
        await memo.Kept(Prefix + IdOf(publication), stop) is { } text ? Read(text) : null;

    IEnumerable<Order> Pending() => Publishing.Live(live.Publications).Where(one => !one.Places.IsEmpty).Select(MoveOf)
        .Concat(live.Now.Playbook.Pauses.Where(pause => pause is { Kind: PauseKind.Stop, Journey: not null }).Select(StopOf)).Where(order => !done.Contains(order.Id));

    static Order MoveOf(Publication publication)
    {
        var (id, at) = (IdOf(publication), publication.At ?? default);
        return new(id, publication.Journey, at, new Signal.Moved(id, at, publication.Journey, publication.Version, publication.Places, publication.By ?? ""), dossier => dossier.Enrollments.Any(e =>
            e.Journey == publication.Journey && e.Version != publication.Version && publication.Places.ContainsKey(Moves.PlaceOf(e.Version, e.Step))));
    }

    static Order StopOf(Pause stop)
    {
        var id = $"stop:{stop.Journey}:{stop.Since.UtcTicks.ToString(CultureInfo.InvariantCulture)}";
        return new(id, stop.Journey!, stop.Since, new Signal.Stopped(id, stop.Since, stop.Journey!, stop.By), dossier =>
            dossier.Enrollments.Any(e => e.Journey == stop.Journey) || dossier.Outbox.Any(entry => entry is { State: OutboxState.Queued, Channel: not null, Reply: false } && entry.Journey == stop.Journey));
    }

    static string IdOf(Publication publication) => string.Create(CultureInfo.InvariantCulture, $"move:{publication.Journey}:{publication.Number}");

    // Until something later overtakes it.
    bool Stands(Order order) => Pending().Any(other => other.Id == order.Id);

    async Task<(Progress, int People)> NextPage(Order order, Progress progress, CancellationToken stop)
    {
        var page = await store.Page(progress.After, PageSize, stop);
        var told = await Tell([.. page.Select(row => row.Customer)], order, stop);
        progress = progress with { After = page.Count == 0 ? progress.After : page[^1].Customer, People = progress.People + told, Done = page.Count < PageSize ? clock.GetUtcNow() : null };
        await memo.Keep(Prefix + order.Id, JsonSerializer.Serialize(progress, DossierText.Options), stop);
        return (progress, told);
    }

    async Task<int> Tell(IReadOnlyList<string> customers, Order order, CancellationToken stop)
    {
        var (signals, before) = (new List<(string Customer, Signal)>(), 0);
        foreach (var customer in customers)
        {
            var stored = await store.Load(customer, order.Id, stop);
            if (stored.Taken) before++; // by a pass that was cut off
            else if (order.Concerns(stored.Dossier)) signals.Add((customer, order.Signal));
        }

        while (signals.Count > 0)
        {
            try
            {
                await engine.Take(signals, stop);
                break;
            }
            catch (UndecidedException failure) when (failed is not null)
            {
                failed(failure);
                signals.RemoveAll(one => one.Customer == failure.Customer);
            }
        }

        return before + signals.Count;
    }

    static Progress Read(string text) => JsonSerializer.Deserialize<Progress>(text, DossierText.Options)!;
}
