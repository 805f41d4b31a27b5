using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>Whether a message of this kind might go out at this moment, and the customer's own word on it.</summary>
/// <param name="Why">The rule that says no, and until when, in words; null for yes.</param>
public sealed record PermissionRow(Channel Channel, Purpose Purpose, Verdict Verdict, string? Why, Consent? Consent)
{
    /// <summary>Every channel and purpose, as the kernel would decide now.</summary>
    /// <param name="moment">Writes a moment for the reader.</param>
    public static ImmutableArray<PermissionRow> Of(Playbook playbook, Dossier dossier, DateTimeOffset now, Func<DateTimeOffset, string> moment) =>
    [
        .. from channel in Enum.GetValues<Channel>()
           from purpose in Enum.GetValues<Purpose>()
           let verdict = Permission.Check(playbook, dossier, channel, purpose, now)
           let consent = dossier.Consents.FirstOrDefault(known => known.Channel == channel && known.Purpose == purpose)
           select new PermissionRow(channel, purpose, verdict, Words(verdict, dossier, channel, moment), consent),
    ];

    static string? Words(Verdict verdict, Dossier dossier, Channel channel, Func<DateTimeOffset, string> moment)
    {
        if (verdict.Rule is not { } rule) return null;

        var because = rule switch
        {
            Permission.Suppressed => dossier.Suppressions.FirstOrDefault(stop => stop.Channel == channel)?.Because,
            Permission.OnHold => dossier.Holds.FirstOrDefault()?.Because,
            _ => null,
        };
        return Rules.Said(rule) + (because is null ? "" : $" ({because})") + (verdict.From is { } from ? T(", until {0}", moment(from)) : "");
    }
}
