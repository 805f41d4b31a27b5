namespace Cvm.Engine;

// Whether a message might go: by permission, whose facts other lines of the timeline tell.
sealed partial class LineExplaining
{
    Purpose Purpose => Versions.FirstOrDefault() is not { } journey ? Purpose.Transactional : SendingOf(journey)?.Purpose ?? journey.Purpose;

    Sending? SendingOf(Journey journey) => journey.Find(line.Step ?? "") switch { Step.Send send => send.Sending, Step.Ask ask => ask.Sending, _ => null };

    string By => line.Channel == Channel.Email ? "e-mail" : "SMS";

    LineExplanation MayGo()
    {
        var facts = new List<LineFact>();
        if (line.Channel is not null)
        {
            facts.AddRange(Agreement());
            foreach (var cap in Caps()) facts.Add(new($"{cap.Count} of at most {cap.Cap.Most} within {cap.Cap.Within.TotalDays:0.#} days", $"with this one"));
        }

        return line.What == Happening.Sent
            ? Made($"It had been put in the outbox, every rule of permission still said yes when it was handed over, and the provider took it", facts)
            : Made($"Every rule of permission said yes: reachable, agreed to, no pause, no hold, no quiet hours, under the cap", facts,
                note: line.Journey is null ? (FormattableString)$"It belongs to no journey: it answers something the customer or the team did" : null);
    }

    LineExplanation MayNotGo() => line.Because switch
    {
        Permission.NoEmail or Permission.NoPhone => Made($"A message needs an address: {line.Because}", turns: [$"An address is known"]),
        Permission.Suppressed => Made($"Nothing is sent to an address that is suppressed", Fact($"Suppressed on", Last(one => one.What == Happening.Suppressed && one.Channel == line.Channel)), [$"The address is restored, or another one is known"]),
        Permission.NoConsent or Permission.Withdrawn or Permission.NotConfirmed =>
            Made($"A {Name(Purpose)} {By} needs the customer's agreement: {line.Because}", Agreement(), [line.Because == Permission.NotConfirmed ? (FormattableString)$"The agreement is confirmed" : $"The customer agrees"]),
        Permission.TopicOff => Made($"The customer does not want to hear of this topic", Fact($"Switched off on", Last(one => one.What == Happening.TopicOff)), [$"The customer switches the topic on again"]),
        Permission.Paused or Permission.JourneyPaused => Made($"The team had paused sending: {line.Because}", turns: [$"Sending is resumed"]),
        Permission.OnHold => Made($"No promotion goes to somebody with a hold, such as for an open complaint", Fact($"Held on", Last(one => one.What == Happening.Held)), [$"The hold is over"]),
        Permission.QuietHours => Quiet(),
        Permission.Cap => Capped(),
        Permission.NotValid => Made($"A message is worth sending for a time only, and that was over", Versions.FirstOrDefault() is { } journey && SendingOf(journey) is { } sending ? [new($"valid-for", $"{sending.ValidFor}")] : [],
            [$"It is valid for longer, or shifted when late"]),
        var other => Made($"The rule that said no: {other}"),
    };

    LineExplanation Quiet()
    {
        var quiet = playbook.Policies.QuietFor(dossier.Profile);
        return Made($"Nothing but what somebody asked for goes out in quiet hours, by the customer's own clock",
            [new($"By the customer's clock", $"{line.At}"), new($"Quiet hours", $"{quiet.From:HH\\:mm}–{quiet.To:HH\\:mm}")],
            [$"It is due between {quiet.To:HH\\:mm} and {quiet.From:HH\\:mm}"], note: $"Quiet hours are those of today's policies.yaml");
    }

    LineExplanation Capped()
    {
        var full = Caps().Where(cap => cap.Count >= cap.Cap.Most).ToList();
        var sends = full.SelectMany(cap => cap.Lines).DistinctBy(one => one.Number).Select(one => new LineFact($"'{one.Line.Subject}'", $"{one.Line.At}", one.Number));
        return Made($"Nobody gets more messages than the caps allow", full.Select(cap => new LineFact($"At most {cap.Cap.Most} within {cap.Cap.Within.TotalDays:0.#} days", $"{cap.Count} had gone")).Concat(sends),
            full.Select(cap => (FormattableString)$"{cap.Count - cap.Cap.Most + 1} fewer within {cap.Cap.Within.TotalDays:0.#} days, or a cap of at least {cap.Count + 1}"),
            note: full.Count == 0 ? (FormattableString)$"What had gone before is further back than is looked, or the caps were others then" : $"The caps are those of today's policies.yaml");
    }

    // What had gone by each cap that covers this message, with the message itself where it went.
    IEnumerable<(Cap Cap, int Count, List<(long Number, Line Line)> Lines)> Caps()
    {
        if (line.Channel is not { } channel) yield break;
        foreach (var cap in playbook.Policies.Caps.Where(cap => cap.Covers(channel, Purpose)))
        {
            var gone = timeline.Where(one => one.Line.What == Happening.Queued && one.Line.At > line.At - cap.Within && one.Line.Channel is { } by && cap.Covers(by, PurposeOf(one.Line))).ToList();
            yield return (cap, gone.Count, gone);
        }
    }

    Purpose PurposeOf(Line sent) => sent.Journey is { } name && playbook.Find(name) is { } journey ? journey.Purpose : Purpose.Transactional;

    IEnumerable<LineFact> Agreement()
    {
        var said = Last(one => one.Channel == line.Channel && one.What is Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed
            && (one.Subject is null || one.Subject.Contains(Name(Purpose), StringComparison.OrdinalIgnoreCase)));
        return said is not { } one ? [] : one.Line.What switch
        {
            Happening.Withdrew => Fact($"Agreement withdrawn on", said),
            Happening.ConfirmAsked => Fact($"Agreed on, not confirmed yet", said),
            _ => Fact($"Agreed on", said),
        };
    }

    static string Name(Purpose purpose) => purpose.ToString().ToLowerInvariant();

    LineExplanation Delivered() => line.What switch
    {
        Happening.InDoubt => Made($"The process stopped between handing the message over and hearing of it; nothing in doubt is ever sent again by itself"),
        Happening.Suppressed => Made($"Nothing is sent any more to an address that failed for good, or whose owner said stop: {line.Because}", turns: [$"The address is restored, or another one is known"]),
        Happening.Failed => Made($"The provider refused it, or it was tried until it was no longer valid: {line.Because}"),
        _ => Made($"The provider reported it: {line.Because}", Fact($"Sent on", Last(one => one.What is Happening.Sent or Happening.Queued && one.Subject == line.Subject))),
    };
}
