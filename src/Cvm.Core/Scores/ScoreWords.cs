using System.Globalization;

namespace Cvm;

/// <summary>Scores in the words of conditions and of people.</summary>
public static class ScoreWords
{
    public static string Of(Stage stage) => stage switch
    {
        Stage.Prospect => "prospect",
        Stage.New => "new",
        Stage.Repeat => "repeat",
        Stage.Mature => "mature",
        Stage.Loyal => "loyal",
        Stage.AtRisk => "at-risk",
        Stage.Lapsed => "lapsed",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage."),
    };

    public static string Of(Band band) => band switch { Band.Low => "low", Band.Middle => "middle", Band.High => "high", _ => throw new ArgumentOutOfRangeException(nameof(band), band, "There is no such band.") };

    public static string Of(Relationship relationship) => relationship switch
    {
        Relationship.General => "general",
        Relationship.Core => "core",
        Relationship.Strategic => "strategic",
        _ => throw new ArgumentOutOfRangeException(nameof(relationship), relationship, "There is no such relationship."),
    };

    public static string Of(Need need) => need switch { Need.Product => "product", Need.Service => "service", Need.Price => "price", _ => throw new ArgumentOutOfRangeException(nameof(need), need, "There is no such need.") };

    /// <summary>What the new scores say and, where it moved, what the old ones said.</summary>
    public static string Moved(Scores was, Scores now)
    {
        var moved = new List<string>();
        Note("chance of staying", was.Alive.ToString("P0", CultureInfo.InvariantCulture), now.Alive.ToString("P0", CultureInfo.InvariantCulture));
        Note("stage", Of(was.Stage), Of(now.Stage));
        Note("segment", was.Segment ?? "none", now.Segment ?? "none");
        Note("rfm", was.Rfm ?? "none", now.Rfm ?? "none");
        Note("value", Of(was.Value), Of(now.Value));
        Note("potential", Of(was.Potential), Of(now.Potential));
        Note("relationship", Of(was.Relationship), Of(now.Relationship));
        Note("need", Of(was.Need), Of(now.Need));
        Note("worth within a year", was.Value365.ToString("0.00", CultureInfo.InvariantCulture), now.Value365.ToString("0.00", CultureInfo.InvariantCulture));
        return string.Join(", ", moved);

        void Note(string name, string before, string after)
        {
            if (was.AsOf is null) moved.Add($"{name} {after}");
            else if (before != after) moved.Add($"{name} {before} to {after}");
        }
    }
}
