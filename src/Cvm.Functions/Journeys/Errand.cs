using System.Security.Cryptography;
using System.Text;

namespace Cvm.Functions;

/// <summary>What an orchestration looks after: one enrollment of a customer, or, where <see cref="Enrollment"/> is empty, whatever else is due for them.</summary>
public sealed record Errand(string Customer, string Enrollment)
{
    // Durable allows 100 characters, none of / \ # ?, and no @ at the start.
    const int Longest = 100;

    /// <summary><c>journey:customer:occurrence</c>, escaped; where that is too long, its end is a hash.</summary>
    public string Instance
    {
        get
        {
            var name = Enrollment == "" ? $"customer:{Customer}" : Enrollment;
            var id = string.Concat(name.Select(unit => unit is '/' or '\\' or '#' or '?' or '=' || char.IsControl(unit) || unit > '~' ? $"={(int)unit:X4}" : unit.ToString()));
            return id.Length <= Longest ? id : id[..(Longest - 33)] + "~" + Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(name)))[..32];
        }
    }

    /// <summary>Everything of this customer that somebody has to look after: running enrollments, entries in the outbox of those that ended,
    /// cases that climb by themselves, tasks that may become late, pauses that end, checkouts that lapse, and links followed of which it is not clear yet whether by a person.</summary>
    public static IEnumerable<Errand> Of(Dossier dossier) => dossier.Enrollments.Select(e => e.Id)
        .Concat(dossier.Outbox.Where(entry => entry.DueAt is not null).Select(entry => entry.Enrollment))
        .Concat(dossier.Clicks.Where(click => !click.Told).Select(_ => ""))
        .Concat(dossier.Ledger.Redemptions.Where(redemption => redemption.Until is not null).Select(_ => ""))
        .Concat(dossier.Holds.Where(hold => hold.Until is not null).Select(_ => ""))
        .Concat(dossier.Tasks.Where(task => task.LateAt is not null).Select(_ => ""))
        .Concat(dossier.Cases.Where(work => work is { Open: true, AlarmAt: not null }).Select(_ => "")).Distinct(StringComparer.Ordinal)
        .Select(enrollment => new Errand(dossier.Customer, enrollment));

    /// <summary>When it is next to be looked at; null where it waits for a signal only.</summary>
    public DateTimeOffset? DueAt(Dossier dossier) => Enrollment == ""
        ? dossier.DueAt
        : dossier.Enrollments.Where(e => e.Id == Enrollment).Select(e => e.WakeAt)
            .Concat(dossier.Outbox.Where(entry => entry.Enrollment == Enrollment).Select(entry => entry.DueAt)).Min();

    /// <summary>Whether nothing is left to look after.</summary>
    public bool Over(Dossier dossier) => Enrollment == "" ? dossier.DueAt is null : Of(dossier).All(errand => errand.Enrollment != Enrollment);
}

/// <summary>What a look found.</summary>
/// <param name="Over">Nothing is left to look after.</param>
/// <param name="WakeAt">When to look again; null for no time in particular.</param>
public sealed record Rest(bool Over, DateTimeOffset? WakeAt);
