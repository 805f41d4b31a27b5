using System.Reflection;
using System.Text;

namespace Cvm.Tests;

/// <summary>Every kind of step by every kind of signal. A new kind must join, and a changed decision shows in the diff.</summary>
public sealed class DecisionTableTests
{
    static readonly DateTimeOffset Then = Some.Now.AddHours(-1);

    static readonly Dictionary<Type, Signal> Signals = new Signal[]
    {
        new Signal.Told("told", Some.Now, Profile.Unknown with { Country = "FR" }, []),
        new Signal.Consented("no", Some.Now, new(Channel.Email, Purpose.Promotional, false, Some.Now, "test")),
        Some.Order("o1", 50),
        new Signal.Refunded("refund", Some.Now, "o0", 10),
        new Signal.Answered("answer", Some.Now, "csat", 1),
        Some.Complaint(),
        new Signal.Reported("opened", Some.Now, "walk:ann:1/step/1", Report.Opened),
        new Signal.Confirmed("yes", Some.Now, Channel.Email, Purpose.Promotional, "customer"),
        new Signal.Preferred("preferred", Some.Now, new() { TopicsOff = ["news"] }),
        new Signal.Texted("sms", Some.Now, "When do you open?"),
        new Signal.CaseWorked("work", Some.Now, "ann/1", CaseWork.Resolve, "maria", "done"),
        new Signal.IssueFixed("fixed", Some.Now, "slow", "Parcels were slow", "They are fast now"),
        new Signal.TaskDone("done", Some.Now, "task-1", "peter"),
        new Signal.TaskWorked("taskwork", Some.Now, "task-1", TaskWork.Cancel, "peter"),
        new Signal.Merged("merge:bob", Some.Now, Dossier.For("bob") with { Purchases = Purchases.None.With(new("o9", Then, 50), "Europe/Berlin") }, "maria"),
        new Signal.Closed("closed", Some.Now, "bob", "maria"),
        new Signal.HandedOver("handed-over", Some.Now),
        new Signal.Reopened("reopened", Some.Now),
        new Signal.Moved("move:2", Some.Now, "walk", 2, ImmutableSortedDictionary<string, string>.Empty.Add("1/step", "step"), "maria"),
        new Signal.Stopped("stop:walk", Some.Now, "walk", "maria"),
        Some.Day(Some.Now),
        new Signal.Woke(Some.Now),
        new Signal.Joined(Some.Now),
        new Signal.Birthday(Some.Now, 2027, new(2027, 3, 1), 0),
        new Signal.Holiday(Some.Now, "christmas", new(2027, 3, 1), 0),
        new Signal.PointsGained(Some.Now, 10, 10),
        new Signal.PointsExpiring(Some.Now, 10, new(2027, 4, 1)),
        new Signal.TierChanged(Some.Now, null, "silver", true),
        new Signal.CouponUsed(Some.Now, "CODE", "o0"),
        new Signal.TaskMoved(Some.Now, "task-1", TaskMove.Overdue),
        new Signal.CaseMoved(Some.Now, "ann/1", CaseMove.Resolved),
        new Signal.Scored("s2", Some.Now, new Scores { AsOf = new(2027, 3, 1), Model = "bg-nbd 2027-03-01", Rfm = "543", Segment = "loyal", Alive = 0.5 }),
        new Signal.ScoreChanged(Some.Now, Scores.Unknown),
        new Signal.RedemptionAsked("ask", Some.Now, "r1", 40),
        new Signal.RedemptionSettled("settle", Some.Now, "r0", true, "o0"),
        new Signal.PointsAdjusted("adjust", Some.Now, 25, "maria", "the till was down"),
        new Signal.FriendBought("friend", Some.Now),
        new Signal.TierFalling(Some.Now, "silver", new(2027, 5, 1)),
        new Signal.ReferralKept(Some.Now),
        new Signal.SegmentEntered(Some.Now, "big"),
    }.ToDictionary(signal => signal.GetType());

    static readonly Dictionary<Type, Step> Steps = new Step[]
    {
        new Step.Send("step", 1, Some.Sending()),
        new Step.Wait("step", 1, new(Some.Lapse("2d")), new("opened")),
        new Step.If("step", 1, Some.When("orders >= 1"), 1, 2),
        new Step.Choose("step", 1, [(Some.When("open-case"), 1)], 2),
        new Step.Split("step", 1, [new("a", 0.5, 1), new("b", 0.5, 2)]),
        new Step.Ask("step", 1, "csat", Some.Sending("survey"), Some.Lapse("5d")),
        new Step.Give("step", 1, new Gift.Coupon("GIFT", "10%", Some.Lapse("14d"), 0)),
        new Step.Task("step", 1, "agent", "Call {{name}}", Some.Lapse("2d")),
        new Step.Case("step", 1, new CaseStep.Escalate("manager", Some.Lapse("4bh"))),
        new Step.Set("step", 1, ImmutableSortedDictionary<string, string>.Empty, ["vip"], []),
        new Step.Webhook("step", 1, "https://example.com/hook", ["orders"]),
        new Step.Start("step", 1, "other"),
        new Step.Hold("step", 1, Some.Lapse("9d")),
        new Step.Release("step", 1),
        new Step.End("step", "over"),
    }.ToDictionary(step => step.GetType());

    [Fact]
    public void Every_step_meets_every_signal()
    {
        var table = new StringBuilder();

        foreach (var stepType in Kinds(typeof(Step)))
            foreach (var signalType in Kinds(typeof(Signal)))
                table.Append(stepType.Name.PadRight(9)).Append("+ ").Append(signalType.Name.PadRight(15)).Append("-> ").AppendLine(Outcome(Steps[stepType], Signals[signalType]));

        Golden.Check("Kernel/decision-table.txt", table.ToString());
    }

    static IEnumerable<Type> Kinds(Type family) => family.GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(family)).OrderBy(type => type.Name, StringComparer.Ordinal);

    static string Outcome(Step step, Signal signal)
    {
        var journey = Some.Journey("walk", new("started"), step, new Step.Wait("next", Step.Done, new(Some.Lapse("30d")), null), new Step.Wait("else", Step.Done, new(Some.Lapse("30d")), null));
        var other = Some.Journey("other", new("started"), new Step.Wait("rest", Step.Done, new(Some.Lapse("30d")), null));
        var dossier = Standing(step);

        var turn = Kernel.Take(Some.Playbook(journey, other) with { Earlier = [journey with { Version = 2 }] }, dossier, signal, Some.Now);

        var at = turn.Dossier.Enrollments.FirstOrDefault(e => e.Journey == "walk")?.Step ?? "(ended)";
        var queued = turn.Dossier.Outbox.Except(dossier.Outbox).Select(entry => $"{entry.Kind} {entry.Subject}");
        var said = turn.Lines.Select(line => line.What.ToString());
        return $"{at.PadRight(8)} {string.Join(", ", said)}{string.Concat(queued.Select(effect => $" => {effect}"))}".TrimEnd();
    }

    // At the step, due, with one case, task, coupon and message of its own.
    static Dossier Standing(Step step) => Some.Ann with
    {
        Purchases = Purchases.None.With(new("o0", Then, 100, 0, 100), "Europe/Berlin"),
        Ledger = Ledger.Empty.Earn(100, new(2028, 3, 31)).Reserve("r0", 20, Then, Some.Now.AddMinutes(5)),
        Cases = [new() { Id = "ann/1", Subject = "It broke", Severity = "high", OpenedAt = Then, Level = "agent", DueAt = Some.Now }],
        Tasks = [new() { Id = "task-1", For = "agent", Do = "Call", At = Then }],
        Coupons = [new() { Code = "CODE", Name = "GIFT", Worth = "10%", GivenAt = Then, ValidUntil = Some.Now.AddDays(9) }],
        Holds = [new("walk:ann:1", Then, null, "walk")],
        RecentSends = [new("walk:ann:1/step/1", Channel.Email, Purpose.Service, "letter", Then)],
        Enrollments =
        [
            new()
            {
                Id = "walk:ann:1",
                Journey = "walk",
                Version = 1,
                Occurrence = "1",
                EnteredAt = Then,
                EnteredOn = "started",
                Step = step.Id,
                Visit = 2,
                ArrivedAt = Then,
                WakeAt = Some.Now,
                Asked = step is Step.Ask,
                Case = "ann/1",
                Task = "task-1",
                Coupon = "CODE",
            },
        ],
    };
}
