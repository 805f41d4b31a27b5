namespace Cvm;

// What providers and links tell of messages that have gone out.
sealed partial class Deciding
{
    // Nobody reads a message before it has arrived; scanners at the receiving end do.
    static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    // Scanners follow every link within seconds of each other; people follow one.
    static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    const int MaxClicks = 50;
    const string ByProgram = " by a program";

    // Whether it is to be heard by journeys.
    bool RecordReport(Signal.Reported report)
    {
        if (!WasHandedOver(report.Key))
        {
            Say(new(now, Happening.Ignored) { Subject = "news of a message", Because = "it has not been handed over yet", Key = report.Key });
            return false;
        }

        SettleBy(report);
        var sent = SentBy(report.Key);
        var machine = report.Machine || (sent is not null && report.At - sent.At < TooSoon);

        switch (report.Report)
        {
            case Report.Accepted: // of use only to settle a doubt
                return false;
            case Report.Clicked:
                Follow(report, machine);
                return false;
            case Report.Opened when machine:
                SayReported(report, News.OpenedByProgram, "opened" + ByProgram);
                return false;
        }

        SayReported(report, NewsOf(report.Report), Word(report.Report));
        switch (report.Report)
        {
            case Report.Unsubscribed:
                Unsubscribe(sent?.Channel ?? report.Channel, sent?.Purpose, report.At);
                break;
            case Report.Bounced or Report.Complained when (sent?.Channel ?? report.Channel) is { } channel:
                // The address that was written to: by now the customer may have told another.
                Suppress(channel, sent?.To ?? report.Address ?? AddressOf(channel), report.Detail ?? (report.Report == Report.Bounced ? "bounced" : "marked as spam"), report.At > now ? now : report.At);
                break;
        }

        return true;
    }

    static string Word(Report report) => report.ToString().ToLowerInvariant();

    static News NewsOf(Report report) => report switch
    {
        Report.Delivered => News.Delivered,
        Report.Opened => News.Opened,
        Report.Clicked => News.Clicked,
        Report.Bounced => News.Bounced,
        Report.Complained => News.Complained,
        Report.Unsubscribed => News.Unsubscribed,
        Report.Failed => News.Failed,
        _ => News.None,
    };

    // An entry that no provider has been called for: nobody can know anything of it.
    bool WasHandedOver(string key) => FindEntry(key) is var at && (at < 0 || dossier.Outbox[at].Attempts > 0);

    // Whatever the provider tells of a message, it has it: so it is not handed over again, even where an answer said to try later.
    // A person of the team may know better.
    void SettleBy(Signal.Reported report)
    {
        if (FindEntry(report.Key) is not (>= 0 and var at)) return;
        if (report is { Report: Report.Failed, By: not null }) Drop(at, Happening.Failed, report.Detail ?? Word(report.Report));
        else Accept(at, new(""));
    }

    // Once for each message: who opens a mail again has not opened two.
    void SayReported(Signal.Reported report, News news, string because)
    {
        var sent = SentBy(report.Key);
        if (sent is not null)
        {
            if ((sent.News & news) != 0) return;
            dossier = dossier with { RecentSends = dossier.RecentSends.Replace(sent, sent with { News = sent.News | news }) };
        }

        Say(new(now, Happening.Reported)
        {
            Journey = JourneyOf(report.Key),
            Subject = sent?.Template,
            Because = because,
            Channel = sent?.Channel ?? report.Channel,
            Key = report.Key,
            Wording = report.Report is Report.Failed or Report.Bounced or Report.Clicked ? report.Detail : null,
            By = report.By,
        });
    }

    // A key begins with the enrollment's id, and that with the journey's name, which has no colon.
    static string? JourneyOf(string key) => key.IndexOf(':') is > 0 and var end && !key.StartsWith("reply:", StringComparison.Ordinal) ? key[..end] : null;

    // Undecided for a moment: another link of the same message that is followed within seconds shows that neither was a person.
    void Follow(Signal.Reported report, bool machine)
    {
        var clicks = dossier.Clicks.RemoveAll(click => click.Told && click.DueAt <= now);
        var click = new Click(report.Key, report.Detail ?? "", report.At, now + Burst, machine);
        if (clicks.Length < MaxClicks) clicks = clicks.Add(click);
        dossier = dossier with { Clicks = clicks };
    }

    // By all that are known of the message, so that it does not matter in which order they came.
    void DecideClicks()
    {
        var known = dossier.Clicks;
        foreach (var click in known)
        {
            if (click.Told || click.DueAt > now) continue;

            dossier = dossier with { Clicks = dossier.Clicks.Replace(click, click with { Told = true, DueAt = now + Burst }) };
            var machine = click.Machine || known.Any(other => Beside(other, click) && other.Link != click.Link);
            var report = new Signal.Reported("", click.At, click.Key, Report.Clicked, click.Link.Length > 0 ? click.Link : null, machine);
            SayReported(report, machine ? News.ClickedByProgram : News.Clicked, machine ? "clicked" + ByProgram : "clicked");
            if (machine || Repeated(click, known)) continue;
            Raise(report);
            Tapped(click);
        }

        Settle();
    }

    static bool Beside(Click other, Click click) => other.Key == click.Key && (other.At - click.At).Duration() <= Burst;

    // A double click is one.
    static bool Repeated(Click click, ImmutableArray<Click> known)
    {
        foreach (var other in known)
        {
            if (ReferenceEquals(other, click)) return false;
            if (Beside(other, click) && other.Link == click.Link) return true;
        }

        return false;
    }

    // By which channel it came may be forgotten; then every channel is meant.
    void Unsubscribe(Channel? by, Purpose? purpose, DateTimeOffset at)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if ((by ?? channel) != channel) continue;
            HearConsent(new(channel, Purpose.Promotional, false, at, "unsubscribe link", By: Customer));
            if (purpose == Purpose.Service) HearConsent(new(channel, Purpose.Service, false, at, "unsubscribe link", By: Customer));
        }
    }
}
