namespace Cvm;

// Who came to which step in this turn, who left where, and on which day something happened: counted, not told.
sealed partial class Deciding
{
    List<Passage>? passed;

    void Pass(Enrollment e) => (passed ??= []).Add(new(e.Journey, e.Version, e.Step));

    // Null where it is the day of the line itself.
    DateOnly? DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) is var day && day == DateOnly.FromDateTime(now.UtcDateTime) ? null : day;

    void SayEnd(Enrollment e, string outcome, string? because)
    {
        if (e.Step is not (Enrollment.Holdout or "")) (passed ??= []).Add(new(e.Journey, e.Version, e.Step, outcome));
        Say(new(now, Happening.Ended) { Journey = e.Journey, Step = e.Step, Subject = outcome, Because = because });
    }
}
