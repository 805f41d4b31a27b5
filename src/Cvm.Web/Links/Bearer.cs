using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>A request that carries a signed link: what the link says, and for whom. Whoever has it need not log in.</summary>
sealed record Bearer(
    HttpContext Http, [FromRoute] string Token, [FromServices] SignedLinks Links, [FromServices] IStore Store, [FromServices] Func<LoadedPlaybook> Loaded,
    [FromServices] TakeSignals Take, [FromServices] TimeProvider Clock)
{
    // How long a page waits for a queue, so that it shows what was chosen.
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    const int Glances = 10;

    public DateTimeOffset Now { get; } = Clock.GetUtcNow();

    public Playbook Playbook => Loaded().Playbook;

    /// <summary>Shows what the link leads to; a page that says nothing of anybody where it leads nowhere, or not any more.</summary>
    public async Task<IResult> Open(LinkKind kind, Func<Guest, IResult> show) => await Open(kind, guest => Task.FromResult(show(guest)));

    public async Task<IResult> Open(LinkKind kind, Func<Guest, Task<IResult>> show)
    {
        if (Links.Read(Token, kind) is not { } link) return NotFound();
        if (link.Until < Now) return kind == LinkKind.Answer ? AnswerPages.Closed(this) : Expired();

        // Whoever was erased is nobody, and a signal must not bring them back.
        var stored = await Store.Living(link.Customer, "", Http.RequestAborted);
        if (stored.Revision == 0) return kind == LinkKind.Answer ? AnswerPages.Closed(this) : NotFound();
        return await show(new(link with { Customer = stored.Dossier.Customer }, stored.Dossier, Playbook, Now));
    }

    /// <summary>Takes what the customer said, whether or not they wait for the answer. Whether pages show it already.</summary>
    public async Task<bool> Say(Guest guest, Signal signal)
    {
        var takings = await Take([(guest.Link.Customer, signal)], CancellationToken.None);
        if (takings[0] != Taking.Accepted) return true;

        for (var glance = 0; glance < Glances; glance++)
        {
            if ((await Store.Load(guest.Link.Customer, signal.Id, Http.RequestAborted)).Taken) return true;
            await Task.Delay(Glance, Http.RequestAborted);
        }

        return false;
    }

    public IResult NotFound()
    {
        var texts = LinkTexts.In(Http.Request.Headers.AcceptLanguage.ToString());
        return Notice.Of(texts, Playbook, texts.NotFound, [texts.NotFoundAbout]).Show(StatusCodes.Status404NotFound);
    }

    IResult Expired()
    {
        var texts = LinkTexts.In(Http.Request.Headers.AcceptLanguage.ToString());
        return Notice.Of(texts, Playbook, texts.Expired, [texts.ExpiredAbout]).Show(StatusCodes.Status410Gone);
    }
}

/// <summary>The customer whose link was followed.</summary>
sealed record Guest(Link Link, Dossier Dossier, Playbook Playbook, DateTimeOffset Now)
{
    const string Opened = "by ";
    static readonly TimeSpan StaffLinkLasts = TimeSpan.FromHours(1);

    public LinkTexts Texts { get; } = LinkTexts.In(Dossier.Profile.Locale ?? Playbook.Policies.Locale);

    /// <summary>The language that the page is in, as far as the pages speak the customer's.</summary>
    public string Locale => Texts.Lang == "en" && Dossier.Profile.Locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) != true ? "en" : Dossier.Profile.Locale ?? Texts.Lang;

    public string Sender => Playbook.Policies.Sender;

    /// <summary>Who speaks: the customer, or the person of the team who opened the page for them.</summary>
    public string By => Link.Key.StartsWith(Opened, StringComparison.Ordinal) ? Link.Key[Opened.Length..] : "customer";

    /// <summary>A link for a person of the team who helps on the phone: what is said there is recorded as theirs, and confirms no address.</summary>
    public static Link ForStaff(string customer, string name, DateTimeOffset now, LinkKind kind = LinkKind.Preferences) =>
        new(kind, customer, Opened + name, Channel.Email, Purpose.Transactional, now + StaffLinkLasts);

    /// <summary>A new id each time: the same link may be used again to say the same again.</summary>
    public string NewId(string what) => $"{what}:{Link.Key}:{Guid.NewGuid():N}";

    /// <summary>The preference centre, for as long as this message may lead there; null after that: an unsubscribe link lives longer than what lets into personal data.</summary>
    public Link? Preferences
    {
        get
        {
            var until = Link.Until - Link.LifeOf(Link.Kind) + Link.LifeOf(LinkKind.Preferences);
            return until < Now ? null : Link with { Kind = LinkKind.Preferences, Until = until };
        }
    }

    /// <summary>The statement, with the life of a link to the preference centre; null where the shop has nothing to collect.</summary>
    public Link? Statement
    {
        get
        {
            var loyalty = Playbook.Loyalty;
            var offered = Dossier.Ledger.IsUsed || !Dossier.Coupons.IsEmpty || loyalty.PointsPerUnit > 0 || !loyalty.Tiers.IsEmpty;
            return offered && Preferences is { } preferences ? preferences with { Kind = LinkKind.Statement } : null;
        }
    }

    /// <summary>For a friend, who is not told which message it comes from. It counts from the day the statement's link was made, and is the same each time.</summary>
    public Link ReferralLink => new(
        LinkKind.Referral, Link.Customer, "", Channel.Email, Purpose.Transactional, Link.Until - Link.LifeOf(Link.Kind) + Link.LifeOf(LinkKind.Referral));

    /// <summary>Now, where the link came in a message to the address that the customer has now: following it proves that the address is theirs, as a
    /// confirmation does. Null where that is not known.</summary>
    public DateTimeOffset? ProvenAt(Channel channel)
    {
        if (Link.Channel != channel) return null;
        var address = channel == Channel.Email ? Dossier.Profile.Email : Dossier.Profile.Phone;
        var sent = Dossier.RecentSends.FirstOrDefault(sent => sent.Key == Link.Key && sent.Channel == channel);
        return sent?.To is { } to && string.Equals(to, address, StringComparison.OrdinalIgnoreCase) ? Now : null;
    }

    /// <summary>Whether the link is known to have gone to another address than the customer has now.</summary>
    public bool WentElsewhere(Channel channel) =>
        Dossier.RecentSends.Any(sent => sent.Key == Link.Key && sent.Channel == channel && sent.To is not null) && ProvenAt(channel) is null;

    public Consent? Known(Channel channel, Purpose purpose) => Dossier.Consents.FirstOrDefault(known => known.Channel == channel && known.Purpose == purpose);

    public string AddressOf(SignedLinks links, LinkKind kind) => "/" + SignedLinks.PathOf(kind) + links.Token(Link with { Kind = kind });
}
