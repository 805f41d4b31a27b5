namespace Cvm;

/// <summary>Decides what happens next. Same input, same turn, on every host and for good.</summary>
public static class Kernel
{
    /// <summary>A turn that moves more often than this is a loop its author did not mean; the enrollment is stopped and says so.</summary>
    public const int MaxMoves = 100;

    /// <summary>Journeys a customer can be in at once.</summary>
    public const int MaxEnrollments = 20;

    /// <summary>Takes one signal: the new dossier, effects in its outbox, and a line for everything that happened or did not.
    /// A signal that fits nothing changes nothing.</summary>
    public static Turn Take(Playbook playbook, Dossier dossier, Signal signal, DateTimeOffset now) =>
        new Deciding(playbook, dossier, now).Take(signal);

    /// <summary>What keeps this customer from entering the journey now, whatever happens; null where nothing does. Occasions, which are entered once each, are no part of it.</summary>
    public static string? Obstacle(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now) => new Deciding(playbook, dossier, now).Obstacle(journey);

    /// <summary>Whether the lot keeps this customer without the journey's messages, to be compared with: the same for good.</summary>
    public static bool HeldOut(string customer, Journey journey) => journey.Holdout > 0 && Chance.Of("holdout", journey.Name, customer) < journey.Holdout;

    /// <summary>Whether the lot keeps this customer out of every promotion, so that the programme as a whole can be measured: the same for good.</summary>
    public static bool OutOfProgramme(Playbook playbook, string customer) => playbook.Policies.Holdout > 0 && Chance.Of("programme", customer) < playbook.Policies.Holdout;

    /// <summary>Takes an outbox entry for delivery, if it may still go out now: the entry is then <see cref="OutboxState.Claimed"/>.
    /// Otherwise it is put off or dropped, with the reason. An entry whose claim ran out is in doubt, unless the
    /// sender refuses doubles.</summary>
    public static Turn Claim(Playbook playbook, Dossier dossier, string key, bool refusesDoubles, DateTimeOffset now) =>
        new Deciding(playbook, dossier, now).Claim(key, refusesDoubles);

    /// <summary>Leaves an entry that is due for later, because its sender takes no more for now. It counts as no attempt.</summary>
    public static Turn Wait(Playbook playbook, Dossier dossier, string key, DateTimeOffset until, DateTimeOffset now) =>
        new Deciding(playbook, dossier, now).Wait(key, until);

    /// <summary>Settles a claimed entry by what the provider said.</summary>
    public static Turn Settle(Playbook playbook, Dossier dossier, string key, Delivery delivery, DateTimeOffset now) =>
        new Deciding(playbook, dossier, now).Settle(key, delivery);

    /// <summary>Makes due at once whatever is claimed. For a host that has just started and knows that nobody else is delivering:
    /// each claim is then that of a process that has ended, and <see cref="Claim"/> decides what becomes of it.</summary>
    public static Turn Recover(Playbook playbook, Dossier dossier, DateTimeOffset now) =>
        new Deciding(playbook, dossier, now).Recover();
}
