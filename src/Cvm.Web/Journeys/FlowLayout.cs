using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>A journey drawn from top to bottom, in pixels.</summary>
public sealed record Flow(ImmutableArray<FlowBox> Boxes, ImmutableArray<FlowEdge> Edges, int Width, int Height);

/// <param name="Step">Index of the step; <see cref="FlowLayout.Start"/> or <see cref="Step.Done"/> for the two ends.</param>
public readonly record struct FlowBox(int Step, int X, int Y, int Width, int Height)
{
    public int Middle => X + Width / 2;
    public int Bottom => Y + Height;
}

/// <summary>A way from one box to another, along corners.</summary>
/// <param name="Label">The way's name at a branch; null where there is only one way.</param>
public sealed record FlowEdge(int From, int To, string? Label, ImmutableArray<(int X, int Y)> Corners);

/// <summary>Places the steps of a journey. Ways of a branch stand side by side and come together above the step that follows
/// the branch, so boxes never overlap and lines never cross.</summary>
public sealed class FlowLayout
{
    /// <summary>The box above the first step.</summary>
    public const int Start = -2;

    public const int BoxWidth = 256, BoxHeight = 62, EndHeight = 36;
    const int Beside = 28, Below = 34, BelowBranch = 60, Turn = 18, Lane = 60, Edge = 12;

    readonly Journey journey;
    readonly HashSet<int> reachable = [];
    readonly HashSet<int> placed = [];
    readonly Dictionary<int, FlowBox> boxes = [];
    readonly Dictionary<(int Step, int Way), int> lanes = [];

    FlowLayout(Journey journey) => this.journey = journey;

    // A run of steps below one another. Left and Right are how far it reaches from its middle line.
    sealed record Run(ImmutableArray<Node> Nodes, int Left, int Right, int Height);

    // Shift is how far each way's middle line stands from the branch's.
    sealed record Node(int Step, ImmutableArray<(Run Run, int Shift)> Ways, int Left, int Right, int Height);

    public static Flow Of(Journey journey) => new FlowLayout(journey).Draw();

    /// <summary>Where a step leads: the name of each way, where it has several, and the step.</summary>
    public static ImmutableArray<(string? Label, int To)> Ways(Step step) => step switch
    {
        Step.If branch => [(T("yes"), branch.Then), (T("no"), branch.Else)],
        Step.Choose choose => [.. choose.Cases.Select(way => ((string?)way.When.Source, way.Then)), (T("otherwise"), choose.Otherwise)],
        Step.Split split => [.. split.Arms.Select(arm => ((string?)$"{arm.Name} {Words.Share(arm.Share)}", arm.Then))],
        Step.End => [],
        _ => [(null, step.Next)],
    };

    Flow Draw()
    {
        Reach();
        var run = Measure(0, []);
        var middle = Edge + Math.Max(run.Left, BoxWidth / 2);
        var top = Edge + EndHeight + Below;

        boxes[Start] = new(Start, middle - BoxWidth / 2, Edge, BoxWidth, EndHeight);
        Place(run, middle, top);
        var bottom = top + run.Height;
        if (reachable.Contains(Step.Done))
        {
            boxes[Step.Done] = new(Step.Done, middle - BoxWidth / 2, bottom + Below, BoxWidth, EndHeight);
            bottom = boxes[Step.Done].Bottom;
        }

        return new(
            [.. boxes.Values.OrderBy(box => box.Y).ThenBy(box => box.X)],
            [.. Edges()],
            middle + Math.Max(run.Right, BoxWidth / 2) + Edge,
            bottom + Edge);
    }

    void Reach()
    {
        var open = new Stack<int>([0]);
        while (open.TryPop(out var at))
        {
            if (!reachable.Add(at) || at == Step.Done) continue;
            foreach (var (_, to) in Ways(journey.Steps[at])) open.Push(to);
        }
    }

    // A way ends where it meets the step that an enclosing branch leads to.
    Run Measure(int first, ImmutableHashSet<int> meets)
    {
        List<Node> nodes = [];
        for (var at = first; at != Step.Done && !meets.Contains(at) && reachable.Contains(at) && placed.Add(at); at = journey.Steps[at].Next)
        {
            nodes.Add(Measure(at, Ways(journey.Steps[at]), meets.Add(journey.Steps[at].Next)));
        }

        return nodes.Count == 0
            ? new([], Lane / 2, Lane / 2, 0)
            : new([.. nodes], nodes.Max(node => node.Left), nodes.Max(node => node.Right), nodes.Sum(node => node.Height) + (nodes.Count - 1) * Below);
    }

    Node Measure(int step, ImmutableArray<(string? Label, int To)> ways, ImmutableHashSet<int> meets)
    {
        if (ways.Length < 2) return new(step, [], BoxWidth / 2, BoxWidth / 2, BoxHeight);

        var runs = ways.Select(way => Measure(way.To, meets)).ToArray();
        var middles = new int[runs.Length];
        for (var i = 1; i < runs.Length; i++) middles[i] = middles[i - 1] + runs[i - 1].Right + Beside + runs[i].Left;
        var center = middles[^1] / 2;

        return new(
            step,
            [.. runs.Select((run, i) => (run, middles[i] - center))],
            Math.Max(BoxWidth / 2, center + runs[0].Left),
            Math.Max(BoxWidth / 2, middles[^1] - center + runs[^1].Right),
            BoxHeight + BelowBranch + runs.Max(run => run.Height) + Turn);
    }

    void Place(Run run, int middle, int top)
    {
        foreach (var node in run.Nodes)
        {
            boxes[node.Step] = new(node.Step, middle - BoxWidth / 2, top, BoxWidth, BoxHeight);
            for (var way = 0; way < node.Ways.Length; way++)
            {
                lanes[(node.Step, way)] = middle + node.Ways[way].Shift;
                Place(node.Ways[way].Run, middle + node.Ways[way].Shift, top + BoxHeight + BelowBranch);
            }

            top += node.Height + Below;
        }
    }

    IEnumerable<FlowEdge> Edges()
    {
        yield return new(Start, 0, null, Corners(boxes[Start], boxes[0], null));

        foreach (var box in boxes.Values.Where(box => box.Step >= 0).OrderBy(box => box.Step))
        {
            var ways = Ways(journey.Steps[box.Step]);
            for (var way = 0; way < ways.Length; way++)
            {
                int? lane = ways.Length > 1 ? lanes[(box.Step, way)] : null;
                yield return new(box.Step, ways[way].To, ways[way].Label, Corners(box, boxes[ways[way].To], lane));
            }
        }
    }

    // Down; at a branch first across to the way's own lane; and across to the next box just above it.
    static ImmutableArray<(int X, int Y)> Corners(FlowBox from, FlowBox to, int? lane)
    {
        List<(int X, int Y)> corners = [(from.Middle, from.Bottom)];
        if (lane is { } x) corners.AddRange([(from.Middle, from.Bottom + Turn), (x, from.Bottom + Turn)]);
        if (corners[^1].X != to.Middle) corners.AddRange([(corners[^1].X, to.Y - Turn), (to.Middle, to.Y - Turn)]);
        corners.Add((to.Middle, to.Y));
        return [.. corners.Distinct()];
    }
}
