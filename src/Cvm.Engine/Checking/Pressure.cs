namespace Cvm.Engine;

/// <summary>The most messages that one person can get from all journeys together in any 7 days.</summary>
/// <remarks>
/// The theorem. Take one customer who is not merged with another, and any 7 days: from a moment up to, not including, the same moment 7 days later.
/// Count the journeys' messages that are handed to a provider in that time and do not come back. Of each channel and purpose, and of each sum of them,
/// there are at most <see cref="PressureFigure.Most"/>; and beside them, for each journey of <see cref="PressureFigure.Each"/>, at most
/// <see cref="PressureShare.Most"/> for each of its runs that sends in that time. It holds whatever signals come and in whatever order, whatever the
/// customers answer, and whatever providers do: refuse, be busy, or be down; as long as
/// <list type="bullet">
/// <item>the playbook stays this one, and nobody is in a version from before it;</item>
/// <item>outages and pauses hold up no run for more than <see cref="WalkPressure.MostLate"/> days in all;</item>
/// <item>clocks change by at most two hours within a wait, and holidays keep the distance they have within the next three years.</item>
/// </list>
/// Answers by people of the team, and what answers STOP, START and HELP, belong to no journey.
/// A time of day only adds to what lies between two messages, and at least nothing: one that was put off may come just before it, and who moves comes to
/// another clock. That nobody is in more than 20 journeys at once lowers nothing, because one that ends makes room for the next.
/// </remarks>
/// <param name="Figures">Each channel and purpose, each purpose, each channel, and all.</param>
public sealed record Pressure(ImmutableArray<PressureFigure> Figures)
{
    /// <summary>Days of the window.</summary>
    public const int Days = 7;

    /// <summary>All channels and purposes together.</summary>
    public PressureFigure All => Of(null, null);

    /// <summary>The figure of a channel and a purpose; null for any.</summary>
    public PressureFigure Of(Channel? channel, Purpose? purpose) => Figures.First(figure => figure.Channel == channel && figure.Purpose == purpose);
}

/// <summary>The bound of a channel and purpose, null for any.</summary>
/// <param name="Most">Messages in any 7 days, without those of <paramref name="Each"/>.</param>
/// <param name="Uncapped">The same if there were no caps; null where nothing else bounds it.</param>
/// <param name="Shares">The journeys that send them, the most first.</param>
/// <param name="Each">Journeys that no cap and no time bounds: as many runs as there are events, and so many messages for each.</param>
public sealed record PressureFigure(Channel? Channel, Purpose? Purpose, int Most, int? Uncapped, ImmutableArray<PressureShare> Shares, ImmutableArray<PressureShare> Each);

/// <summary>What one journey may send in 7 days, and by which steps.</summary>
/// <param name="Most">Without caps; for one run where it has no bound in all.</param>
/// <param name="Events">What it is entered by, in order of name.</param>
public sealed record PressureShare(string Journey, int Most, ImmutableArray<string> Events, ImmutableArray<PressureStep> Path);

/// <summary>A message on the way that brings the most.</summary>
/// <param name="At">Days after the first of them, at least.</param>
/// <param name="Late">Days that it has to be on its way for the last one to come within the same 7; it is worth sending for longer.</param>
public sealed record PressureStep(string Step, string Template, double At, double Late);
