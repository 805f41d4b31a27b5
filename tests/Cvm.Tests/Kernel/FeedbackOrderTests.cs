using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Providers tell in any order, and twice. Whatever the order, the same is known in the end.</summary>
public sealed class FeedbackOrderTests
{
    const string Key = "letter:ann:1/send/1";

    static readonly Playbook Playbook = Some.Playbook(Some.Journey("letter", new("order"), new Step.Send("send", Step.Done, Some.Sending("letter"))));

    static readonly Dictionary<string, Signal[]> Stories = new()
    {
        ["read and left"] = [Told(Report.Accepted, 1), Told(Report.Delivered, 3), Told(Report.Opened, 60), Told(Report.Clicked, 70, "a"), Told(Report.Unsubscribed, 80)],
        ["came back late"] = [Told(Report.Accepted, 1), Told(Report.Delivered, 3), Told(Report.Opened, 4), Told(Report.Bounced, 500, "no such mailbox"), Told(Report.Complained, 900)],
        ["scanned, then read"] = [Told(Report.Delivered, 3), Told(Report.Clicked, 60, "a"), Told(Report.Clicked, 62, "b"), Told(Report.Clicked, 63, "a"), Told(Report.Clicked, 80, "c")],
        ["dropped"] = [Told(Report.Accepted, 1), Told(Report.Failed, 2, "Unsubscribed Address"), Told(Report.Unsubscribed, 2), Said(true, 1), Said(true, 2)],
        ["away and back"] = [Told(Report.Unsubscribed, 80), Said(true, 100), Told(Report.Clicked, 90, "a"), Told(Report.Complained, 95), Said(false, 100)],
        ["stop and start"] = [Text("STOP", 10), Text("START", 20), Text("stop", 15), Told(Report.Delivered, 3), Text("STOPALL", 17)],
        ["start and stop"] = [Text("STOP", 10), Text("START", 20), Text("STOP", 30), Told(Report.Delivered, 3), Text("START", 5)],
    };

    public static IEnumerable<object[]> Beginnings => Stories.Keys.SelectMany(story => new[] { "sent", "in doubt", "claimed", "to be tried again" }.Select(state => (object[])[story, state]));

    static Signal.Reported Told(Report report, int seconds, string? detail = null) => new($"{report}-{seconds}-{detail}", Some.Now.AddSeconds(seconds), Key, report, detail);

    static Signal.Consented Said(bool given, int seconds) =>
        new($"said-{given}-{seconds}", Some.Now.AddSeconds(seconds), new(Channel.Email, Purpose.Promotional, given, Some.Now.AddSeconds(seconds), "preference centre"));

    static Signal.Texted Text(string text, int seconds) => new($"{text}-{seconds}", Some.Now.AddSeconds(seconds), text);

    [Theory, MemberData(nameof(Beginnings))]
    public void The_order_of_the_news_changes_nothing_in_the_end(string story, string state)
    {
        var first = Outcome(Begin(state), Stories[story]);

        foreach (var order in Orders([.. Stories[story]])) Assert.Equal(first, Outcome(Begin(state), order));
    }

    static Dossier Begin(string state)
    {
        var claimed = Kernel.Claim(Playbook, Kernel.Take(Playbook, Some.Ann, Some.Order("o1", 50), Some.Now).Dossier, Key, false, Some.Now).Dossier;
        return state switch
        {
            "sent" => Kernel.Settle(Playbook, claimed, Key, new Delivery.Accepted("ok"), Some.Now).Dossier,
            "in doubt" => Kernel.Settle(Playbook, claimed, Key, new Delivery.Unknown("cut off"), Some.Now).Dossier,
            "to be tried again" => Kernel.Settle(Playbook, claimed, Key, new Delivery.TryLater("busy"), Some.Now).Dossier,
            _ => claimed,
        };
    }

    static IEnumerable<Signal[]> Orders(Signal[] signals)
    {
        if (signals.Length <= 1)
        {
            yield return signals;
            yield break;
        }

        for (var i = 0; i < signals.Length; i++)
            foreach (var rest in Orders([.. signals[..i], .. signals[(i + 1)..]])) yield return [signals[i], .. rest];
    }

    // Each is told a second after the one before, long after it happened, and the host wakes the customer whenever something is due.
    static string Outcome(Dossier dossier, Signal[] signals)
    {
        var (now, tallies, number) = (Some.Now.AddMinutes(20), new Dictionary<Tally, long>(), 1L);

        foreach (var signal in signals)
        {
            now = now.AddSeconds(1);
            Take(signal);
        }

        now = now.AddMinutes(1);
        Take(new Signal.Woke(now));
        return Text(dossier, tallies);

        void Take(Signal signal)
        {
            var turn = Kernel.Take(Playbook, dossier, signal, now);
            Tallies.Add(new(dossier, number++, turn.Dossier, signal.Id, turn.Lines), tallies);
            dossier = turn.Dossier;
        }
    }

    static string Text(Dossier dossier, Dictionary<Tally, long> tallies) => string.Join('\n',
        string.Join(", ", dossier.Suppressions.Select(block => $"{block.Channel} {block.Address}").Order()),
        string.Join(", ", dossier.Consents.Select(word => $"{word.Channel} {word.Purpose} {word.Given} {word.Pending}").Order()),
        string.Join(", ", dossier.Outbox.Where(entry => !entry.Reply).Select(entry => $"{entry.Key} {entry.State}")),
        string.Join(", ", dossier.RecentSends.Select(sent => $"{sent.Key} {sent.News}").Order()),
        string.Join(", ", tallies.Where(pair => pair.Key.Kind is Tallies.Sent or Tallies.Failed or Tallies.Reported).Select(pair => $"{pair.Key.Kind} {pair.Key.Detail} {pair.Value}").Order()));
}
