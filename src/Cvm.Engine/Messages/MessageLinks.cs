namespace Cvm.Engine;

/// <summary>The links of one message: our own, signed for its reader, and those of the template on their way out.</summary>
/// <param name="signed">Null where the host makes no links.</param>
/// <param name="offersReferrals">Whether the shop has a page for friends.</param>
/// <param name="trial">The message goes to nobody, or to whoever tries it: its links do nothing.</param>
sealed class MessageLinks(SignedLinks? signed, Policies policies, Dossier dossier, OutboxEntry entry, bool offersReferrals = false, bool trial = false)
{
    // A longer one would not survive every mail program once it is sealed.
    const int MostWrapped = 2_000;

    public Uri? Unsubscribe { get; } = entry.Purpose == Purpose.Transactional ? null : Own(signed, dossier, entry, LinkKind.Unsubscribe, null, trial);

    public Uri? Preferences { get; } = Own(signed, dossier, entry, LinkKind.Preferences, null, trial);

    /// <summary>Confirms what this address agreed to last; null where nothing of it is to be confirmed.</summary>
    public Uri? Confirm { get; } = ToConfirm(dossier, entry) is { } consent ? Own(signed, dossier, entry, LinkKind.Confirm, consent.Purpose, trial) : null;

    public Uri? Statement { get; } = Own(signed, dossier, entry, LinkKind.Statement, null, trial);

    /// <summary>For a friend whom the reader brings; null where the shop offers none.</summary>
    public Uri? Referral { get; } = offersReferrals ? Own(signed, dossier, entry, LinkKind.Referral, null, trial) : null;
    /// <summary>Where the reader sees what was written about the case, and writes back; null in a message about none.</summary>
    public Uri? Case { get; } = entry.Data.GetValueOrDefault("case") is { Length: > 0 } about ? Own(signed, dossier, entry, LinkKind.Case, null, trial, about) : null;

    /// <summary>Says this answer to the survey; null where the host makes no links.</summary>
    public Uri? Answer(string survey, int score) => Own(signed, dossier, entry, LinkKind.Answer, null, trial, AnswerLink.Of(survey, score));

    /// <summary>The address as the message carries it.</summary>
    /// <param name="shown">The words show an address; a way over the site would look like a trap.</param>
    public string Out(string url, bool shown)
    {
        if (IsOwn(url) || !IsWeb(url, out var address)) return url;

        var marked = policies.Utm is { } utm && (entry.Kind != OutboxKind.Sms || utm.Sms) ? Campaign.Marked(url, address, utm, entry) : url;
        var wrapped = signed is not null && policies.TrackClicks && entry.Kind == OutboxKind.Email && !shown && !trial && marked.Length <= MostWrapped;
        return wrapped ? signed!.Of(Link.In(entry, dossier.Customer, LinkKind.Click, marked)).AbsoluteUri : marked;
    }

    /// <summary>Whether it is one of those above, as a template writes them.</summary>
    public bool IsOwn(string url) => url == Unsubscribe?.AbsoluteUri || url == Preferences?.AbsoluteUri || url == Confirm?.AbsoluteUri
        || url == Statement?.AbsoluteUri || url == Referral?.AbsoluteUri || url == Case?.AbsoluteUri;

    static bool IsWeb(string url, out Uri address) =>
        Uri.TryCreate(url, UriKind.Absolute, out address!) && address is { Scheme: "http" or "https", UserInfo: "" } && url.StartsWith(address.Scheme + "://", StringComparison.OrdinalIgnoreCase);

    static Uri? Own(SignedLinks? signed, Dossier dossier, OutboxEntry entry, LinkKind kind, Purpose? purpose, bool trial, string? target = null)
    {
        if (signed is null) return null;

        var link = Link.In(entry, dossier.Customer, kind, target);
        if (purpose is { } other) link = link with { Purpose = other };

        // Every letter of an SMS is paid for, and the key is half of the link.
        // Friends should not be told which message it was.
        if (entry.Kind == OutboxKind.Sms || kind == LinkKind.Referral) link = link with { Key = "" };

        // Whoever tries a message must not unsubscribe the customer it was made for.
        if (trial) link = link with { Customer = "", Key = "", Until = DateTimeOffset.UnixEpoch };
        return signed.Of(link);
    }

    // A link in a mail proves nothing about a phone.
    static Consent? ToConfirm(Dossier dossier, OutboxEntry entry) =>
        dossier.Consents.Where(consent => consent is { Given: true, Pending: true } && consent.Channel == entry.Channel).MaxBy(consent => consent.At);
}
