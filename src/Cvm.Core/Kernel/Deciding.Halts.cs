namespace Cvm;

// Drained and stopped journeys, and whatever else keeps somebody out of one.
sealed partial class Deciding
{
    string? Obstacle(Journey journey, Visits? visits, string occurrence)
    {
        if (journey.Purpose == Purpose.Promotional && Kernel.OutOfProgramme(playbook, dossier.Customer)) return Permission.OutOfProgramme;

        foreach (var enrollment in dossier.Enrollments)
            if (enrollment.Journey == journey.Name && !Beside(enrollment, occurrence)) return enrollment.Step == Enrollment.Holdout ? "held back for comparison" : "already in this journey";

        if (playbook.Closed(journey.Name) is { } closed) return closed.Kind == PauseKind.Stop ? StoppedBy(closed) : $"drained by {closed.By}";
        if (visits is null) return dossier.Enrollments.Length >= Kernel.MaxEnrollments ? $"already in {Kernel.MaxEnrollments} journeys" : null;
        if (journey.Once) return "again-after: never";
        if (visits.Occurrences.Contains(occurrence)) return "once per occasion";
        if (journey.AgainAfter is { } pause && pause.After(visits.LastEntered, Zone, playbook.Policies.Hours) > now) return $"again-after: {pause}";

        return dossier.Enrollments.Length >= Kernel.MaxEnrollments ? $"already in {Kernel.MaxEnrollments} journeys" : null;
    }

    // What was done about one issue is to be told whatever is being told of another.
    static bool Beside(Enrollment enrollment, string occurrence) => enrollment.EnteredOn == "issue-fixed" && enrollment.Occurrence != occurrence;

    static string StoppedBy(Pause stop) => $"stopped by {stop.By}";

    // Whoever is woken before the stop has come round to everybody ends here.
    bool EndStopped(Enrollment e)
    {
        if (playbook.Stopped(e.Journey) is not { } stop) return false;

        End(e, "stopped", StoppedBy(stop));
        return true;
    }

    // Everybody inside ends, and what they were to be sent is not sent. Notes to the team and calls of other systems were decided before, and go on.
    void RecordStop(Signal.Stopped stopped)
    {
        foreach (var e in dossier.Enrollments) if (e.Journey == stopped.Journey) End(e, "stopped", $"stopped by {Named(stopped.By) ?? "somebody of the team"}");

        for (var at = dossier.Outbox.Length - 1; at >= 0; at--)
            if (dossier.Outbox[at] is { State: OutboxState.Queued, Channel: not null, Reply: false } entry && entry.Journey == stopped.Journey) Drop(at, Happening.Skipped, Permission.JourneyStopped);
    }
}
