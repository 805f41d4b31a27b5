namespace Cvm.Engine;

/// <summary>A store that forgets: for examples, rehearsal and tests. Behaves as the durable ones do.</summary>
public sealed partial class MemoryStore : IStore, IStandings, IPortraits, IRecords, IMailbox, IMemo, IPeople
{
    readonly Lock gate = new();
    readonly SortedDictionary<string, (Dossier Dossier, long Revision)> customers = new(StringComparer.Ordinal);
    readonly HashSet<(string Customer, string Signal)> signals = [];
    readonly Dictionary<string, List<Line>> lines = new(StringComparer.Ordinal);
    readonly SortedSet<(DateTimeOffset At, string Customer)> due = new(Comparer<(DateTimeOffset At, string Customer)>.Create(
        static (a, b) => a.At.CompareTo(b.At) is not 0 and var order ? order : string.CompareOrdinal(a.Customer, b.Customer)));
    readonly Dictionary<Tally, long> tallies = [];
    readonly Dictionary<string, string> memos = new(StringComparer.Ordinal);
    readonly List<Mail> mails = [];
    readonly Dictionary<string, Mail> mailsByKey = new(StringComparer.Ordinal);

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop)
    {
        lock (gate)
        {
            var (dossier, revision) = customers.TryGetValue(customer, out var found) ? found : (Dossier.For(customer), 0);
            return new(new Stored(dossier, revision, signal != "" && signals.Contains((customer, signal))));
        }
    }

    public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        lock (gate)
        {
            var landings = new Landing[changes.Count];
            var missed = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < landings.Length; i++)
            {
                // What builds on a change that missed must miss too, even where somebody else has brought the revision to the same number.
                landings[i] = !missed.Contains(changes[i].After.Customer) ? Land(changes[i]) : Taken(changes[i]) ? Landing.TakenBefore : Landing.Conflict;
                if (landings[i] != Landing.Landed) missed.Add(changes[i].After.Customer);
            }

            return new(landings);
        }
    }

    Landing Land(Change change)
    {
        var customer = change.After.Customer;
        var (before, revision) = customers.TryGetValue(customer, out var found) ? found : (null, 0);

        if (Taken(change)) return Landing.TakenBefore;
        if (revision != change.Revision) return Landing.Conflict;

        if (change.Signal != "") signals.Add((customer, change.Signal));
        if (before?.DueAt is { } old) due.Remove((old, customer));
        if (change.After.DueAt is { } next) due.Add((next, customer));
        customers[customer] = (change.After, revision + 1);
        if (!change.Lines.IsEmpty) LinesOf(customer).AddRange(change.Lines);
        Tallies.Add(change, tallies);
        if (change.Revision == 0 || Portrait.MayDiffer(change.Before, change.After)) changed.Add(customer);
        return Landing.Landed;
    }

    bool Taken(Change change) => change.Signal != "" && signals.Contains((change.After.Customer, change.Signal));

    List<Line> LinesOf(string customer)
    {
        if (!lines.TryGetValue(customer, out var list)) lines[customer] = list = [];
        return list;
    }

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(due.TakeWhile(entry => entry.At <= until).Take(most).Select(entry => (entry.Customer, entry.At)).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.Values.Select(known => Standing.Of(known.Dossier)).OfType<Standing>()
                .SkipWhile(standing => string.CompareOrdinal(standing.Customer, after) <= 0).Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.SkipWhile(pair => string.CompareOrdinal(pair.Key, after) <= 0).Take(most)
                .Select(pair => (pair.Key, pair.Value.Dossier.Profile.Zone)).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(LinesOf(customer).Select((line, i) => (Number: i + 1L, Line: line)).Where(pair => pair.Number < before).Reverse().Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.Values.Select(value => CustomerRow.Of(value.Dossier))
                .Where(row => string.CompareOrdinal(row.Customer, after) > 0 && row.Has(text)).Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.Values.Where(known => string.CompareOrdinal(known.Dossier.Customer, after) > 0 && which.Holds(known.Dossier.Scores))
                .Take(most).Select(known => CustomerRow.Of(known.Dossier)).ToArray());
        }
    }

    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> IRecords.Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop)
    {
        lock (gate)
        {
            return new(tallies.Where(pair => kinds.Contains(pair.Key.Kind)).Select(pair => (pair.Key, pair.Value)).ToArray());
        }
    }

    ValueTask<IReadOnlyList<(Tally Tally, long Count)>> IRecords.Tallies(TallyQuery query, CancellationToken stop)
    {
        lock (gate)
        {
            return new(query.Of(tallies));
        }
    }

    public ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.SelectMany(pair => pair.Value.Dossier.Outbox.Select(entry => (pair.Key, Entry: entry)))
                .Where(pair => state is null || pair.Entry.State == state).OrderBy(pair => pair.Entry.QueuedAt).Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.SelectMany(pair => pair.Value.Dossier.Cases.Where(c => c.Open).Select(c => (pair.Key, Case: c)))
                .OrderBy(pair => pair.Case.DueAt).Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.SelectMany(pair => pair.Value.Dossier.Tasks.Where(task => task.Open).Select(task => (pair.Key, Task: task)))
                .OrderBy(pair => pair.Task.DueAt ?? DateTimeOffset.MaxValue).Take(most).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<Mail>> Mails(string? customer, long before, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(mails.Where(mail => mail.Number < before && (customer is null || mail.Customer == customer)).Reverse().Take(most).ToArray());
        }
    }

    public ValueTask<Mail?> Mail(long number, CancellationToken stop)
    {
        lock (gate)
        {
            return new(number > 0 && number <= mails.Count ? mails[(int)number - 1] : null);
        }
    }

    /// <summary>Puts a message into the mailbox, once per key.</summary>
    public void Put(Outgoing message, DateTimeOffset at)
    {
        lock (gate)
        {
            var mail = new Mail(mails.Count + 1, message.Customer, at, message);
            if (mailsByKey.TryAdd(message.Key, mail)) mails.Add(mail);
        }
    }

    public ValueTask<string?> Kept(string name, CancellationToken stop)
    {
        lock (gate)
        {
            return new(memos.GetValueOrDefault(name));
        }
    }

    public ValueTask Keep(string name, string value, CancellationToken stop)
    {
        lock (gate)
        {
            memos[name] = value;
            return default;
        }
    }

    public ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop)
    {
        lock (gate)
        {
            if (memos.GetValueOrDefault(name) != expected) return new(false);

            memos[name] = value;
            return new(true);
        }
    }

    public ValueTask Drop(string name, CancellationToken stop)
    {
        lock (gate)
        {
            memos.Remove(name);
            return default;
        }
    }

    public ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop)
    {
        lock (gate)
        {
            return new(memos.Where(pair => pair.Key.StartsWith(beginning, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, pair.Value)).ToArray());
        }
    }
}
