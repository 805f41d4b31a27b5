using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Where somebody stands in a journey and what they wait for, in words.</summary>
static class Standing
{
    /// <param name="moment">Tells a moment by the reader's clock.</param>
    public static string Of(Enrollment at, Playbook playbook, Func<DateTimeOffset, string> moment)
    {
        if (at.Step == Enrollment.Holdout) return T("Held back for comparison: gets no messages from this journey");
        if (playbook.Find(at.Journey, at.Version)?.Find(at.Step) is not { } step) return T("At '{0}' of version {1}, which the playbook no longer has", at.Step, at.Version);

        var until = at.WakeAt is { } wake ? T(" until {0}", moment(wake)) : "";
        return step switch
        {
            Step.Wait { Until: { } awaited } => T("Waiting{0}, or until {1}", until, JourneyWords.Event(awaited)),
            Step.Wait => T("Waiting{0}", until),
            Step.Ask ask when at.Asked => T("Waiting{0} for an answer to '{1}'", until, ask.Survey),
            Step.Ask or Step.Send when at.WakeAt is { } due => T("{0} on {1}", JourneyWords.Title(step), moment(due)),
            _ => T("At '{0}'{1}", JourneyWords.Title(step), until),
        };
    }
}
