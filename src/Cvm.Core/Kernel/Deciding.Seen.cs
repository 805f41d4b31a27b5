namespace Cvm;

// What the facts were that decided, kept for good with the line that tells of it.
sealed partial class Deciding
{
    string? Saw(Expression? when, Signal? signal, Enrollment? e) => when is null ? null : Seen.Of(View(signal, e), when);

    // All of its cases, because why one holds is also why those before it did not.
    string Saw(Step.Choose choose, Signal? signal, Enrollment e)
    {
        var conditions = new Expression[choose.Cases.Length];
        for (var i = 0; i < conditions.Length; i++) conditions[i] = choose.Cases[i].When;
        return Seen.Of(View(signal, e), conditions);
    }

    Line Entrance(Journey journey, Trigger trigger, Enrollment enrollment, bool heldOut, string? saw) => new(now, heldOut ? Happening.HeldOut : Happening.Entered)
    {
        Journey = journey.Name,
        Subject = enrollment.Occurrence,
        Because = trigger.When is null ? trigger.On : $"{trigger.On} when {trigger.When.Source}",
        Saw = saw,
        Measured = enrollment.Counts ? new(journey.Version, heldOut ? Measured.HeldOut : Measured.Member) : null,
    };
}
