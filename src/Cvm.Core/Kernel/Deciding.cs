namespace Cvm;

/// <summary>The scratch pad of one turn. Mutable inside, gone when the turn is made.</summary>
sealed partial class Deciding
{
    readonly Playbook playbook;
    readonly DateTimeOffset now;
    readonly Dossier before;
    readonly List<Line> lines = [];
    Dossier dossier;
    Queue<Signal>? raised;
    Queue<(string Journey, string By)>? starts;
    int moves;

    public Deciding(Playbook playbook, Dossier dossier, DateTimeOffset now) =>
        (this.playbook, this.dossier, before, this.now) = (playbook, dossier, dossier, now);

    string Zone => playbook.ZoneOf(dossier);

    public Turn Take(Signal signal)
    {
        // A day that was already seen in another zone.
        if (signal is Signal.Day day && day.Date <= dossier.DaySeen) return Made();
        if (dossier.MergedInto is not null) return HandOver(signal);

        CloseWindows(signal);
        LapseReservations();
        if (Record(signal)) Happen(signal);
        Settle();

        if (signal is Signal.Woke)
        {
            DecideClicks();
            TellOverdue();
            WalkDue();
        }

        return Made();
    }

    public string? Obstacle(Journey journey) => Obstacle(journey, VisitsTo(journey.Name), "");

    // Whatever steps have raised or started, until it is quiet.
    void Settle()
    {
        while (true)
        {
            if (raised is { Count: > 0 }) Happen(raised.Dequeue());
            else if (starts is { Count: > 0 }) Start(starts.Dequeue());
            else return;
        }
    }

    void WalkDue()
    {
        ReleaseOverdue();
        ClimbDue();
        Settle();

        // What is left stays due for the next turn.
        for (var walks = 0; walks < Kernel.MaxMoves && NextDue() is { } enrollment; walks++)
        {
            moves = 0; // one that runs in circles must not stop those that wake beside it
            Walk(enrollment, Arrival.Woke, null);
            Settle();
        }
    }

    Enrollment? NextDue()
    {
        Enrollment? next = null;
        foreach (var enrollment in dossier.Enrollments)
            if (enrollment.WakeAt <= now && (next is null || enrollment.WakeAt < next.WakeAt)) next = enrollment;
        return next;
    }

    Turn Made()
    {
        if (lines.Count > 0) dossier = dossier with { Lines = dossier.Lines + lines.Count };
        return new(dossier, [.. lines], !ReferenceEquals(before, dossier)) { Passed = passed is null ? [] : [.. passed] };
    }

    void Raise(Signal signal) => (raised ??= new()).Enqueue(signal);

    void Say(Line line) => lines.Add(line);

    View View(Signal? signal, Enrollment? enrollment) => new(playbook, dossier, signal, enrollment, now);

    // Room for one more: what is over goes first, then the oldest.
    static ImmutableArray<T> RoomIn<T>(ImmutableArray<T> known, int most, Func<T, bool> over)
    {
        if (known.Length < most) return known;
        for (var i = 0; i < known.Length; i++) if (over(known[i])) return known.RemoveAt(i);
        return known.RemoveAt(0);
    }

    static string Excerpt(string? text) => text is null ? "" : Clip(text, 200);

    // Never half a character.
    static string Clip(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
