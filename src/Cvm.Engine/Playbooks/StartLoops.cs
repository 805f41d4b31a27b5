namespace Cvm.Engine;

/// <summary>Finds journeys that start each other round and round without anybody resting in between.</summary>
static class StartLoops
{
    public static void Check(IReadOnlyList<WrittenJourney> written, Reading reading)
    {
        var byName = written.ToDictionary(one => one.Journey.Name, StringComparer.Ordinal);

        foreach (var (journey, places, _) in written)
        {
            foreach (var start in journey.Steps.OfType<Step.Start>().Where(start => start.Journey == journey.Name))
                reading.Wrong(
                    places[start.Id],
                    "A journey cannot start itself: the customer is still in it.",
                    "Let it end, and say in 'enter' what starts it again.");

            foreach (var start in AtOnce(journey).Where(start => start.Journey != journey.Name && Reaches(start.Journey, journey.Name, byName)))
                reading.Wrong(
                    places[start.Id],
                    $"'{start.Journey}' leads straight back here, round and round without rest.",
                    "Put a wait before it, or an again-after into one of the journeys.");
        }
    }

    static bool Reaches(string from, string goal, Dictionary<string, WrittenJourney> byName)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);

        while (open.TryPop(out var name))
        {
            if (!byName.TryGetValue(name, out var at) || MayNotReturn(at.Journey) || !seen.Add(name)) continue;
            if (name == goal) return true;
            foreach (var start in AtOnce(at.Journey)) open.Push(start.Journey);
        }

        return false;
    }

    static bool MayNotReturn(Journey journey) => journey.Once || journey.AgainAfter is not null;

    // The start steps that somebody can come to without resting.
    static IEnumerable<Step.Start> AtOnce(Journey journey)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([0]);

        while (open.TryPop(out var index))
        {
            if (index == Step.Done || !seen.Add(index)) continue;
            var step = journey.Steps[index];
            if (step is Step.Start start) yield return start;
            if (!StepWays.Rests(step)) foreach (var next in StepWays.After(step)) open.Push(next);
        }
    }
}
