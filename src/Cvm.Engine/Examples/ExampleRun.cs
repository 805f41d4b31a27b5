using System.Globalization;
using System.Text;

namespace Cvm.Engine;

/// <summary>Plays an example on the real engine in virtual time and writes down what happened.</summary>
public static class ExampleRun
{
    // Examples show no secrets, and must show the same coupon codes everywhere.
    static readonly ImmutableArray<byte> ExampleKey = [.. "examples"u8];

    /// <summary>The transcript: one line for everything that happened or did not, in the customer's own time, with messages in full.</summary>
    public static async Task<string> Transcript(Example example, LoadedPlaybook playbook, CancellationToken stop)
    {
        var loaded = Live(example, playbook);
        var store = new MemoryStore();
        var clock = new VirtualTime(Start(example));
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock));
        var engine = new CustomerEngine(store, () => loaded, senders, clock);
        var playing = new Playing(engine, new Rounds(store, store, () => loaded, engine, clock), new Sweep(store, store, () => loaded, engine, clock), store, clock);

        return await Transcript(example, loaded, store, store, store, (signals, until) => playing.Play(signals, until, null, null, stop), stop);
    }

    /// <summary>The same on any host: its empty store, and how it plays signals and everything due up to a moment.</summary>
    /// <param name="live">What <see cref="Live"/> gave, with which the host plays.</param>
    public static async Task<string> Transcript(
        Example example, LoadedPlaybook live, IStore store, IRecords records, IMailbox mailbox, PlayUntil play, CancellationToken stop)
    {
        await TellHistory(example, live, store, stop);
        var began = (await store.Load(example.Customer, "", stop)).Dossier.Lines;

        await Play(example, play, store, stop);
        return await Write(example, store, records, mailbox, began, stop);
    }

    /// <summary>When the example begins.</summary>
    public static DateTimeOffset Start(Example example) => LocalTimes.At(example.Zone, example.From, TimeOnly.MinValue);

    /// <summary>The playbook with those journeys that are live in the example.</summary>
    public static LoadedPlaybook Live(Example example, LoadedPlaybook playbook) => playbook with { Playbook = Live(example, playbook.Playbook) };

    static Playbook Live(Example example, Playbook playbook) => playbook with
    {
        CodeKey = ExampleKey,
        Contacts = playbook.Contacts.RemoveAll(plan => !example.Contacts.Contains(plan.Name)),
        Journeys = example.Journeys.IsEmpty ? playbook.Journeys : playbook.Journeys.RemoveAll(journey => !example.Journeys.Contains(journey.Name)),
    };

    // History is told as of when it happened, with no journey live to hear it.
    static async Task TellHistory(Example example, LoadedPlaybook loaded, IStore store, CancellationToken stop)
    {
        var quiet = loaded with { Playbook = loaded.Playbook with { Journeys = [], Contacts = [] } };
        foreach (var signal in example.History.Prepend(example.Told))
        {
            var engine = new CustomerEngine(store, () => quiet, new Dictionary<OutboxKind, ISender>(), new VirtualTime(signal.At));
            await engine.Take(example.Customer, signal, stop);
        }

        // What time alone changes is over before the example begins: points have come, others are gone.
        var eve = example.From.AddDays(-1);
        var night = LocalTimes.At(example.Zone, eve, quiet.Playbook.Policies.DayStarts);
        await new CustomerEngine(store, () => quiet, new Dictionary<OutboxKind, ISender>(), new VirtualTime(night))
            .Take(example.Customer, new Signal.Day($"day:{eve:yyyy-MM-dd}", night, eve, eve.AddDays(-1)), stop);
    }

    static async Task Play(Example example, PlayUntil play, IStore store, CancellationToken stop)
    {
        foreach (var signal in example.Signals)
        {
            // Up to this moment first, so that the newest case or message is there to speak of.
            await play([], signal.At);
            var dossier = (await store.Load(example.Customer, "", stop)).Dossier;
            var known = Known(signal, dossier) ?? throw new ExampleProblem($"At {LocalTimes.In(example.Zone, signal.At):yyyy-MM-dd HH:mm} there is no such message, question, case or task to speak of.");
            await play([(signal.At, example.Customer, known)], signal.At);
        }

        await play([], LocalTimes.At(example.Zone, example.Until.AddDays(1), TimeOnly.MinValue).AddSeconds(-1));
    }

    static Signal? Known(ExampleSignal signal, Dossier dossier) => signal switch
    {
        ExampleSignal.Plain { Signal: Signal.RedemptionAsked { Coupon: { } name } asked } =>
            asked with { Coupon = dossier.Coupons.LastOrDefault(coupon => coupon.Name == name && coupon.UsedAt is null)?.Code ?? name },
        ExampleSignal.Plain { Signal: Signal.Ordered { Coupon: { } name } order } =>
            order with { Coupon = dossier.Coupons.LastOrDefault(coupon => coupon.Name == name && coupon.UsedAt is null)?.Code ?? name },
        ExampleSignal.Plain plain => plain.Signal,
        ExampleSignal.OfMessage report => dossier.RecentSends.LastOrDefault(sent => sent.Template == report.Template) is { } sent
            ? new Signal.Reported(report.Id, report.At, sent.Key, report.Report) : null,
        ExampleSignal.OfAsking { Answer: var answer, Tap: var tap } => dossier.Asked.LastOrDefault(asked => asked.Survey == answer.Survey) is not { } asked ? null
            : tap ? new Signal.Reported(answer.Id, answer.At, asked.Key, Report.Clicked, AnswerLink.Of(answer.Survey, answer.Score))
            : answer with { Ask = asked.Key, Comment = answer.Comment ?? "", By = "customer" },
        ExampleSignal.OfCase work => CaseOf(work, dossier) is { } about
            ? new Signal.CaseWorked(work.Id, work.At, about, work.Work, work.By, work.Note, work.Work == CaseWork.Merge ? $"{dossier.Customer}/{work.To}" : work.To, work.Severity) : null,
        ExampleSignal.OfTask work => dossier.Tasks.LastOrDefault(task => task.Open) is { } task ? work.Of(task.Id) : null,
        _ => null,
    };

    // The newest that is open, unless one is named.
    static string? CaseOf(ExampleSignal.OfCase work, Dossier dossier) => work switch
    {
        { Work: CaseWork.Open } => "",
        { Number: { } number } => $"{dossier.Customer}/{number}",
        _ => dossier.Cases.LastOrDefault(c => c.Open || work.Work is CaseWork.Reopen or CaseWork.CustomerReplied or CaseWork.LinkIssue)?.Id,
    };

    static async Task<string> Write(Example example, IStore store, IRecords records, IMailbox mailbox, long began, CancellationToken stop)
    {
        var text = new StringBuilder().AppendLine(example.Name);
        var mails = (await mailbox.Mails(null, long.MaxValue, int.MaxValue, stop)).ToDictionary(mail => mail.Message.Key);
        DateOnly? day = null;
        var lines = (await records.Timeline(example.Customer, long.MaxValue, int.MaxValue, stop)).Where(pair => pair.Number > began).Select(pair => pair.Line).Reverse().ToList();

        foreach (var line in lines)
        {
            // Queued says nothing that Sent does not say better, what is measured the customer does not notice, and nights that led to nothing are many.
            if (line.What is Happening.Queued or Happening.Measured || (line.What == Happening.Scored && !lines.Exists(other => other.At == line.At && other.Journey is not null && other.What != Happening.Measured))) continue;

            var local = LocalTimes.In(example.Zone, line.At);
            var today = DateOnly.FromDateTime(local.DateTime);
            if (today != day) text.AppendLine().AppendLine(today.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture));
            day = today;

            text.Append("  ").Append(local.ToString("HH:mm", CultureInfo.InvariantCulture)).Append("  ").AppendLine(Sentences.Of(line with { Until = line.Until is { } until ? LocalTimes.In(example.Zone, until) : null }));
            if (line.What == Happening.Sent && mails.TryGetValue(line.Key!, out var mail)) Quote(text, mail.Message);
        }

        return text.AppendLine().AppendLine(Standing(example, (await store.Load(example.Customer, "", stop)).Dossier)).ToString().ReplaceLineEndings("\n");
    }

    static void Quote(StringBuilder text, Outgoing message)
    {
        const string margin = "         | ";
        text.Append(margin).Append("To: ").AppendLine(message.To);
        if (message.Subject != "") text.Append(margin).Append("Subject: ").AppendLine(message.Subject);
        if (message.Segments > 0) text.Append(margin).AppendLine(string.Create(CultureInfo.InvariantCulture, $"SMS segments: {message.Segments}"));
        foreach (var line in message.Text.TrimEnd().Split('\n')) text.Append(margin.TrimEnd()).AppendLine(line.Length == 0 ? "" : $" {line.TrimEnd()}");
    }

    static string Standing(Example example, Dossier dossier)
    {
        var inside = dossier.Enrollments.Select(e => e.Step == Enrollment.Holdout ? $"{e.Journey} (held back)" : $"{e.Journey} at {e.Step}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"At the end of {example.Until:yyyy-MM-dd}: in {(dossier.Enrollments.IsEmpty ? "no journey" : string.Join(", ", inside))}; {dossier.Ledger.Balance} points, tier {dossier.Ledger.Tier ?? "none"}; {dossier.Cases.Count(c => c.Open)} open cases.");
    }
}

/// <summary>Plays signals, which stand in order of time, and everything that becomes due until a moment, where the clock then stands.</summary>
public delegate Task PlayUntil(IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)> signals, DateTimeOffset until);

/// <summary>An example that asks for something that is not there.</summary>
public sealed class ExampleProblem(string message) : Exception(message);

/// <summary>Delivers into a <see cref="MemoryStore"/>.</summary>
public sealed class MemoryMailbox(MemoryStore store, TimeProvider clock) : ISender
{
    public bool RefusesDoubles => true;

    public Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        store.Put(message, clock.GetUtcNow());
        return Task.FromResult<Delivery>(new Delivery.Accepted(message.Key));
    }
}
