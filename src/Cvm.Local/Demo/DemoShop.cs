using Cvm.Engine;

namespace Cvm.Local;

/// <summary>An invented shop of a size and seed: the same shop every time, on a given day.</summary>
sealed record DemoShop(int Customers, int Days, int Seed)
{
    /// <summary>Plays the days up to this midnight on the real engine and store; what it led to.</summary>
    /// <param name="site">Where messages link to; null for nowhere in particular.</param>
    public async Task<DemoReport> Play(string data, string playbook, Uri? site, CancellationToken stop)
    {
        var end = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var start = end.AddDays(-Days);
        var clock = new VirtualTime(start);
        Reactions? reactions = null;

        await using var workplace = await Workplace.Open(data, playbook, clock, mailbox => new Noticing(mailbox, (message, at) => reactions!.Notice(message, at), clock), site: site);
        await workplace.Store.Durable(on: false);

        var people = Enumerable.Range(1, Customers).Select(new People(Seed, start, Days).Make).ToDictionary(person => person.Id, StringComparer.Ordinal);
        var lives = new Lives(Seed, start, end);
        var signals = people.Values.SelectMany(lives.Of).OrderBy(signal => signal.At).ThenBy(signal => signal.Customer, StringComparer.Ordinal).ToList();
        reactions = new(Seed, people, workplace.Store, () => workplace.Playbook, workplace.Issues, end);
        foreach (var (id, title, owner, _) in DemoTeam.Issues) await workplace.Issues.Open(id, title, owner, owner, stop);

        var began = TimeProvider.System.GetTimestamp();
        var playing = new Playing(workplace.Engine, workplace.Rounds, workplace.Sweep, workplace.Store, clock);
        await Screen.Progress($"Playing {Days} days of {Customers:N0} customers", async show =>
        {
            await playing.Play(signals, end, reactions.Take, now => show((now - start) / (end - start), now.ToString("d MMMM yyyy")), stop);
            return true;
        });

        // One is put right on the last day; who raised it hears of it in the morning.
        await workplace.Issues.Fix(DemoTeam.Issues[0].Id, "We changed the carrier. Nine of ten parcels now arrive within two days.", DemoTeam.Issues[0].Owner, stop);
        await workplace.Store.Durable(on: true);
        return await DemoReport.Of(this, workplace, start, end, TimeProvider.System.GetElapsedTime(began), stop);
    }
}

/// <summary>Delivers, and tells somebody.</summary>
sealed class Noticing(ISender inner, Action<Outgoing, DateTimeOffset> notice, TimeProvider clock) : ISender
{
    public bool RefusesDoubles => inner.RefusesDoubles;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        var delivery = await inner.Send(message, stop);
        if (delivery is Delivery.Accepted) notice(message, clock.GetUtcNow());
        return delivery;
    }
}
