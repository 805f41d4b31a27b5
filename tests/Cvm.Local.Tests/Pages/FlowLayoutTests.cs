using Cvm.Web;

namespace Cvm.Local.Tests.Pages;

public sealed class FlowLayoutTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    public static TheoryData<string> Samples => [.. SampleJourneys.Loaded.Playbook.Journeys.Select(journey => journey.Name)];

    [Theory, MemberData(nameof(Seeds))]
    public void A_random_journey_is_drawn_soundly(int seed) => AssertSound(RandomJourney.Of(seed), $"seed {seed}");

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_journey_is_drawn_soundly(string name) => AssertSound(SampleJourneys.Loaded.Playbook.Find(name)!, name);

    [Fact]
    public void Ways_of_a_branch_stand_side_by_side_and_meet_below()
    {
        var journey = SampleJourneys.Loaded.Playbook.Find("win-back")!;

        var boxes = FlowLayout.Of(journey).Boxes.ToDictionary(box => box.Step);

        Assert.Equal(boxes[3].Y, boxes[4].Y);
        Assert.True(boxes[3].X < boxes[4].X);
        Assert.Equal(boxes[2].Middle, boxes[5].Middle);
        Assert.True(boxes[5].Y > boxes[3].Bottom);
    }

    static void AssertSound(Journey journey, string which)
    {
        var flow = FlowLayout.Of(journey);
        var boxes = flow.Boxes.ToDictionary(box => box.Step);

        foreach (var a in flow.Boxes)
        {
            Assert.True(a.X >= 0 && a.Y >= 0 && a.X + a.Width <= flow.Width && a.Bottom <= flow.Height, $"{which}: box {a.Step} is outside");
            foreach (var b in flow.Boxes.Where(b => b.Step > a.Step))
                Assert.False(a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Bottom && b.Y < a.Bottom, $"{which}: boxes {a.Step} and {b.Step} overlap");
        }

        for (var i = 0; i < journey.Steps.Length; i++)
        {
            if (!boxes.ContainsKey(i)) continue;
            Assert.Equal(FlowLayout.Ways(journey.Steps[i]).Select(way => way.To), flow.Edges.Where(edge => edge.From == i).Select(edge => edge.To));
        }

        foreach (var edge in flow.Edges)
        {
            Assert.Equal((boxes[edge.From].Middle, boxes[edge.From].Bottom), edge.Corners[0]);
            Assert.Equal((boxes[edge.To].Middle, boxes[edge.To].Y), edge.Corners[^1]);
            AssertClear(edge, flow, which);
        }
    }

    // Lines go straight across or down, and through no box.
    static void AssertClear(FlowEdge edge, Flow flow, string which)
    {
        for (var i = 1; i < edge.Corners.Length; i++)
        {
            var ((x1, y1), (x2, y2)) = (edge.Corners[i - 1], edge.Corners[i]);
            Assert.True(x1 == x2 ? y2 > y1 : y1 == y2, $"{which}: {edge.From} to {edge.To} goes up or slants");
            foreach (var box in flow.Boxes)
                Assert.False(Math.Max(x1, x2) > box.X && Math.Min(x1, x2) < box.X + box.Width && y2 > box.Y && y1 < box.Bottom, $"{which}: {edge.From} to {edge.To} runs through {box.Step}");
        }
    }
}

/// <summary>Journeys as the compiler would lay them out, with branches within branches, drawn from a seed.</summary>
sealed class RandomJourney(int seed)
{
    static readonly Expression Always = SampleJourneys.Condition("orders > 1");

    readonly Random random = new(seed);
    readonly SortedDictionary<int, Step> steps = [];
    int count;

    public static Journey Of(int seed)
    {
        var draw = new RandomJourney(seed);
        draw.Sequence(draw.random.Next(1, 7), Step.Done, 0);

        return new() { Name = "random", Version = 1, About = "", Purpose = Purpose.Service, Enter = [new("order")], Steps = [.. draw.steps.Values] };
    }

    // Where the sequence begins; its last step leads to what follows the branch around it, and so does an empty one.
    int Sequence(int length, int after, int depth)
    {
        // Numbers are given first, so that each step knows the one that follows it.
        int[] own = [.. Enumerable.Range(count, length)];
        count += length;

        for (var i = 0; i < length; i++)
        {
            var last = i + 1 == length;
            steps[own[i]] = Make(own[i], last ? after : own[i + 1], depth, last);
        }

        return length == 0 ? after : own[0];
    }

    Step Make(int index, int next, int depth, bool last)
    {
        var id = $"s{index}";
        return (depth < 3 ? random.Next(9) : 9) switch
        {
            0 => new Step.If(id, next, Always, Arm(), Arm()),
            1 => new Step.Choose(id, next, [(Always, Arm()), (Always, Arm())], Arm()),
            2 => new Step.Split(id, next, [new("a", 0.3, Arm()), new("b", 0.3, Arm()), new("c", 0.4, Arm())]),
            _ when last && random.Next(4) == 0 => new Step.End(id, "over"),
            _ => new Step.Release(id, next),
        };

        int Arm() => Sequence(random.Next(0, 4), next, depth + 1);
    }
}
