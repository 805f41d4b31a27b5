namespace Cvm.Engine;

/// <summary>Finds what comes too late: waits for days that are over, coupons that have run out, messages after their goal, times at night.</summary>
sealed class TimeProofs(Playbook playbook, JourneyFlow flow, Findings findings, DateTimeOffset now)
{
    readonly Journey journey = flow.Journey;
    readonly JourneyPlaces places = findings.In(flow.Journey);

    public void Check(Func<string, bool> showsCoupon)
    {
        var today = LocalTimes.Day(playbook.Policies.Zone, now);
        foreach (var wait in journey.Steps.OfType<Step.Wait>())
            if (wait.Rest.On is { } date && date <= today) findings.Wrong(places.Step(wait.Id, "wait"), $"{date:yyyy-MM-dd} is over, so nobody waits here.", "Name a day to come, or wait for a span such as 7d.");

        for (var at = 0; at < journey.Steps.Length; at++)
        {
            if (flow.At(at).Impossible) continue;
            if (journey.Steps[at] is Step.Give { Gift: Gift.Coupon coupon }) CheckCoupon(at, coupon, showsCoupon);
            if (SendingOf(journey.Steps[at]) is { } sending) CheckNight(journey.Steps[at], sending);
        }

        CheckGoal();
    }

    /// <summary>What the step sends; null where it sends nothing.</summary>
    public static Sending? SendingOf(Step step) => step switch { Step.Send send => send.Sending, Step.Ask ask => ask.Sending, _ => null };

    // A message that shows the coupon when it holds no more, whatever way is taken.
    void CheckCoupon(int given, Gift.Coupon coupon, Func<string, bool> showsCoupon)
    {
        var least = LeastFrom(given, step => step is Step.Give { Gift: Gift.Coupon });
        var shown = false;

        for (var at = given + 1; at < journey.Steps.Length; at++)
        {
            if (double.IsInfinity(least[at]) || SendingOf(journey.Steps[at]) is not { } sending || !showsCoupon(sending.Template)) continue;
            shown = true;
            if (least[at] < coupon.Valid.Days) continue;
            findings.Wrong(
                places.Step(journey.Steps[at].Id),
                $"'{sending.Template}' shows the coupon {coupon.Name}, which has run out by then: it is valid for {coupon.Valid}, and this comes {Days(least[at])} after it.",
                "Let the coupon be valid for longer, or give it later.");
        }

        if (!shown) findings.Doubt(places.Step(journey.Steps[given].Id), $"No message after this shows the coupon {coupon.Name}, so nobody learns its code.", "Write {{coupon}} into one of them.");
    }

    void CheckGoal()
    {
        if (journey.Goal is not { } goal) return;

        var least = LeastFrom(0, _ => false);
        for (var at = 0; at < journey.Steps.Length; at++)
        {
            if (SendingOf(journey.Steps[at]) is not { } sending || double.IsInfinity(least[at]) || least[at] < goal.Within.Days || flow.At(at).Impossible) continue;
            findings.Doubt(
                places.Step(journey.Steps[at].Id),
                $"'{sending.Template}' goes out {Days(least[at])} after entering at the earliest; the goal counts what happens within {goal.Within}.",
                $"Watch the goal for longer, or send it sooner.");
            return;
        }
    }

    // A message that is due at night waits for the morning, if it is still worth sending then.
    void CheckNight(Step step, Sending sending)
    {
        if ((sending.Purpose ?? journey.Purpose) == Purpose.Transactional || sending.OnLate != OnLate.Skip) return;

        var quiet = playbook.Policies.Quiet;
        var night = Night(quiet);
        var valid = TimeSpan.FromDays(sending.ValidFor.Days);
        if (night == TimeSpan.Zero || sending.ValidFor.Unit is "bh" or "bd") return;

        var at = places.Step(step.Id, sending.At is null ? "valid-for" : "at");
        if (sending.At is { } time)
        {
            var left = quiet.To - time;
            if (left <= night && left > valid && time != quiet.To)
                findings.Wrong(at, $"{time:HH:mm} lies in the quiet hours ({quiet.From:HH:mm} to {quiet.To:HH:mm}), and valid-for {sending.ValidFor} is over before they are: it never goes out.", $"Write at: \"{quiet.To:HH:mm}\", or a longer valid-for.");
            return;
        }

        if (valid < night) findings.Doubt(at, $"valid-for {sending.ValidFor} is shorter than the night ({quiet.From:HH:mm} to {quiet.To:HH:mm}): who comes here in the evening gets nothing.", $"Let it be valid for {Math.Ceiling(night.TotalHours)}h, or name a time of day with 'at'.");
    }

    static TimeSpan Night(QuietHours quiet) => quiet.From == quiet.To ? TimeSpan.Zero : quiet.To - quiet.From; // wraps at midnight

    // Days from coming to a step to coming to each of those after it, at least, by the ways that somebody takes.
    double[] LeastFrom(int start, Func<Step, bool> stops)
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, journey.Steps.Length).ToArray();
        least[start] = 0;
        for (var at = start; at < least.Length; at++)
        {
            if (double.IsInfinity(least[at]) || (at > start && stops(journey.Steps[at]))) continue;
            foreach (var way in flow.From(at)) if (way.To != Step.Done) least[way.To] = Math.Min(least[way.To], least[at] + WalkTimes.Least(journey.Steps[at]));
        }

        return least;
    }

    static string Days(double days) => days switch
    {
        < 1 => $"{days * 24:0.#} hours",
        1 => "1 day",
        _ => $"{days:0.#} days",
    };
}
