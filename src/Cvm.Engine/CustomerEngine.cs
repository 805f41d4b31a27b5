namespace Cvm.Engine;

/// <summary>What came of a signal. Accepted: a queue has it for good, and it will be taken from there. Forgotten: it is of somebody who asked to be
/// erased, and changes nothing. Nobody: no customer has the address it came from.</summary>
public enum Taking { Taken, TakenBefore, Accepted, Forgotten, Nobody }

/// <summary>The kernel failed on this customer: a mistake of ours, that concerns nobody else.</summary>
public sealed class UndecidedException(string customer, Exception inner) : Exception($"No turn could be made for {customer}: {inner.Message}", inner)
{
    public string Customer => customer;
}

/// <summary>Load, decide, commit, until nothing is due. The only place a host touches the kernel.</summary>
public sealed class CustomerEngine
{
    // Mergers of mergers; people do not do this often.
    const int MostHops = 16;

    readonly IStore store;
    readonly Func<LoadedPlaybook> playbook;
    readonly TimeProvider clock;
    readonly Action<string>? nudge;
    readonly IPeople? people;
    readonly Func<CancellationToken, Task>? look;
    readonly Delivering delivering;

    /// <param name="senders">By what kind of entry they carry; what other customers are told the engine carries itself.</param>
    /// <param name="nudge">Called when a customer has something due at once, so that a host need not wait for its next look.</param>
    /// <param name="people">Knows who asked to be forgotten; nobody did where it is left out.</param>
    /// <param name="look">Called where a customer is in a version that this process does not know, which another may have published a moment ago.</param>
    public CustomerEngine(
        IStore store, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock, Action<string>? nudge = null, IPeople? people = null,
        Func<CancellationToken, Task>? look = null)
    {
        (this.store, this.playbook, this.clock, this.nudge, this.people, this.look) = (store, playbook, clock, nudge, people, look);
        var all = new Dictionary<OutboxKind, ISender>(senders) { [OutboxKind.Customer] = new Telling(this, store, playbook, clock) };
        delivering = new(store, playbook, all, clock);
    }

    /// <summary>Takes a signal. When this returns it is on disk.</summary>
    public async Task<Taking> Take(string customer, Signal signal, CancellationToken stop)
    {
        for (var hops = 0; ;)
        {
            var stored = await store.Load(customer, signal.Id, stop);
            if (stored.Taken) return Taking.TakenBefore;
            if (stored.Dossier.MergedInto is { } into && !OfItsOwn(signal))
            {
                if (!Follows(signal)) return Taking.Taken;
                if (++hops > MostHops) throw new InvalidOperationException($"{customer} is merged into so many others that it has no end.");
                if (stored.Dossier.Leaving is not null)
                {
                    await HandOver(stored, stop);
                    continue;
                }

                // Whatever the one who stays was told under this id was other news.
                (customer, signal) = (into, signal.Id == "" ? signal : signal with { Id = $"{customer}>{signal.Id}" });
                continue;
            }

            if (stored.Revision == 0 && await Forgotten(customer, signal, stop)) return Taking.Forgotten;

            await Learn(stored.Dossier, stop);
            var change = Decide(stored, signal);
            if (signal is Signal.Day && ReferenceEquals(change.After, change.Before)) return Taking.Taken;

            switch ((await store.Commit([change], stop))[0])
            {
                case Landing.Landed:
                    Nudge(change);
                    return Taking.Taken;
                case Landing.TakenBefore:
                    return Taking.TakenBefore;
            }
        }
    }

    /// <summary>Takes many signals, of many customers, in order per customer. Answers in the order of the signals.
    /// All share one commit; where somebody else was first with a customer, that customer's share another.</summary>
    public async Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        var changes = new List<Change>(signals.Count);
        var places = new List<int>(signals.Count);
        var latest = new Dictionary<string, (Dossier Dossier, long Revision)>(StringComparer.Ordinal);
        var ids = new HashSet<(string, string)>();
        List<int>? forgotten = null, elsewhere = null;

        for (var i = 0; i < signals.Count; i++)
        {
            var (customer, signal) = signals[i];
            if (signal.Id != "" && !ids.Add((customer, signal.Id))) continue;

            if (!latest.TryGetValue(customer, out var at))
            {
                var stored = await store.Load(customer, "", stop);
                await Learn(stored.Dossier, stop);
                at = (stored.Dossier, stored.Revision);
            }

            if (at.Dossier.MergedInto is not null && !OfItsOwn(signal))
            {
                if (Follows(signal)) (elsewhere ??= []).Add(i);
                latest[customer] = at;
                continue;
            }

            if (at.Revision == 0 && await Forgotten(customer, signal, stop))
            {
                (forgotten ??= []).Add(i);
                continue;
            }

            var change = Decide(new(at.Dossier, at.Revision, false), signal);
            var idle = signal is Signal.Day && ReferenceEquals(change.After, change.Before);
            latest[customer] = idle ? at : (change.After, at.Revision + 1);
            if (idle) continue;
            changes.Add(change);
            places.Add(i);
        }

        var answers = changes.Count == 0 ? new Taking[signals.Count] : await Land(signals, changes, places, ids.Count, stop);
        foreach (var place in forgotten ?? []) answers[place] = Taking.Forgotten;
        foreach (var place in elsewhere ?? []) answers[place] = await Take(signals[place].Customer, signals[place].Signal, stop);
        return answers;
    }

    // Asked only of newcomers, so that it costs those who are known nothing.
    async ValueTask<bool> Forgotten(string customer, Signal signal, CancellationToken stop) => people is not null && signal is not Signal.Day
        && await people.Forgotten(Forgetting.Marks(playbook().Playbook, customer, signal is Signal.Told told ? told.Profile : Profile.Unknown), stop);

    async Task<Taking[]> Land(IReadOnlyList<(string Customer, Signal Signal)> signals, List<Change> changes, List<int> places, int different, CancellationToken stop)
    {
        var landings = await store.Commit(changes, stop);
        var answers = new Taking[signals.Count];
        if (different < signals.Count) MarkDoubles(signals, answers);

        var missed = new List<int>();
        for (var i = 0; i < changes.Count; i++)
        {
            if (landings[i] == Landing.Landed) Nudge(changes[i]);
            else if (landings[i] == Landing.TakenBefore) answers[places[i]] = Taking.TakenBefore;
            else missed.Add(places[i]);
        }

        if (missed.Count == 0) return answers;

        var again = await Take(missed.ConvertAll(place => signals[place]), stop);
        for (var i = 0; i < again.Length; i++) answers[missed[i]] = again[i];
        return answers;
    }

    static void MarkDoubles(IReadOnlyList<(string Customer, Signal Signal)> signals, Taking[] answers)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < signals.Count; i++)
            if (signals[i].Signal.Id is { Length: > 0 } id && !seen.Add((signals[i].Customer, id))) answers[i] = Taking.TakenBefore;
    }

    static bool OfItsOwn(Signal signal) => signal is Signal.HandedOver or Signal.Reopened;

    // The customer's own days and scores are told to the record that stays.
    static bool Follows(Signal signal) => signal is not (Signal.Day or Signal.Scored or Signal.Woke);

    /// <summary>Gives what a closed record still holds to the one that stays, and leaves nothing but its timeline. Doing it again is the same.</summary>
    async Task HandOver(Stored stored, CancellationToken stop)
    {
        if (stored.Dossier is not { Leaving: { } leaving, MergedInto: { } into, Customer: var customer }) return;

        if (await StaysAfterAll(customer, into, stop))
        {
            await Take(customer, new Signal.Reopened($"reopened:{Guid.NewGuid():N}", clock.GetUtcNow()), stop);
            return;
        }

        // Where the one who stays was forgotten meanwhile, so is this record.
        await Take(into, new Signal.Merged($"merge:{customer}", leaving.At, stored.Dossier, leaving.By), stop);
        await Take(customer, new Signal.HandedOver($"handed-over:{into}", clock.GetUtcNow()), stop);
    }

    // Of several that were closed into each other at once, the first by name.
    async Task<bool> StaysAfterAll(string customer, string into, CancellationToken stop)
    {
        var first = true;
        for (var hops = 0; hops < MostHops; hops++)
        {
            if (into == customer) return first;
            first &= string.CompareOrdinal(customer, into) < 0;
            if ((await store.Load(into, "", stop)).Dossier.MergedInto is not { } next) return false;
            into = next;
        }

        return false;
    }

    /// <summary>Takes every turn that is due for this customer and delivers what its outbox holds.</summary>
    public async Task Wake(string customer, CancellationToken stop)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var stored = await store.Load(customer, "", stop);
            if (stored.Dossier.DueAt is not { } due || due > now) return;
            if (stored.Dossier.Leaving is not null)
            {
                await HandOver(stored, stop);
                return;
            }

            await Learn(stored.Dossier, stop);
            var changes = new List<Change>();
            var turn = Kernel.Take(playbook().Playbook, stored.Dossier, new Signal.Woke(now), now);
            if (turn.Changed) changes.Add(new(stored.Dossier, stored.Revision, turn.Dossier, "", turn.Lines) { Passed = turn.Passed });

            // The same transaction claims what the turn has queued.
            var claimed = delivering.Claim(turn.Dossier, stored.Revision + changes.Count, changes);
            if (changes.Count == 0) throw new InvalidOperationException($"{customer} is due since {due:u}, and no turn moves it.");

            var landings = await store.Commit(changes, stop);
            if (landings.Any(landing => landing != Landing.Landed)) continue;

            foreach (var key in claimed) await delivering.Send(customer, key, changes[^1].After);
        }
    }

    /// <summary>Makes due at once what a process that has ended was delivering to this customer; the next <see cref="Wake"/> hands it over again
    /// where the sender refuses doubles, and leaves it in doubt elsewhere. Only at the start of a host that shares its store with no other.</summary>
    public async Task Recover(string customer, CancellationToken stop)
    {
        while (true)
        {
            var stored = await store.Load(customer, "", stop);
            var turn = Kernel.Recover(playbook().Playbook, stored.Dossier, clock.GetUtcNow());
            if (!turn.Changed) return;

            var change = new Change(stored.Dossier, stored.Revision, turn.Dossier, "", turn.Lines);
            if ((await store.Commit([change], stop))[0] == Landing.Landed) return;
        }
    }

    async ValueTask Learn(Dossier dossier, CancellationToken stop)
    {
        if (look is null) return;

        var known = playbook().Playbook;
        foreach (var enrollment in dossier.Enrollments)
        {
            if (known.Find(enrollment.Journey, enrollment.Version) is not null) continue;
            await look(stop);
            return;
        }
    }

    Change Decide(Stored stored, Signal signal)
    {
        try
        {
            var turn = Kernel.Take(playbook().Playbook, stored.Dossier, signal, clock.GetUtcNow());
            return new(stored.Dossier, stored.Revision, turn.Dossier, signal.Id, turn.Lines) { Passed = turn.Passed };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new UndecidedException(stored.Dossier.Customer, failure);
        }
    }

    void Nudge(Change change)
    {
        if (nudge is not null && change.After.DueAt <= clock.GetUtcNow()) nudge(change.After.Customer);
    }
}
