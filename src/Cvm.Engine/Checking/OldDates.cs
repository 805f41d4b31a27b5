namespace Cvm.Engine;

/// <summary>Finds dates beside the journeys that are over.</summary>
static class OldDates
{
    public static void Check(Playbook playbook, Findings findings, DateTimeOffset now)
    {
        var today = LocalTimes.Day(playbook.Policies.Zone, now);

        foreach (var multiplier in playbook.Loyalty.Multipliers)
            if (multiplier.Until < today) findings.Doubt(findings.Of("loyalty.yaml", "multipliers", multiplier.Name), $"The multiplier '{multiplier.Name}' ended on {multiplier.Until:yyyy-MM-dd}.", "Name a day to come, or take it out.");

        if (IsOver(playbook.Policies.Hours)) Tell(findings.Of("policies.yaml", "hours", "holidays"));
        foreach (var team in playbook.Service.Teams) if (IsOver(team.Hours)) Tell(findings.Of("service.yaml", "teams", team.Name, "hours", "holidays"));

        bool IsOver(BusinessHours hours) => hours.Holidays.Count > 0 && hours.Holidays.Max() < today;

        void Tell(Where at) => findings.Doubt(at, "All of these holidays are over, so clocks run through those to come.", "Add the days of this year and the next.");
    }
}
