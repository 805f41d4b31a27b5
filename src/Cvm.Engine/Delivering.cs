namespace Cvm.Engine;

/// <summary>Carries outbox entries out: claimed on disk before the sender is called, settled after. What happened in between is
/// never guessed.</summary>
sealed class Delivering(IStore store, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock)
{
    /// <summary>Adds a change for each due entry that is claimed, put off or dropped; the keys of those claimed.</summary>
    public IReadOnlyList<string> Claim(Dossier dossier, long revision, List<Change> changes)
    {
        var now = clock.GetUtcNow();
        var claimed = new List<string>();

        foreach (var entry in dossier.Outbox)
        {
            if (entry.DueAt is not { } due || due > now) continue;

            var sender = SenderOf(entry);
            var turn = Kernel.Claim(playbook().Playbook, dossier, entry.Key, sender.RefusesDoubles, now);
            var goes = turn.Dossier.Outbox.Any(e => e.Key == entry.Key && e.State == OutboxState.Claimed && e.ClaimedAt == now);

            // Asked last, because a place that is taken should be used; and before it is claimed, so that a crash leaves nothing in doubt that nobody was handed.
            if (goes && (sender as GuardedSender)?.Admit(entry) is { } until) (turn, goes) = (Kernel.Wait(playbook().Playbook, dossier, entry.Key, until, now), false);
            if (!turn.Changed) continue;

            changes.Add(new(dossier, revision++, turn.Dossier, "", turn.Lines));
            dossier = turn.Dossier;
            if (goes) claimed.Add(entry.Key);
        }

        return claimed;
    }

    /// <summary>Hands one claimed entry to its sender and settles it.</summary>
    public async Task Send(string customer, string key, Dossier dossier)
    {
        var entry = dossier.Outbox.First(e => e.Key == key);
        var (message, problem) = Render(dossier, entry);
        if (message is null)
        {
            await Settle(customer, key, new Delivery.Refused(problem ?? "the message could not be made"));
            return;
        }

        await Settle(customer, key, await HandOver(SenderOf(entry), message));
    }

    // People of the team who have a phone number are told by SMS.
    ISender SenderOf(OutboxEntry entry) =>
        senders[entry.Kind == OutboxKind.Staff && StaffNote.IsPhone(playbook().Playbook.Policies.Staff.GetValueOrDefault(entry.Subject)) ? OutboxKind.Sms : entry.Kind];

    // It did not leave the house, and those behind it must not wait for somebody to mend our mistake.
    (Outgoing? Message, string? Problem) Render(Dossier dossier, OutboxEntry entry)
    {
        try
        {
            var loaded = playbook();
            return loaded.Renderer.Render(loaded.Playbook, dossier, entry);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (null, $"the message could not be made: {failure.Message}");
        }
    }

    // Once claimed it is not to be stopped half way: a host that shuts down waits for its senders' own time-outs.
    static async Task<Delivery> HandOver(ISender sender, Outgoing message)
    {
        try
        {
            var delivery = await sender.Send(message, CancellationToken.None);
            return delivery is Delivery.Accepted accepted ? accepted with { Segments = message.Segments } : delivery;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new Delivery.Unknown(failure.Message);
        }
    }

    async Task Settle(string customer, string key, Delivery delivery)
    {
        while (true)
        {
            var stored = await store.Load(customer, "", CancellationToken.None);
            var turn = Kernel.Settle(playbook().Playbook, stored.Dossier, key, delivery, clock.GetUtcNow());
            if (!turn.Changed) return;

            var change = new Change(stored.Dossier, stored.Revision, turn.Dossier, "", turn.Lines);
            if ((await store.Commit([change], CancellationToken.None))[0] == Landing.Landed) return;
        }
    }
}
