using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Where somebody stands in a journey and what they wait for, in words.</summary>
static class Standing
{
    /// <param name="moment">Tells a moment by the reader's clock.</param>
    public static string Of(Enrollment at, Playbook playbook, Func<DateTimeOffset, string> moment)
    {
        if (at.Step == Enrollment.Holdout) return "Held back for comparison: gets no messages from this journey";
        if (playbook.Find(at.Journey, at.Version)?.Find(at.Step) is not { } step) return $"At '{at.Step}' of version {at.Version}, which the playbook no longer has";

        var until = at.WakeAt is { } wake ? $" until {moment(wake)}" : "";
        return step switch
        {
            Step.Wait { Until: { } awaited } => $"Waiting{until}, or until {JourneyWords.Event(awaited)}",
            Step.Wait => $"Waiting{until}",
            Step.Ask ask when at.Asked => $"Waiting{until} for an answer to '{ask.Survey}'",
            Step.Ask or Step.Send when at.WakeAt is { } due => $"{JourneyWords.Title(step)} on {moment(due)}",
            _ => $"At '{JourneyWords.Title(step)}'{until}",
        };
    }
}
