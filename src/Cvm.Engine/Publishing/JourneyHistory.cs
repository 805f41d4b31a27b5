namespace Cvm.Engine;

/// <summary>How a journey came to be as it is: every publication, with who is in its version now.</summary>
public static class JourneyHistory
{
    /// <summary>One publication.</summary>
    /// <param name="People">How many are in this version now, those held out among them; null but for the last publication of a version, so that nobody counts twice.</param>
    /// <param name="Live">Whether it is what is live.</param>
    public sealed record Row(Publication Publication, long? People, bool Live);

    /// <summary>Oldest first.</summary>
    public static ImmutableArray<Row> Of(string journey, LivePlaybook live, IEnumerable<(Tally Tally, long Count)> tallies)
    {
        var history = live.Publications.Where(one => one.Journey == journey).ToList();
        var people = tallies.Where(row => row.Tally.Kind == Tallies.At && row.Tally.Journey == journey).GroupBy(row => Moves.Read(row.Tally.Detail).Version).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
        var now = live.Now.Playbook.Find(journey)?.Version;
        return
        [
            .. history.Select(one => new Row(
                one,
                history.Any(later => later.Version == one.Version && later.Number > one.Number) ? null : people.GetValueOrDefault(one.Version),
                one.Number == history[^1].Number && one.Version == now)),
        ];
    }
}
