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
        var sent = SentBy(report.Key);
        SettleBy(report);

        var machine = report.Machine || (sent is not null && report.At - sent.At < TooSoon);
        switch (report.Report)
        {
            case Report.Opened when machine:
                SayReported(report, sent, "opened" + ByProgram);
                return false;
            case Report.Clicked:
                Follow(report, machine);
                return false;
            case Report.Unsubscribed:
                SayReported(report, sent, "unsubscribed");
                Unsubscribe(sent, report.At);
                return true;
            case Report.Bounced or Report.Complained:
                SayReported(report, sent, Word(report.Report));
                if (sent is not null) Suppress(sent, report.Detail ?? (report.Report == Report.Bounced ? "bounced" : "marked as spam"));
                return true;
            default:
                SayReported(report, sent, Word(report.Report));
                return true;
        }
    }

    static string Word(Report report) => report.ToString().ToLowerInvariant();

    // What nobody knew of, the provider knows.
    void SettleBy(Signal.Reported report)
    {
        var at = FindEntry(report.Key);
        if (at < 0) return;

        if (report.Report is Report.Bounced or Report.Failed) Drop(at, Happening.Failed, report.Detail ?? Word(report.Report));
        else if (dossier.Outbox[at].State != OutboxState.Queued) Accept(at, new(""));
    }

    void SayReported(Signal.Reported report, Sent? sent, string because) => Say(new(now, Happening.Reported)
    {
        Journey = JourneyOf(report.Key),
        Subject = sent?.Template,
        Because = because,
        Channel = sent?.Channel,
        Key = report.Key,
        Wording = report.Report is Report.Failed or Report.Bounced or Report.Clicked ? report.Detail : null,
        By = report.By,
    });

    // A key begins with the enrollment's id, and that with the journey's name, which has no colon.
    static string? JourneyOf(string key) => key.IndexOf(':') is > 0 and var end && !key.StartsWith("reply:", StringComparison.Ordinal) ? key[..end] : null;

    // Undecided for a moment: another link of the same message that is followed within seconds shows that neither was a person.
    void Follow(Signal.Reported report, bool machine)
    {
        var link = report.Detail ?? "";
        var clicks = dossier.Clicks.ToBuilder();

        for (var i = 0; i < clicks.Count; i++)
        {
            var other = clicks[i];
            if (other.Key != report.Key || (other.At - report.At).Duration() > Burst) continue;
            if (other.Link == link) return;
            machine = true;
            clicks[i] = other with { Machine = true };
        }

        if (clicks.Count < MaxClicks) clicks.Add(new(report.Key, link, report.At, now + Burst, machine));
        dossier = dossier with { Clicks = clicks.ToImmutable() };
    }

    void DecideClicks()
    {
        foreach (var click in dossier.Clicks)
        {
            if (click.DueAt > now) continue;

            dossier = dossier with { Clicks = dossier.Clicks.Remove(click) };
            var report = new Signal.Reported("", click.At, click.Key, Report.Clicked, click.Link.Length > 0 ? click.Link : null, click.Machine);
            SayReported(report, SentBy(click.Key), click.Machine ? "clicked" + ByProgram : "clicked");
            if (!click.Machine) Raise(report);
        }

        Settle();
    }

    // By which channel it came may be forgotten; then every channel is meant.
    void Unsubscribe(Sent? from, DateTimeOffset at)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if ((from?.Channel ?? channel) != channel) continue;
            HearConsent(new(channel, Purpose.Promotional, false, at, "unsubscribe link", By: Customer));
            if (from?.Purpose == Purpose.Service) HearConsent(new(channel, Purpose.Service, false, at, "unsubscribe link", By: Customer));
        }
    }
}
