using Cvm.Engine;

namespace Cvm.Local;

/// <summary>How the people of the demo shop answer what the engine does: they open, click, reply, use coupons, opt out; and the
/// team works its cases and tasks. Every choice is a hash of names, so that the order of things changes nothing.</summary>
sealed class Reactions(int seed, IReadOnlyDictionary<string, Person> people, IStore store, Func<LoadedPlaybook> playbook, Issues issues, DateTimeOffset end)
{
    readonly DemoTeam team = new(seed, end);
    readonly List<(DateTimeOffset At, Outgoing Message)> fresh = [];
    readonly Lock gate = new();

    /// <summary>Notes a message that was delivered.</summary>
    public void Notice(Outgoing message, DateTimeOffset at)
    {
        lock (gate) fresh.Add((at, message));
    }

    /// <summary>What everybody answers to the messages noticed since the last call.</summary>
    public async ValueTask<IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)>> Take()
    {
        List<(DateTimeOffset At, Outgoing Message)> noticed;
        lock (gate)
        {
            if (fresh.Count == 0) return [];
            noticed = [.. fresh];
            fresh.Clear();
        }

        var signals = new List<(DateTimeOffset At, string Customer, Signal Signal)>();
        foreach (var (at, message) in noticed.OrderBy(pair => pair.Message.Key, StringComparer.Ordinal))
        {
            var stored = await store.Load(message.Customer, "", CancellationToken.None);
            var answers = message.Kind == OutboxKind.Staff ? TeamWork(message, at, stored.Dossier) : Answers(message, at, stored.Dossier);
            signals.AddRange(answers.Where(answer => answer.At < end));
        }

        foreach (var (_, customer, signal) in signals)
            if (signal is Signal.CaseWorked { Work: CaseWork.LinkIssue, To: { } issue } link) await issues.Raise(issue, new(customer, link.Case, link.At, link.By), CancellationToken.None);

        return signals;
    }

    double Roll(string what, Outgoing message) => Chance.Of($"{seed}", what, message.Key);

    IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> Answers(Outgoing message, DateTimeOffset at, Dossier dossier)
    {
        if (message.Kind is not (OutboxKind.Email or OutboxKind.Sms) || !people.TryGetValue(message.Customer, out var person)) yield break;

        if (message.Kind == OutboxKind.Email && Roll("bounce", message) < 0.004)
        {
            yield return Report(message, at.AddMinutes(1), Cvm.Report.Bounced, "mailbox does not exist");
            yield break;
        }

        var read = at.AddHours(0.1 + 20 * Math.Pow(Roll("when", message), 2));
        if (message.Kind == OutboxKind.Email)
        {
            if (Roll("open", message) > 0.55) yield break;
            yield return Report(message, read, Cvm.Report.Opened);
            if (Roll("click", message) < 0.3) yield return Report(message, read.AddMinutes(1), Cvm.Report.Clicked);
        }

        foreach (var answer in Deeds(message, read, dossier, person)) yield return answer;
    }

    IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> Deeds(Outgoing message, DateTimeOffset read, Dossier dossier, Person person)
    {
        var survey = playbook().Playbook.Surveys.Values.FirstOrDefault(survey => survey.Template == message.Template);
        if (survey is not null && Roll("answer", message) < 0.7)
            foreach (var said in new Opinions(seed, survey, message, person, dossier).Say(read.AddMinutes(3))) yield return (said.At, person.Id, said);

        var coupon = dossier.Coupons.LastOrDefault(c => c.UsedAt is null && message.Text.Contains(c.Code, StringComparison.Ordinal));
        if (Roll("buy", message) < (coupon is null ? 0.08 : 0.4))
        {
            var at = read.AddHours(2 + 60 * Roll("delay", message));
            var order = $"{person.Id}-m{Chance.Of(message.Key):F6}"[..^2];
            yield return (at, person.Id, new Signal.Ordered($"order:{order}", at, order, Math.Round((decimal)person.AverageOrder, 2), coupon?.Code) { Product = Opinions.ProductOf(order) });
        }

        if (Roll("stop", message) < 0.004)
        {
            var channel = message.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms;
            yield return (read, person.Id, new Signal.Consented($"stop:{message.Key}", read, new(channel, Purpose.Promotional, false, read, "asked to stop")));
        }
    }

    IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> TeamWork(Outgoing note, DateTimeOffset at, Dossier dossier)
    {
        if (dossier.Cases.LastOrDefault(c => c.Open) is { Escalations: 0, AcknowledgedAt: null } open && note.Text.Contains(open.Id, StringComparison.Ordinal))
            foreach (var work in team.Work(open, at)) yield return (work.At, dossier.Customer, work);

        foreach (var task in dossier.Tasks.Where(task => task.Open && task.Id == note.Key))
        {
            // Most are done in good time, some late.
            var pace = Roll("pace", note);
            var taken = at.AddHours(1 + 5 * Roll("taken", note));
            var done = at.AddHours(pace > 0.8 ? 150 + 100 * Roll("done", note) : 8 + 60 * Roll("done", note));
            var who = Roll("who", note) < 0.5 ? "peter" : "yuki";
            var outcome = task.Outcomes.IsEmpty ? null : task.Outcomes[(int)(task.Outcomes.Length * Math.Pow(Roll("outcome", note), 2))];
            yield return (taken, dossier.Customer, new Signal.TaskWorked($"taken:{task.Id}", taken, task.Id, TaskWork.Assign, who, who));
            yield return (done, dossier.Customer, new Signal.TaskDone($"done:{task.Id}", done, task.Id, who, outcome));
        }
    }

    static (DateTimeOffset, string, Signal) Report(Outgoing message, DateTimeOffset at, Report report, string? detail = null) =>
        (at, message.Customer, new Signal.Reported($"{report}:{message.Key}", at, message.Key, report, detail));
}
