using System.Security.Cryptography;
using System.Text;

namespace Cvm.Engine;

/// <summary>Erasure on request (GDPR Art. 17). What is left of a person are keyed hashes of id and addresses, which say nothing by themselves and
/// keep an import from bringing the person back.</summary>
/// <param name="issues">Knows what the customer raised; null where none are kept.</param>
public sealed class Forgetting(IStore store, IPeople people, Func<LoadedPlaybook> playbook, Issues? issues = null)
{
    /// <summary>Erases the customer, with every record that was merged into theirs; a record that was merged stands for the customer it became part of.
    /// Whether there was one.</summary>
    public async Task<bool> Forget(string customer, CancellationToken stop)
    {
        var stored = await store.Living(customer, "", stop);

        if (issues is not null) foreach (var id in stored.Dossier.Merged.Select(merged => merged.Customer).Append(stored.Dossier.Customer)) await issues.Leave(id, null, stop);

        // The others first: should this be cut off, the one that names them is still there.
        foreach (var merged in stored.Dossier.Merged)
            await people.Forget(merged.Customer, Marks(playbook().Playbook, merged.Customer, new() { Email = merged.Email, Phone = merged.Phone }), stop);
        if (stored.Dossier.Customer != customer) await people.Forget(customer, Marks(playbook().Playbook, customer, Profile.Unknown), stop);

        customer = stored.Dossier.Customer;
        await people.Forget(customer, Marks(playbook().Playbook, customer, stored.Dossier.Profile), stop);
        return stored.Revision > 0;
    }

    /// <summary>Lets an id or address that was forgotten come in again.</summary>
    public ValueTask Remember(string idOrAddress, CancellationToken stop) =>
        people.Remember(Marks(playbook().Playbook, idOrAddress, new() { Email = idOrAddress, Phone = idOrAddress }), stop);

    /// <summary>An HMAC-SHA256 for the id and for each address; the same for every spelling of an e-mail address.</summary>
    public static IReadOnlyCollection<string> Marks(Playbook playbook, string customer, Profile profile)
    {
        var marks = new List<string> { Mark(playbook, "id", customer) };
        if (profile.Email is { } email) marks.Add(Mark(playbook, "email", email.ToLowerInvariant()));
        if (profile.Phone is { } phone) marks.Add(Mark(playbook, "phone", phone));
        return marks;
    }

    static string Mark(Playbook playbook, string kind, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(playbook.CodeKey.AsSpan(), Encoding.UTF8.GetBytes($"forgotten {kind} {value}")));
}
