using Cvm.Engine;

namespace Cvm.Benchmarks.Kernel;

/// <summary>A regular of the shop, made by the kernel itself from a year of signals: a silver member with fourteen orders, a reward in
/// hand, and one waiting enrollment. Messages are delivered at once.</summary>
sealed class Regular
{
    static readonly DateTimeOffset Start = new(2026, 6, 16, 10, 0, 0, TimeSpan.Zero);

    readonly Playbook playbook;
    DateTimeOffset now = Start;

    Regular(Playbook playbook, Dossier dossier) => (this.playbook, Dossier) = (playbook, dossier);

    public Dossier Dossier { get; private set; }

    /// <summary>On the birthday, a few minutes after midnight, with the greeting waiting for nine o'clock.</summary>
    public static Dossier BeforeTheGreeting(Playbook playbook, string customer = "customer-0000001")
    {
        var regular = new Regular(playbook, Dossier.For(customer));
        regular.Take(new Signal.Told("customer:1", Start, new()
        {
            Name = "Ann Archer",
            Email = $"{customer}@example.com",
            Phone = "+4915112345678",
            Birthday = new(1990, 6, 10),
            Zone = "Europe/Berlin",
            Locale = "en",
            Country = "DE",
            Joined = Start,
        }, [Agreed(Channel.Email), Agreed(Channel.Sms)]));

        for (var i = 0; i < 14; i++) regular.Take(new Signal.Ordered($"order:{i:D8}", Start.AddDays(i * 25), $"{i:D8}", 45));

        // What was pending has come, and the reward for it has gone out.
        var eve = new DateOnly(2027, 6, 8);
        regular.Take(new Signal.Day("day:2027-06-08", LocalTimes.At("Europe/Berlin", eve, new(0, 5)), eve, eve.AddDays(-1)));
        while (regular.Dossier.DueAt is { } due && due < LocalTimes.At("Europe/Berlin", eve.AddDays(1), TimeOnly.MinValue)) regular.Wake(due);

        var birthday = new DateOnly(2027, 6, 10);
        regular.Take(new Signal.Day("day:2027-06-10", LocalTimes.At("Europe/Berlin", birthday, new(0, 5)), birthday, birthday.AddDays(-1)));
        return regular.Dossier;
    }

    /// <summary>The same after the greeting, waiting two weeks for the present to be used.</summary>
    public static Dossier Waiting(Playbook playbook, string customer = "customer-0000001")
    {
        var regular = new Regular(playbook, BeforeTheGreeting(playbook, customer));
        regular.Wake(regular.Dossier.DueAt!.Value);
        return regular.Dossier;
    }

    static Consent Agreed(Channel channel) => new(channel, Purpose.Promotional, true, Start, "checkout", "Yes, send me news and offers.");

    void Take(Signal signal)
    {
        now = signal.At;
        Dossier = Cvm.Kernel.Take(playbook, Dossier, signal, now).Dossier;
        Deliver();
    }

    void Wake(DateTimeOffset at)
    {
        now = at;
        Dossier = Cvm.Kernel.Take(playbook, Dossier, new Signal.Woke(now), now).Dossier;
        Deliver();
    }

    void Deliver()
    {
        foreach (var entry in Dossier.Outbox)
        {
            Dossier = Cvm.Kernel.Claim(playbook, Dossier, entry.Key, refusesDoubles: true, now).Dossier;
            Dossier = Cvm.Kernel.Settle(playbook, Dossier, entry.Key, new Delivery.Accepted(entry.Key), now).Dossier;
        }
    }
}
