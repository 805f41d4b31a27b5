using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local;

/// <summary>How many people and weeks it takes to see a change, before it is tried.</summary>
/// <param name="From">Where the people per week are from, in words.</param>
sealed record TestPlan(JourneyProof Proof, double Effect, double Rate, double HeldOut, double PerWeek, string From)
{
    // Where nothing is known: as many as is usual in a shop, and as many held back as a journey should.
    const double UsualRate = 0.10, UsualHoldout = 0.10;
    const int RehearsedDays = 28;

    public static async Task<TestPlan> Of(JourneyProof proof, double effect, double? rate, double? perWeek, ReadOnlyWorkplace reading, CancellationToken stop)
    {
        if (proof.Journey.Goal is null) throw new UserError($"{proof.Journey.Name} has no goal. Write one under goal, such as goal: {{ on: order, within: 30d }}.");
        var known = rate ?? (double.IsNaN(proof.Rate) ? UsualRate : proof.Rate);
        if (known + effect is <= 0 or >= 1) throw new UserError($"From {Words.Share(known)} there is no change of {ProofWords.SignedPoints(effect)} points. Write a smaller one.");

        var (people, from) = perWeek is { } said ? (said, "as you say") : proof.PerWeek > 0 ? (proof.PerWeek, "as in the last four weeks") : (await Rehearsed(proof.Journey, reading, stop), "in a rehearsal in which customers do again what they did before");
        return new(proof, effect, known, proof.Journey.Holdout > 0 ? proof.Journey.Holdout : UsualHoldout, people, from);
    }

    static async Task<double> Rehearsed(Journey journey, ReadOnlyWorkplace reading, CancellationToken stop)
    {
        var (store, now) = (reading.Store, reading.Clock.GetUtcNow());
        var plan = new RehearsalPlan(reading.Playbook.Playbook, now, RehearsedDays, new HistoryResponses(store, now)) { Model = await Sweep.Model(store, stop) };
        var count = await Screen.Progress("Rehearsing", show => Rehearsal.Play(plan, store, played => show(0, $"{played:N0} customers"), stop));
        return (count.Sum(journey.Name, "entered") + count.Sum(journey.Name, "held out")) * 7.0 / RehearsedDays;
    }

    long People => TestSize.OfRate(Rate, Effect, HeldOut);

    double? Weeks => PerWeek > 0 && People < TestSize.Most ? Math.Ceiling(TestSize.Weeks(People, PerWeek, Proof.Window)) : null;

    public void Print()
    {
        Screen.Print($"{Proof.Journey.Name}: to see {ProofWords.SignedPoints(Effect)} points in who reaches the goal, from {Words.Share(Rate)} without the journey, it takes {(People >= TestSize.Most ? "more people than there are" : Cli.Count(People, "person").Replace("persons", "people", StringComparison.Ordinal))}, of whom {Words.Share(HeldOut)} are held back{(Proof.Journey.Holdout > 0 ? "" : " (nobody is yet: write holdout: 10% into its journey.yaml)")}. In four of five cases it is seen by then.");
        Screen.Print(Weeks is { } weeks ? $"{PerWeek:0.#} enter a week, {From}, and each is measured for {Proof.Window.TotalDays:0.#} days: {Cli.Count((long)weeks, "week")}." : $"Nobody enters, {From}, so it never ends.");
    }

    public object Sheet() => new { journey = Proof.Journey.Name, effect = Effect, rate = Rate, heldOut = HeldOut, people = People, perWeek = PerWeek, weeks = Weeks };
}
