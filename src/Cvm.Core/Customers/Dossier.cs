using System.Globalization;

namespace Cvm;

/// <summary>Everything about one customer: one partition, one revision, one atomic commit. Immutable; a turn makes the next one.</summary>
public sealed record Dossier
{
    /// <summary>1 to 64 characters without control characters; chosen by the shop.</summary>
    public required string Customer { get; init; }

    public Profile Profile { get; init; } = Profile.Unknown;
    public ImmutableArray<Consent> Consents { get; init; } = [];
    public ImmutableArray<Suppression> Suppressions { get; init; } = [];
    public ImmutableArray<Hold> Holds { get; init; } = [];

    /// <summary>Topics the customer does not want to hear of; sorted.</summary>
    public ImmutableArray<string> TopicsOff { get; init; } = [];

    /// <summary>When the customer last wrote START: a STOP from before, that comes late, is over.</summary>
    public DateTimeOffset? StartedTexting { get; init; }

    public Purchases Purchases { get; init; } = Purchases.None;
    public Satisfaction Satisfaction { get; init; } = Satisfaction.Unknown;
    public Effort Effort { get; init; } = Effort.None;
    public Scores Scores { get; init; } = Scores.Unknown;
    public Ledger Ledger { get; init; } = Ledger.Empty;
    public ImmutableArray<Coupon> Coupons { get; init; } = [];

    /// <summary>The customer who brought this one; null where nobody did.</summary>
    public Referral? Referral { get; init; }

    /// <summary>When friends whom this customer brought had kept their first order, oldest first; those of the last 365 days.</summary>
    public ImmutableArray<DateTimeOffset> Friends { get; init; } = [];

    public ImmutableArray<Case> Cases { get; init; } = [];
    public ImmutableArray<StaffTask> Tasks { get; init; } = [];

    /// <summary>The last contact of each kind.</summary>
    public ImmutableArray<Contact> Contacts { get; init; } = [];

    /// <summary>The contact plans that have ever asked for something.</summary>
    public ImmutableArray<PlanStanding> Plans { get; init; } = [];

    /// <summary>Journeys the customer is in now, oldest first.</summary>
    public ImmutableArray<Enrollment> Enrollments { get; init; } = [];

    /// <summary>What is known of each journey ever entered: how often, when last. In order of first entry.</summary>
    public ImmutableArray<Visits> Visits { get; init; } = [];

    /// <summary>Windows still open, of enrollments running or ended, oldest first.</summary>
    public ImmutableArray<GoalWatch> Goals { get; init; } = [];

    /// <summary>Messages that went out (or may have) within the longest cap window, oldest first.</summary>
    public ImmutableArray<Sent> RecentSends { get; init; } = [];

    /// <summary>Links followed a moment ago, while it is not clear yet whether by a person, oldest first.</summary>
    public ImmutableArray<Click> Clicks { get; init; } = [];

    /// <summary>Surveys this customer was asked of late, oldest first.</summary>
    public ImmutableArray<AskedSurvey> Asked { get; init; } = [];

    /// <summary>What is to be delivered and is not settled, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>Segments that journeys wait for, as last seen; sorted.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>Set on moving to another zone: the last local day this customer had seen, so that the next round neither
    /// repeats nor skips one.</summary>
    public DateOnly? DaySeen { get; init; }

    /// <summary>The customer that this record has become part of; null for a customer of their own. Such a record takes no signals: they are that customer's.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Set while the record still holds what it is to hand over to <see cref="MergedInto"/>.</summary>
    public Leaving? Leaving { get; init; }

    /// <summary>Records that have become part of this one, oldest first.</summary>
    public ImmutableArray<MergedRecord> Merged { get; init; } = [];

    /// <summary>How many timeline lines have been written; the next line's number less one.</summary>
    public long Lines { get; init; }

    public static Dossier For(string customer) => new() { Customer = customer };

    /// <summary>When this customer next needs a turn or a delivery, whatever happens outside; null when never.</summary>
    public DateTimeOffset? DueAt
    {
        get
        {
            if (MergedInto is not null) return Leaving?.At;

            DateTimeOffset? due = null;
            foreach (var enrollment in Enrollments) due = Earlier(due, enrollment.WakeAt);
            foreach (var entry in Outbox) due = Earlier(due, entry.DueAt);
            foreach (var hold in Holds) due = Earlier(due, hold.Until);
            foreach (var task in Tasks) due = Earlier(due, task.LateAt);
            foreach (var click in Clicks) if (!click.Told) due = Earlier(due, click.DueAt);
            foreach (var redemption in Ledger.Redemptions) due = Earlier(due, redemption.Until);
            foreach (var work in Cases) if (work.Open) due = Earlier(due, work.AlarmAt);
            return due;
        }
    }

    static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}

/// <summary>Who the customer is, as far as told.</summary>
public sealed record Profile
{
    public static Profile Unknown { get; } = new();

    public string? Name { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164: + and 2 to 15 digits.</summary>
    public string? Phone { get; init; }

    public Birthday? Birthday { get; init; }

    /// <summary>IANA time zone; the playbook's where unknown.</summary>
    public string? Zone { get; init; }

    /// <summary>BCP 47 language tag, such as en or zh-CN.</summary>
    public string? Locale { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 3166-2, such as US-FL, where the law differs within a country.</summary>
    public string? Region { get; init; }

    public DateTimeOffset? Joined { get; init; }

    /// <summary>Sorted, without doubles.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>At most <see cref="MaxAttributes"/>.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public const int MaxAttributes = 200;
}

/// <summary>The ways a customer can be written to.</summary>
public enum Channel { Email, Sms }

/// <summary>Why a message is sent, which decides the consent, caps and holds it falls under.</summary>
public enum Purpose { Promotional, Service, Transactional }

/// <summary>The customer's word on one channel and purpose, with its proof (GDPR Art. 7(1)): when, where, which wording, by whom.
/// The latest word counts; earlier ones stay in the timeline, proof and all.</summary>
/// <param name="By">Who recorded it: customer, a person of the team, a program; null where that was not told.</param>
/// <param name="ConfirmedAt">When the customer confirmed it through a link in a message to the address itself.</param>
/// <param name="Pending">Given, but not worth anything until it is confirmed (double opt-in).</param>
public sealed record Consent(
    Channel Channel, Purpose Purpose, bool Given, DateTimeOffset At, string Source, string? Wording = null, string? By = null, DateTimeOffset? ConfirmedAt = null, bool Pending = false);

/// <summary>An address that must not be written to on this channel, whatever was consented to.</summary>
public sealed record Suppression(Channel Channel, string Address, string Because, DateTimeOffset At)
{
    /// <summary>The reason that START takes back: the provider keeps a STOP of its own.</summary>
    public const string OptedOut = "the recipient replied STOP";
}

/// <summary>Promotions pause while any hold stands.</summary>
/// <param name="By">The enrollment that holds, the case, the customer, or <see cref="Detractor"/>.</param>
public sealed record Hold(string By, DateTimeOffset Since, DateTimeOffset? Until, string Because)
{
    /// <summary>Holds by an unhappy answer that nobody has made good yet.</summary>
    public const string Detractor = "detractor";
}

/// <summary>A message that counts against the caps.</summary>
/// <param name="To">The address it went to, once it was handed over.</param>
/// <param name="News">What has been told of it, each of which counts once.</param>
public sealed record Sent(string Key, Channel Channel, Purpose Purpose, string Template, DateTimeOffset At, string? To = null, News News = News.None)
{
    /// <summary>It reached nobody, so no cap counts it.</summary>
    public bool Lost => (News & (News.Bounced | News.Failed)) != 0;
}

/// <summary>What may be told of a message that went out.</summary>
[Flags]
public enum News { None = 0, Delivered = 1, Opened = 2, Clicked = 4, Bounced = 8, Complained = 16, Unsubscribed = 32, Failed = 64, OpenedByProgram = 128, ClickedByProgram = 256 }

/// <summary>A link of a message that was followed. People follow one; scanners follow all within seconds, so it takes a moment to tell.</summary>
/// <param name="Key">The outbox entry's key.</param>
/// <param name="DueAt">When it is decided; others that follow until then decide it.</param>
/// <param name="Machine">Not a person's doing, as the provider or the moment says.</param>
/// <param name="Told">It has been decided, and is kept to decide others by.</param>
public sealed record Click(string Key, string Link, DateTimeOffset At, DateTimeOffset DueAt, bool Machine = false, bool Told = false);

/// <summary>How pleased the customer is, from answers and complaints.</summary>
public sealed record Satisfaction
{
    public static Satisfaction Unknown { get; } = new();

    /// <summary>The last answers, newest last, at most <see cref="MaxAnswers"/>.</summary>
    public ImmutableArray<GivenAnswer> Answers { get; init; } = [];

    /// <summary>How many answers were ever given; one that replaces another is none more.</summary>
    public int Given { get; init; }

    /// <summary>Unhappy answers so far, each by its survey's rule of the day.</summary>
    public int Unhappy { get; init; }

    public int Complaints { get; init; }
    public DateTimeOffset? LastComplaint { get; init; }

    public const int MaxAnswers = 20;
}

/// <summary>A reply to a survey.</summary>
public sealed record GivenAnswer(string Survey, int Score, string? Comment, DateTimeOffset At)
{
    /// <summary>Counted from 1 for each customer, and kept by what replaces it; 0 for those from before answers were numbered.</summary>
    public int Number { get; init; }

    /// <summary>Outbox key of the message that asked; empty where it was entered by somebody.</summary>
    public string Ask { get; init; } = "";

    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>By the survey's rule of the day.</summary>
    public bool Unhappy { get; init; }

    public string? By { get; init; }
    public string? Product { get; init; }
    public string? Agent { get; init; }

    /// <summary>The customer's segment of recency and frequency when it was given.</summary>
    public string? Segment { get; init; }
}

/// <summary>A survey that a customer was asked, by the message with this outbox key.</summary>
/// <param name="Product">What the order was for that it asks about, and <paramref name="Agent"/> who worked on the case; null where nobody knows.</param>
public sealed record AskedSurvey(string Survey, string Key, Channel Channel, DateTimeOffset At, string? Product = null, string? Agent = null)
{
    /// <summary>For as long as the links of the message work, an answer is expected.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(90);
}

/// <summary>Who brought the customer, and when that was worth a thank-you.</summary>
/// <param name="By">Id of the customer who did.</param>
/// <param name="KeptAt">When the first order could no longer be returned.</param>
public sealed record Referral(string By, DateTimeOffset At, DateTimeOffset? KeptAt = null);

/// <summary>A coupon in the customer's hands.</summary>
public sealed record Coupon
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>"10%" of an order, or an amount of money such as "5.00".</summary>
    public required string Worth { get; init; }

    public required DateTimeOffset GivenAt { get; init; }
    public required DateTimeOffset ValidUntil { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The redemption that has reserved or used it.</summary>
    public string? Redemption { get; init; }

    /// <summary>The order it was used for.</summary>
    public string? Order { get; init; }

    /// <summary>What was counted as taken off by it, so that giving it back counts off the same; null before it is used, and for coupons used before this was kept.</summary>
    public decimal? Saved { get; init; }

    /// <summary>What it took off the price of an order for which <paramref name="paid"/> was paid.</summary>
    public decimal TakenOff(decimal paid)
    {
        if (!decimal.TryParse(Worth.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out var figure) || figure <= 0) return 0;
        return !Worth.EndsWith('%') ? figure : figure >= 100 ? 0 : Math.Round(paid * figure / (100 - figure), 2);
    }
}
