using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>A journey's steps with who came to each, who waits there, and who left there and why, in the order in which people come to them.</summary>
static class JourneyFunnel
{
    /// <summary>The steps of this version; empty where nobody has come to any.</summary>
    public static ImmutableArray<FunnelStep> Of(Journey journey, IReadOnlyList<(Tally Tally, long Count)> tallies)
    {
        var own = tallies.Where(pair => pair.Tally.Journey == journey.Name).ToList();
        var version = journey.Version.ToString(CultureInfo.InvariantCulture);
        var steps = Ordered(journey).Select(place => Make(journey.Steps[place.Step], place.Depth)).ToImmutableArray();
        return steps.All(step => step is { Came: 0, Wait: 0 }) ? [] : steps;

        FunnelStep Make(Step step, int depth)
        {
            var left = own.Where(pair => pair.Tally.Kind == Tallies.Left).Select(pair => (Parts: pair.Tally.Detail.Split('/', 3), pair.Count))
                .Where(one => one.Parts is [var of, var at, _] && of == version && at == step.Id)
                .GroupBy(one => one.Parts[2]).Select(group => (group.Key, Count: group.Sum(one => one.Count))).OrderByDescending(one => one.Count).ThenBy(one => one.Key, StringComparer.Ordinal).ToImmutableArray();
            var (wait, came) = (Count(Tallies.At, step), Count(Tallies.Came, step));

            // Whoever came before steps were counted waits or left all the same.
            return new(JourneyWords.Title(step), Math.Max(came, wait + left.Sum(one => one.Count)), wait, left) { Depth = depth };
        }

        long Count(string kind, Step step) => own.Where(pair => pair.Tally.Kind == kind && pair.Tally.Detail == $"{version}/{step.Id}").Sum(pair => pair.Count);
    }

    // A branch first, then its ways one by one, then what follows where they meet.
    static List<(int Step, int Depth)> Ordered(Journey journey)
    {
        var (all, seen) = (new List<(int, int)>(), new HashSet<int>());
        Follow(0, [], 0);
        return all;

        void Follow(int first, ImmutableHashSet<int> meets, int depth)
        {
            for (var at = first; at != Step.Done && !meets.Contains(at) && seen.Add(at); at = journey.Steps[at].Next)
            {
                all.Add((at, depth));
                if (FlowLayout.Ways(journey.Steps[at]) is { Length: > 1 } ways) foreach (var (_, to) in ways) Follow(to, meets.Add(journey.Steps[at].Next), depth + 1);
            }
        }
    }
}
