using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>A step that people come to and leave.</summary>
/// <param name="Came">How many came to it so far.</param>
/// <param name="Wait">How many of them are there now.</param>
/// <param name="Left">How many of them left altogether from there, by why, the commonest first.</param>
public sealed record FunnelStep(string Name, long Came, long Wait, ImmutableArray<(string Why, long Count)> Left)
{
    /// <summary>Steps that only some are sent to stand further in.</summary>
    public int Depth { get; init; }

    public long Gone => Left.Sum(one => one.Count);

    /// <summary>How many have gone on from it.</summary>
    public long Onward => Math.Max(0, Came - Wait - Gone);
}
