namespace Cvm.Tests.Playbooks;

/// <summary>A journey that looks out for a segment hears of it, from the playbook as it is read.</summary>
public sealed class SegmentEntryTests
{
    [Fact]
    public void Segments_that_a_journey_looks_out_for_are_watched()
    {
        var playbook = SmallPlaybook.With(
            ("segments.yaml", "big: { about: Big., when: spent > 100 }\nnew: { about: New., when: orders == 1 }\nother: { about: Other., when: orders == 2 }"),
            ("journeys/trial/journey.yaml", "journey: trial\nversion: 1\nabout: A trial.\npurpose: service\nenter: { on: segment, of: big }\nsteps:\n  - wait: 7d\n    until: { on: segment, of: new }\n  - end: done")).Playbook!;

        Assert.Equal(["big", "new"], playbook.WatchedSegments.ToArray());
        var dossier = Kernel.Take(playbook, Some.Ann with { Purchases = Purchases.None with { Orders = 3, Spent = 300, Days = 1, First = Some.Now, Last = Some.Now } }, Some.Day(Some.Now), Some.Now).Dossier;
        Assert.Equal("trial", Assert.Single(dossier.Enrollments).Journey);
    }
}
