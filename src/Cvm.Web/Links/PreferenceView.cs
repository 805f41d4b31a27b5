using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>One switch of the preference centre.</summary>
/// <param name="Name">As the form sends it.</param>
/// <param name="Note">What there is to know besides; null for nothing.</param>
public sealed record Switch(string Name, string Label, bool On, string? Note = null);

/// <summary>A language to choose.</summary>
public sealed record LocaleChoice(string Locale, string Label);

/// <summary>What a customer finds in the preference centre, and so what its form may send.</summary>
public sealed record PreferenceView
{
    public required LinkTexts Texts { get; init; }
    public required string Sender { get; init; }

    /// <summary>Addresses, masked.</summary>
    public required ImmutableArray<string> Addresses { get; init; }

    /// <summary>Path of this page, with its token.</summary>
    public required string Here { get; init; }

    /// <summary>Path of the statement of points; null where there are none to collect.</summary>
    public string? Statement { get; init; }

    public required ImmutableArray<Switch> Messages { get; init; }

    /// <summary>Channels that are stopped whatever is chosen, and why.</summary>
    public required ImmutableArray<string> Stops { get; init; }

    public required ImmutableArray<Switch> Topics { get; init; }
    public required ImmutableArray<LocaleChoice> Locales { get; init; }
    public required string Locale { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset? PausedUntil { get; init; }

    /// <summary>What came of the last visit; null for nothing.</summary>
    public string? Told { get; init; }

    public static string NameOf(Channel channel, Purpose purpose) => $"{(channel == Channel.Email ? "email" : "sms")}-{Words.Name(purpose)}";

    internal static PreferenceView Of(Guest guest, LoadedPlaybook loaded, string here)
    {
        var zone = guest.Playbook.ZoneOf(guest.Dossier);
        var (email, phone) = (guest.Dossier.Profile.Email, guest.Dossier.Profile.Phone);
        var locales = LocalesOf(loaded);
        var until = guest.Dossier.Holds.Where(hold => hold.By == "customer" && hold.Until > guest.Now).Select(hold => hold.Until).Max();

        return new()
        {
            Texts = guest.Texts,
            Sender = guest.Sender,
            Addresses = [.. new[] { email is null ? null : Masked.Email(email), phone is null ? null : Masked.Phone(phone) }.OfType<string>()],
            Here = here,
            Messages = [.. Channels(guest).Where(channel => !Stopped(guest, channel)).SelectMany(channel => new[] { Purpose.Promotional, Purpose.Service }.Select(purpose => SwitchOf(guest, channel, purpose)))],
            Stops = [.. Channels(guest).Where(channel => Stopped(guest, channel)).Select(channel => channel == Channel.Email ? guest.Texts.EmailStopped : guest.Texts.SmsStopped)],
            Topics = [.. guest.Playbook.Policies.Topics.Select(topic => new Switch(topic.Name, LabelOf(topic, guest), !guest.Dossier.TopicsOff.Contains(topic.Name, StringComparer.Ordinal)))],
            Locales = [.. locales.Select(locale => new LocaleChoice(locale, NativeName(locale)))],
            Locale = Nearest(locales, guest.Dossier.Profile.Locale ?? guest.Playbook.Policies.Locale) ?? guest.Playbook.Policies.Locale,
            Zone = zone,
            PausedUntil = until is { } end ? LocalTimes.In(zone, end) : null,
        };
    }

    static IEnumerable<Channel> Channels(Guest guest)
    {
        if (guest.Dossier.Profile.Email is not null) yield return Channel.Email;
        if (guest.Dossier.Profile.Phone is not null) yield return Channel.Sms;
    }

    static bool Stopped(Guest guest, Channel channel)
    {
        var address = channel == Channel.Email ? guest.Dossier.Profile.Email : guest.Dossier.Profile.Phone;
        return guest.Dossier.Suppressions.Any(stop => stop.Channel == channel && string.Equals(stop.Address, address, StringComparison.OrdinalIgnoreCase));
    }

    static Switch SwitchOf(Guest guest, Channel channel, Purpose purpose)
    {
        var known = guest.Known(channel, purpose);
        var on = known?.Given ?? !guest.Playbook.Policies.ConsentNeeded.Contains(purpose);
        return new(NameOf(channel, purpose), guest.Texts.Label(channel, purpose), on, known is { Given: true, Pending: true } ? guest.Texts.Pending : null);
    }

    static string LabelOf(Topic topic, Guest guest)
    {
        var own = Nearest([.. topic.Labels.Keys], guest.Dossier.Profile.Locale ?? guest.Playbook.Policies.Locale);
        return topic.Labels.GetValueOrDefault(own ?? guest.Playbook.Policies.Locale) ?? topic.Name;
    }

    static ImmutableArray<string> LocalesOf(LoadedPlaybook loaded) =>
        [.. loaded.Locales.Append(loaded.Playbook.Policies.Locale).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    // zh-Hans-CN finds zh-CN as well as zh: the whole tag, its beginning, or its language.
    static string? Nearest(ImmutableArray<string> among, string locale)
    {
        for (var tag = locale.Replace('_', '-'); tag != ""; tag = tag.LastIndexOf('-') is > 0 and var end ? tag[..end] : "")
            if (among.FirstOrDefault(known => string.Equals(known, tag, StringComparison.OrdinalIgnoreCase)) is { } found) return found;

        var language = locale.Split('-', '_')[0];
        return among.FirstOrDefault(known => string.Equals(known.Split('-')[0], language, StringComparison.OrdinalIgnoreCase));
    }

    static string NativeName(string locale) => locale switch
    {
        "en" => "English",
        "zh" or "zh-CN" or "zh-Hans" => "简体中文",
        "zh-TW" or "zh-HK" or "zh-Hant" => "繁體中文",
        _ => Words.Capital(CultureInfo.GetCultureInfo(locale).NativeName),
    };
}
