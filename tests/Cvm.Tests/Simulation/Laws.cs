using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What must hold of one customer after any story, worked out anew from the timeline and from what arrived,
/// without asking the code under test.</summary>
sealed class Laws(int seed, World world, Dossier dossier, List<Line> lines, List<(DateTimeOffset At, Outgoing Message)> arrived, List<(DateTimeOffset At, string Zone)> zones)
{
    public void Check(DateTimeOffset now)
    {
        NobodyIsForgotten(now);
        PointsSum();
        SignalsCountOnce();
        CasesAreSeenTo(now);
        foreach (var (at, message) in arrived.Where(arrival => arrival.Message.Kind is OutboxKind.Email or OutboxKind.Sms))
        {
            if (message.Key.StartsWith("reply:", StringComparison.Ordinal)) MayAnswer(at, message);
            else MayArrive(at, message);
        }

        AnsweredOnce();
        NothingComesAgain();
        NobodyComesThroughAClosedDoor();
        CapsHold();
        NoBirthdayIsSkipped();
        LinesAreNumbered();
    }

    void NobodyIsForgotten(DateTimeOffset now)
    {
        foreach (var enrollment in dossier.Enrollments)
            Assert.True(enrollment.WakeAt > now, $"seed {seed}: {enrollment.Id} rests at {enrollment.Step} until {enrollment.WakeAt:u}");

        foreach (var entry in dossier.Outbox)
            Assert.True(entry.State == OutboxState.InDoubt ? entry.DueAt is null : entry.DueAt > now, $"seed {seed}: {entry.Key} lies in the outbox");

        foreach (var hold in dossier.Holds)
            Assert.True(hold.Until > now || dossier.Enrollments.Any(e => e.Id == hold.By) || dossier.Cases.Any(c => c.Id == hold.By && c.Open), $"seed {seed}: nobody ends the pause of {hold.By}");

        foreach (var click in dossier.Clicks) Assert.True(click.Told || click.DueAt > now, $"seed {seed}: nobody decides about {click}");

        var entered = lines.Count(line => line.What is Happening.Entered or Happening.HeldOut);
        var ended = lines.Count(line => line.What == Happening.Ended);
        Assert.True(entered == ended + dossier.Enrollments.Length, $"seed {seed}: {entered} entered, {ended} ended, {dossier.Enrollments.Length} inside");

        var queued = lines.Where(line => line.What == Happening.Queued).Select(line => line.Key).ToHashSet();
        var settled = lines.Where(line => line.Key is not null && line.What is Happening.Sent or Happening.Failed or Happening.Skipped or Happening.InDoubt).Select(line => line.Key).ToHashSet();
        foreach (var key in queued.Except(settled)) Assert.True(dossier.Outbox.Any(entry => entry.Key == key), $"seed {seed}: {key} was lost");
    }

    void PointsSum()
    {
        var ledger = dossier.Ledger;
        decimal Sum(params Happening[] kinds) => lines.Where(line => kinds.Contains(line.What)).Sum(line => line.Figure ?? 0);

        Assert.True(ledger.Balances, $"seed {seed}: {ledger}");
        Assert.True(ledger.Earned == Sum(Happening.PointsEarned, Happening.PointsGiven), $"seed {seed}: earned");
        Assert.True(ledger.Reversed == Sum(Happening.PointsReversed), $"seed {seed}: reversed");
        Assert.True(ledger.Spent == Sum(Happening.PointsSpent) - Sum(Happening.PointsReturned), $"seed {seed}: spent");
        Assert.True(ledger.Adjusted == Sum(Happening.PointsAdjusted), $"seed {seed}: adjusted");
        Assert.True(ledger.Lots.All(lot => lot.Left > 0) && ledger.Owed >= 0, $"seed {seed}: lots");
    }

    void SignalsCountOnce()
    {
        var orders = world.Signals.Where(signal => signal.Customer == dossier.Customer).Select(signal => signal.Signal).OfType<Signal.Ordered>().DistinctBy(order => order.Id).ToList();

        Assert.True(dossier.Purchases.Orders == orders.Count, $"seed {seed}: {dossier.Purchases.Orders} of {orders.Count} orders");
        Assert.True(dossier.Purchases.Spent == orders.Sum(order => order.Amount), $"seed {seed}: spent");
    }

    void MayArrive(DateTimeOffset at, Outgoing message)
    {
        var channel = message.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms;
        var purpose = Enum.Parse<Purpose>(message.Text);
        var story = $"seed {seed}: {message.Key} at {at:u}";

        // Told by the same lines the customer page shows, up to the moment it was claimed.
        var heard = lines.Where(line => line.At <= at).ToList();
        var word = WordOn(channel, purpose, heard);
        Assert.True(word?.What is Happening.Agreed or Happening.Confirmed || (purpose != Purpose.Promotional && word is null), $"{story}: no consent");

        var pauses = world.Pauses.Where(pause => pause.From <= at && at < pause.Until && (pause.Pause.Journey ?? message.Journey) == message.Journey && pause.Pause.Kind != PauseKind.Drain);
        Assert.True(!pauses.Any(), $"{story}: sending was paused");

        Assert.True(!lines.Any(line => line.What == Happening.Suppressed && line.Channel == channel && line.At < at), $"{story}: suppressed");

        if (purpose == Purpose.Transactional) return;

        Assert.True(ZonesAt(at).Any(zone => Awake(LocalTimes.In(zone, at))), $"{story}: at night");

        var topic = heard.LastOrDefault(line => line.What is Happening.TopicOff or Happening.TopicOn && line.Subject == World.TopicOf(message.Journey));
        Assert.True(topic?.What != Happening.TopicOff, $"{story}: its topic is switched off");
    }

    // Whoever is open holds promotions, climbs in time, and tells each rung once for each time it was opened.
    void CasesAreSeenTo(DateTimeOffset now)
    {
        foreach (var work in dossier.Cases)
        {
            Assert.True(work.AlarmAt is null || (work.Open && work.AlarmAt > now && work.WaitingSince is null), $"seed {seed}: nobody sees to case {work.Id}");
            Assert.True(!work.Open || dossier.Holds.Any(hold => hold.By == work.Id && hold.Until is null), $"seed {seed}: promotions go out while case {work.Id} is open");
            Assert.True(work.History.Length <= Case.MaxHistory && work.History.Sum(entry => entry.Words?.Length ?? 0) <= Case.MaxWords, $"seed {seed}: the history of {work.Id} grows without end");
            var openings = lines.Count(line => line.What is Happening.CaseOpened or Happening.CaseReopened && line.Subject == work.Id);
            foreach (var rung in arrived.Where(arrival => arrival.Message.Kind == OutboxKind.Staff && arrival.Message.Key.StartsWith($"case:{work.Id}/{arrival.Message.Template}/", StringComparison.Ordinal)).GroupBy(arrival => arrival.Message.Template))
                Assert.True(rung.Count() <= openings && rung.Select(arrival => arrival.Message.Key).Distinct().Count() == rung.Count(), $"seed {seed}: {rung.Key} was told {rung.Count()} times of {work.Id}, opened {openings} times");
        }
    }

    // Not even for those who were moved: of one run, each step sends once.
    void NothingComesAgain()
    {
        foreach (var sent in lines.Where(line => line is { What: Happening.Queued, Key: not null, Journey: not null }).GroupBy(line => line.Key![..line.Key!.LastIndexOf('/')]))
            Assert.True(sent.Count() == 1, $"seed {seed}: {sent.Key} was sent {sent.Count()} times");
    }

    void NobodyComesThroughAClosedDoor()
    {
        foreach (var closed in world.Pauses.Where(pause => pause.Pause.Kind != PauseKind.Pause))
            Assert.True(!lines.Any(line => line.What is Happening.Entered or Happening.HeldOut && line.Journey == closed.Pause.Journey && closed.From <= line.At && line.At < closed.Until), $"seed {seed}: {closed.Pause.Journey} was entered");
    }

    static Line? WordOn(Channel channel, Purpose purpose, List<Line> heard)
    {
        var word = heard.LastOrDefault(line => line.What is Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed
            && line.Channel == channel && string.Equals(line.Subject, purpose.ToString(), StringComparison.OrdinalIgnoreCase));

        // What STOP forbade though nobody had agreed to it, START leaves as if nothing had been said.
        var lifted = word is { What: Happening.Withdrew, Because: "SMS, before any agreement" } && heard.FindLastIndex(line => line is { What: Happening.Restored, Channel: Channel.Sms }) > heard.IndexOf(word);
        return lifted ? null : word;
    }

    bool Awake(DateTimeOffset local) => (dossier.Profile.Country, dossier.Profile.Region) switch
    {
        ("FR", _) => local.Hour is >= 8 and < 22 && local.DayOfWeek != DayOfWeek.Sunday && local.Date != new DateTime(2027, 3, 29), // Easter Monday
        (_, "US-FL") => local.Hour is >= 8 and < 20,
        _ => local.Hour is >= 8 and < 21,
    };

    // Only to what was just written, and by whoever has a phone.
    void MayAnswer(DateTimeOffset at, Outgoing message)
    {
        var wish = message.Template switch { "stopped" => "stop", "started" => "start", _ => "help" };
        var asked = lines.Any(line => line.What == Happening.Texted && line.Subject == wish && line.At <= at && at - line.At <= TimeSpan.FromMinutes(5));
        Assert.True(asked, $"seed {seed}: {message.Key} answers nothing at {at:u}");
    }

    void AnsweredOnce()
    {
        foreach (var answers in arrived.Where(arrival => arrival.Message.Key.StartsWith("reply:", StringComparison.Ordinal)).GroupBy(arrival => arrival.Message.Template))
            foreach (var (first, second) in answers.Zip(answers.Skip(1)))
                Assert.True(second.At - first.At >= TimeSpan.FromHours(23.9), $"seed {seed}: {answers.Key} at {first.At:u} and again at {second.At:u}");
    }

    // A customer who moves at the very moment is in both zones.
    IEnumerable<string> ZonesAt(DateTimeOffset at)
    {
        var known = zones.Where(told => told.At <= at).ToList();
        return known.Where(told => told.At == at).Append(known.LastOrDefault(told => told.At < at, known[0])).Select(told => told.Zone);
    }

    void CapsHold()
    {
        // What came back did not reach anybody.
        var bounced = lines.Where(line => line is { What: Happening.Reported, Because: "bounced" or "failed" }).Select(line => line.Key!).ToHashSet();

        foreach (var cap in world.Playbook.Policies.Caps)
        {
            var counted = arrived.Where(arrival => arrival.Message.Kind is OutboxKind.Email or OutboxKind.Sms && !bounced.Contains(arrival.Message.Key))
                .Select(arrival => (arrival.At, Channel: arrival.Message.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms, Purpose: Enum.Parse<Purpose>(arrival.Message.Text)))
                .Where(arrival => cap.Covers(arrival.Channel, arrival.Purpose)).ToList();

            // Transactional messages count but do not obey.
            for (var i = 0; i < counted.Count; i++)
            {
                if (counted[i].Purpose == Purpose.Transactional) continue;
                var before = counted.Take(i).Count(earlier => earlier.At > counted[i].At - cap.Within);
                Assert.True(before < cap.Most, $"seed {seed}: {before + 1} within {cap} at {counted[i].At:u}");
            }
        }
    }

    void NoBirthdayIsSkipped()
    {
        var born = dossier.Profile.Birthday!.Value;
        var (birthday, first, last) = (new DateOnly(2027, born.Month, born.Day), DateOnly.FromDateTime(World.Start.Date).AddDays(2), DateOnly.FromDateTime(World.End.Date).AddDays(-2));
        if (birthday < first || birthday > last) return;

        Assert.True(lines.Count(line => line.What == Happening.Entered && line.Journey == World.Witness.Name) == 1, $"seed {seed}: the birthday of {dossier.Customer} on {birthday:O}");
    }

    void LinesAreNumbered() => Assert.True(dossier.Lines == lines.Count, $"seed {seed}: {dossier.Lines} lines, {lines.Count} kept");
}
