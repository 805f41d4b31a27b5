using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>Values beside one another under one name; <see cref="double.NaN"/> where there is none.</summary>
public sealed record ChartSeries(string Name, ImmutableArray<double> Values)
{
    /// <summary>Number of the colour, 0 to 4, and of the dash that tells lines apart without it.</summary>
    public int Look { get; init; }

    /// <summary>Drawn thin and broken: what it is compared with.</summary>
    public bool Faint { get; init; }
}

/// <summary>What stands below a place on the axis: the short name is drawn where there is room, the long one is said of it.</summary>
public readonly record struct ChartPlace(string Short, string Long)
{
    const int MostNames = 7;

    /// <summary>Whether the name of a place is drawn: of so few that they do not run into each other, and of the last.</summary>
    public static bool Shows(int place, int places) => (places - 1 - place) % Math.Max(1, (places + MostNames - 1) / MostNames) == 0;

    /// <summary>Where within its place a name stands, from 0 to 1, and what of it stands there. That of the last of many would stand out of the picture.</summary>
    public static (double At, string Anchor) Stands(int place, int places) => place == places - 1 && places > MostNames ? (1, "end") : (0.5, "middle");
}
