using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>What the form of the preference centre sends: what is chosen, and what had been shown as chosen. What differs is the customer's word; what does
/// not is nothing they said, so that an old page left open takes back nothing.</summary>
sealed class PreferenceForm(IFormCollection form, PreferenceView shown)
{
    const int PauseDays = 30;

    /// <summary>What was chosen; null where the form holds what this page does not offer.</summary>
    public Preferences? Read(Guest guest)
    {
        if (!Offered("on", shown.Messages) || !Offered("was", shown.Messages) || !Offered("topic", shown.Topics) || !Offered("was-topic", shown.Topics)) return null;

        var (locale, zone, act) = (form["locale"].ToString(), form["zone"].ToString(), form["do"].ToString());
        if (!shown.Locales.Any(choice => choice.Locale == locale) || (zone != shown.Zone && !Zones.Offers(zone)) || act is not ("save" or "pause" or "resume")) return null;

        return new()
        {
            Locale = locale == form["was-locale"].ToString() ? null : locale,
            Zone = zone == form["was-zone"].ToString() ? null : zone,
            Consents = [.. Consents(guest)],
            TopicsOff = [.. Changed("topic", shown.Topics).Where(change => !change.On).Select(change => change.Switch.Name)],
            TopicsOn = [.. Changed("topic", shown.Topics).Where(change => change.On).Select(change => change.Switch.Name)],
            PauseUntil = act == "pause" ? LocalTimes.PlusDays(guest.Playbook.ZoneOf(guest.Dossier), guest.Now, PauseDays) : null,
            EndPause = act == "resume",
        };
    }

    public static bool Says(Preferences preferences) => preferences is not { Locale: null, Zone: null, Consents.Length: 0, TopicsOff.Length: 0, TopicsOn.Length: 0, PauseUntil: null, EndPause: false };

    IEnumerable<Consent> Consents(Guest guest)
    {
        foreach (var (choice, on) in Changed("on", shown.Messages))
        {
            var channel = choice.Name.StartsWith("email-", StringComparison.Ordinal) ? Channel.Email : Channel.Sms;
            var purpose = choice.Name.EndsWith(Words.Name(Purpose.Service), StringComparison.Ordinal) ? Purpose.Service : Purpose.Promotional;
            yield return new(channel, purpose, on, guest.Now, "preference centre", choice.Label, guest.By, on ? guest.ProvenAt(channel) : null);
        }
    }

    IEnumerable<(Switch Switch, bool On)> Changed(string field, ImmutableArray<Switch> switches)
    {
        var (now, before) = (form[field], form[field == "on" ? "was" : "was-topic"]);
        foreach (var one in switches)
        {
            var on = now.Contains(one.Name, StringComparer.Ordinal);
            if (on != before.Contains(one.Name, StringComparer.Ordinal)) yield return (one, on);
        }
    }

    bool Offered(string field, ImmutableArray<Switch> switches) => form[field].All(name => switches.Any(one => one.Name == name));
}
