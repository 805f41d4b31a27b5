using System.Globalization;

namespace Cvm.Engine;

/// <summary>Reads the dated signals of an example: <c>- 2027-02-21 10:00: { order: { id: o1, amount: 50 } }</c>, in the customer's own time.</summary>
sealed class ExampleSignals(ExampleForm form, string zone)
{
    static readonly string[] Kinds = ["order", "refund", "survey", "complaint", "consent", "opt-out", "case", "task-done", "profile", "delivered", "opened", "clicked", "bounced", "failed", "unsubscribed", "spam-report", "sms", "confirm", "preferences", "redeem", "redemption", "points", "friend-bought", "issue-fixed", "task", "tap", "answer"];

    int number;

    public IEnumerable<ExampleSignal> Read(Node? node)
    {
        if (node is null) yield break;
        if (node is not Node.List list)
        {
            form.Wrong(node.At, "Signals are a list.", "Write: - 2027-02-21 10:00: { order: { id: o1, amount: 50 } }");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is not Node.Map { Entries: [var entry] } || Moment(entry.Key) is not { } at || entry.Value is not Node.Map { Entries: [var what] })
            {
                form.Wrong(item.At, "This is no dated signal.", "Write: - 2027-02-21 10:00: { order: { id: o1, amount: 50 } }");
                continue;
            }

            if (One(what, at, $"example-{++number}") is { } signal) yield return signal;
        }
    }

    DateTimeOffset? Moment(Node.Text text) =>
        DateTime.TryParseExact(text.Value, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? LocalTimes.At(zone, DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment)) : null;

    ExampleSignal? One(Node.Entry what, DateTimeOffset at, string id)
    {
        var (kind, value) = (what.Key.Value, what.Value);
        switch (kind)
        {
            case "order":
                return Order(value, at, id);
            case "refund":
                var refund = form.Map(value, "a refund", ["order", "amount"]);
                return Plain(new Signal.Refunded(id, at, form.Text(refund, "order") ?? "", form.Number(refund, "amount") ?? 0));
            case "survey":
                return Plain(Answered(value, at, id));
            case "tap" or "answer":
                return new ExampleSignal.OfAsking(at, Answered(value, at, id), Tap: kind == "tap");
            case "complaint":
                var complaint = form.Map(value, "a complaint", ["text", "severity"]);
                return Plain(new Signal.Complained(id, at, form.Text(complaint, "text") ?? "", form.Text(complaint, "severity", needed: false) ?? "normal"));
            case "consent" or "opt-out" when value is Node.Text text:
                return form.Consent(text, kind == "consent", at) is { } consent ? Plain(new Signal.Consented(id, at, consent)) : null;
            case "sms" when value is Node.Text text:
                return Plain(new Signal.Texted(id, at, text.Value));
            case "confirm" when value is Node.Text agreement:
                return form.Consent(agreement, given: true, at) is { } agreed ? Plain(new Signal.Confirmed(id, at, agreed.Channel, agreed.Purpose, "customer")) : null;
            case "preferences":
                return Preferred(value, at, id);
            case "redeem" or "redemption" or "points" or "friend-bought":
                return Reward(kind, value, at, id);
            case "issue-fixed":
                var issue = form.Map(value, "an issue", ["issue", "title", "fix"]);
                return Plain(new Signal.IssueFixed(id, at, form.Text(issue, "issue") ?? "", form.Text(issue, "title") ?? "", form.Text(issue, "fix") ?? ""));
            case "case" or "task-done" or "task":
                return Work(kind, value, at, id);
            case "profile":
                return Moved(value, at, id);
            case "delivered" or "opened" or "clicked" or "bounced" or "failed" or "unsubscribed" or "spam-report" when value is Node.Text template:
                return new ExampleSignal.OfMessage(id, at, kind == "spam-report" ? Report.Complained : Enum.Parse<Report>(kind, ignoreCase: true), template.Value);
            default:
                form.Wrong(what.Key.At, $"There is no signal '{kind}' written like this.", Nearest.Hint(kind, Kinds));
                return null;
        }
    }

    ExampleSignal.Plain Order(Node value, DateTimeOffset at, string id)
    {
        var order = form.Map(value, "an order", ["id", "amount", "coupon", "product", "category"]);
        var amount = form.Number(order, "amount") ?? 0;
        var (product, category) = (form.Text(order, "product", needed: false), form.Text(order, "category", needed: false));
        return Plain(new Signal.Ordered(id, at, form.Text(order, "id") ?? "", amount, form.Text(order, "coupon", needed: false))
        {
            Items = product is null && category is null ? [] : [new(product ?? "article", 1, amount, category)],
            Product = product,
        });
    }

    ExampleSignal.Plain? Reward(string kind, Node value, DateTimeOffset at, string id)
    {
        switch (kind)
        {
            case "redeem":
                var asked = form.Map(value, "a redemption", ["id", "points", "coupon"]);
                var coupon = form.Text(asked, "coupon", needed: false);
                return Plain(new Signal.RedemptionAsked(id, at, form.Text(asked, "id") ?? "", coupon is null ? (long)(form.Number(asked, "points") ?? 0) : 0, coupon));
            case "redemption":
                var settled = form.Map(value, "the end of a redemption", ["id", "as", "order"]);
                if (form.Text(settled, "as") is not ("confirmed" or "cancelled") and not null) form.Wrong(settled!.Find("as")!.At, "A redemption ends in one of two ways.", "Write as: confirmed, or as: cancelled.");
                return Plain(new Signal.RedemptionSettled(id, at, form.Text(settled, "id") ?? "", form.Text(settled, "as") == "confirmed", form.Text(settled, "order", needed: false)));
            case "points":
                var points = form.Map(value, "points by hand", ["add", "by", "reason"]);
                return Plain(new Signal.PointsAdjusted(id, at, (long)(form.Number(points, "add") ?? 0), form.Text(points, "by") ?? "", form.Text(points, "reason") ?? ""));
            default:
                var friend = form.Map(value, "a friend", ["email", "phone"]);
                return Plain(new Signal.FriendBought(id, at, form.Text(friend, "email", needed: false), form.Text(friend, "phone", needed: false)));
        }
    }

    Signal.Answered Answered(Node value, DateTimeOffset at, string id)
    {
        var map = form.Map(value, "a survey answer", ["survey", "score", "comment", "reasons", "product", "agent", "by"]);
        return new(id, at, form.Text(map, "survey") ?? "", (int)(form.Number(map, "score") ?? 0), form.Text(map, "comment", needed: false))
        {
            Reasons = [.. form.Texts(map?.Find("reasons")).Select(reason => reason.Value)],
            Product = form.Text(map, "product", needed: false),
            Agent = form.Text(map, "agent", needed: false),
            By = form.Text(map, "by", needed: false),
        };
    }

    ExampleSignal.Plain? Preferred(Node value, DateTimeOffset at, string id)
    {
        var map = form.Map(value, "preferences", ["locale", "zone", "topic-off", "topic-on", "pause", "end-pause"]);
        if (map is null) return null;

        ImmutableArray<string> Topic(string key) => form.Text(map, key, needed: false) is { } topic ? [topic] : [];
        return Plain(new Signal.Preferred(id, at, new()
        {
            Locale = form.Text(map, "locale", needed: false),
            Zone = form.Text(map, "zone", needed: false),
            TopicsOff = Topic("topic-off"),
            TopicsOn = Topic("topic-on"),
            PauseUntil = form.Text(map, "pause", needed: false) is { } days && int.TryParse(days.TrimEnd('d'), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? at.AddDays(count) : null,
            EndPause = form.Text(map, "end-pause", needed: false) is not null,
        }));
    }

    ExampleSignal? Work(string kind, Node value, DateTimeOffset at, string id)
    {
        if (kind == "task-done") return Done(form.Map(value, "a task", ["by", "outcome", "note"]), at, id);
        if (kind == "task") return TaskWork(value, at, id);

        var map = form.Map(value, "work on a case", ["work", "by", "note", "to", "severity", "number"]);
        if (form.Text(map, "work") is not { } text) return null;
        if (CaseWorks.Of(text) is { } work)
            return new ExampleSignal.OfCase(id, at, work, form.Text(map, "by", needed: work != CaseWork.CustomerReplied) ?? CaseEntry.Customer, Maybe("note"), Maybe("to"), Maybe("severity"), Maybe("number"));

        form.Wrong(map!.Find("work")!.At, $"There is no work '{text}'.", Nearest.Hint(text, CaseWorks.Names));
        return null;

        string? Maybe(string key) => form.Text(map, key, needed: false);
    }

    ExampleSignal.OfTask Done(Node.Map? map, DateTimeOffset at, string id)
    {
        var (outcome, note) = (form.Text(map, "outcome", needed: false), form.Text(map, "note", needed: false));
        return new(at, task => new Signal.TaskDone(id, at, task, form.Text(map, "by") ?? "", outcome, note));
    }

    ExampleSignal.OfTask? TaskWork(Node value, DateTimeOffset at, string id)
    {
        var map = form.Map(value, "work on a task", ["work", "by", "to", "until", "note"]);
        if (form.Text(map, "work") is not { } text) return null;

        TaskWork? work = text switch { "assign" => Cvm.TaskWork.Assign, "put-off" => Cvm.TaskWork.PutOff, "cancel" => Cvm.TaskWork.Cancel, _ => null };
        if (work is null) form.Wrong(map!.Find("work")!.At, $"There is no work '{text}' on a task.", "Known: assign, put-off, cancel.");
        var until = map?.Find("until") is Node.Text moment ? Moment(moment) : null;
        if (work == Cvm.TaskWork.PutOff && until is null) form.Wrong(map!.At, "Put off until when?", "Write until: 2027-02-21 10:00.");
        if (work is not { } known) return null;

        return new(at, task => new Signal.TaskWorked(id, at, task, known, form.Text(map, "by") ?? "", form.Text(map, "to", needed: false), until, form.Text(map, "note", needed: false)));
    }

    ExampleSignal.Plain? Moved(Node value, DateTimeOffset at, string id)
    {
        var map = form.Map(value, "a profile", ["name", "email", "phone", "zone", "locale", "country", "region", "referred-by"]);
        if (map is null) return null;

        var profile = new Profile
        {
            Name = form.Text(map, "name", needed: false),
            Email = form.Text(map, "email", needed: false),
            Phone = form.Text(map, "phone", needed: false),
            Zone = form.Text(map, "zone", needed: false),
            Locale = form.Text(map, "locale", needed: false),
            Country = form.Text(map, "country", needed: false),
            Region = form.Text(map, "region", needed: false),
        };
        return Plain(new Signal.Told(id, at, profile, [], form.Text(map, "referred-by", needed: false)));
    }

    static ExampleSignal.Plain Plain(Signal signal) => new(signal);
}
