using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>What became of the messages that went out, reckoned from the tallies. Each kind of news counts once for each message.</summary>
/// <param name="Sent">Messages to customers that a provider took.</param>
/// <param name="Emails">Those of them that were e-mails.</param>
/// <param name="Rows">In the order of a message's life; what programs did stands apart.</param>
public sealed record Deliverability(long Sent, long Emails, ImmutableArray<DeliveryRow> Rows)
{
    /// <summary>Gmail wants spam complaints of bulk senders below the first, and never at the second (support.google.com/a/answer/14229414).</summary>
    public const double Watch = 0.001, TooMany = 0.003;

    static (string Report, string Label, bool Program)[] Kinds =>
    [
        ("delivered", T("Delivered"), false), ("opened", T("Opened"), false), ("clicked", T("Followed a link"), false),
        ("bounced", T("Came back: the address does not work"), false), ("failed", T("Did not arrive this time"), false),
        ("unsubscribed", T("Unsubscribed"), false), ("complained", T("Marked as spam"), false),
        ("opened by a program", T("Opened by a program"), true), ("clicked by a program", T("Link followed by a program"), true),
    ];

    public static Deliverability None { get; } = new(0, 0, []);

    public long Complaints => Rows.FirstOrDefault(row => row.Report == "complained")?.Count ?? 0;

    /// <summary>Share of e-mails that were marked as spam.</summary>
    public double Spam => Emails == 0 ? 0 : (double)Complaints / Emails;

    public static Deliverability Of(IEnumerable<(Tally Tally, long Count)> tallies)
    {
        var own = tallies.Where(t => t.Tally.Kind is Tallies.Sent or Tallies.Reported).ToList();
        long Count(string kind, Func<string, bool> of) => own.Where(t => t.Tally.Kind == kind && of(t.Tally.Detail)).Sum(t => t.Count);

        return new(
            Count(Tallies.Sent, channel => channel != "staff"),
            Count(Tallies.Sent, channel => channel == "e-mail"),
            [.. Kinds.Select(kind => new DeliveryRow(kind.Report, kind.Label, Count(Tallies.Reported, report => report == kind.Report), kind.Program)).Where(row => row.Count > 0)]);
    }
}

/// <param name="Report">As the tallies call it.</param>
/// <param name="Program">Says nothing of customers.</param>
public sealed record DeliveryRow(string Report, string Label, long Count, bool Program);
