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
    /// <summary>How many places apart names are drawn, so that they do not run into each other.</summary>
    public static int Apart(int places, int most) => Math.Max(1, (places + most - 1) / most);
}
