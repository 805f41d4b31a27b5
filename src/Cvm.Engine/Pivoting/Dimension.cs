namespace Cvm.Engine;

/// <summary>Something that people are sorted by: a trait, or a number in bands.</summary>
public sealed class Dimension
{
    internal Dimension(Func<PivotImage, PivotMoment, Sorting> over) => Over = over;

    /// <summary>As addresses and commands call it; such as <c>stage</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As people call it.</summary>
    public required string Label { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string About { get; init; }

    /// <summary>All values it can have, none last; empty where they come from the data.</summary>
    public ImmutableArray<PivotValue> Values { get; init; } = [];

    /// <summary>Whether somebody can have several values at once, and so stand in several rows.</summary>
    public bool Several { get; init; }

    internal Func<PivotImage, PivotMoment, Sorting> Over { get; }
}

/// <summary>A value of a dimension.</summary>
/// <param name="Name">As addresses call it; <see cref="None"/> where nothing is known.</param>
/// <param name="Label">As people call it.</param>
public readonly record struct PivotValue(string Name, string Label)
{
    /// <summary>The name of no value.</summary>
    public const string None = "none";
}

/// <summary>What the day and the playbook add to what is known of people.</summary>
/// <param name="Today">As <see cref="DateOnly.DayNumber"/>.</param>
sealed record PivotMoment(Playbook Playbook, int Today);

/// <summary>A dimension over an image at one moment. Values are numbered from 0, which is none.</summary>
sealed class Sorting
{
    /// <summary>Above the highest value.</summary>
    public required int Size { get; init; }

    /// <summary>The code of each row from one on: the value's number itself, or the place in <see cref="Members"/>.</summary>
    public required Action<int, Span<int>> Read { get; init; }

    /// <summary>The values that somebody with this code has; null where a code is a value.</summary>
    public int[][]? Members { get; init; }

    public required Func<int, PivotValue> Value { get; init; }

    /// <summary>The value of this name; -1 where nobody has it.</summary>
    public required Func<string, int> Find { get; init; }

    /// <summary>Where a value stands among the others; none always comes last. By number where null.</summary>
    public Comparison<int>? Order { get; init; }

    /// <summary>How many codes there are.</summary>
    public int Codes => Members?.Length ?? Size;

    /// <summary>By code, whether somebody with it has one of these values.</summary>
    public bool[] Allowed(IEnumerable<string> names)
    {
        var wanted = new bool[Size];
        foreach (var name in names) if (Find(name) is >= 0 and var value) wanted[value] = true;
        return Members is null ? wanted : Array.ConvertAll(Members, members => Array.Exists(members, value => wanted[value]));
    }

    /// <summary>These values in order, none last.</summary>
    public int[] InOrder(IEnumerable<int> values)
    {
        int[] sorted = [.. values];
        Array.Sort(sorted, (a, b) => a == b ? 0 : a == 0 ? 1 : b == 0 ? -1 : Order?.Invoke(a, b) ?? a.CompareTo(b));
        return sorted;
    }
}
