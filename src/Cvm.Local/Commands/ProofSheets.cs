using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local;

/// <summary>What <c>cvm proof --json</c> prints. Numbers that are not known are left out.</summary>
static class ProofSheets
{
    public static object Of(ProofReport report, string currency) => new
    {
        currency,
        programme = report.Programme.Select(quarter => new { quarter = quarter.Name, ends = quarter.Ends.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), comparison = Of(quarter.Whole) }),
        journeys = report.Journeys.Select(Of),
    };

    public static object Of(JourneyProof proof) => new
    {
        journey = proof.Journey.Name,
        published = proof.Journey.Version,
        perWeek = proof.PerWeek,
        shown = Of(proof.Shown),
        earlier = proof.Earlier.Select(Of),
    };

    static object Of(VersionProof version) => new
    {
        version = version.Version,
        comparison = Of(version.Whole),
        splits = version.Splits.Select(split => new
        {
            step = split.Step,
            mismatch = split.Mismatch,
            best = split.Best?.Name,
            arms = split.Arms.Select(arm => new { arm = arm.Name, share = arm.Share, group = Of(arm.Group) }),
            against = split.Best is not { } best ? [] : split.Arms.Where(arm => arm != best).Select(arm => new { arm = arm.Name, lift = Lifts(split.Between(best, arm)) }),
        }),
    };

    static object Of(Comparison one) => new { finding = one.Finding, says = ProofWords.Verdict(one), mismatch = one.Mismatch, members = Of(one.Group), heldOut = Of(one.Other), lift = Lifts(one) };

    static object Of(MeasuredGroup group) => new
    {
        joined = group.Joined,
        measured = group.Ended,
        goals = group.Goals,
        buyers = group.Buyers,
        orders = group.Orders,
        revenue = Math.Round(group.Revenue.Sum, 2),
        margin = group.Margin,
        discounts = group.Discounts,
        points = group.Points,
        service = group.Service,
        messages = group.Messages,
        profit = Math.Round(group.Profit.Sum, 2),
    };

    static object Lifts(Comparison one) => new { goal = one.HasGoal ? Of(one.Goal, 6) : null, revenue = Of(one.Revenue, 4), profit = Of(one.Profit, 4) };

    static object? Of(Lift lift, int digits) => !double.IsFinite(lift.Value) ? null
        : new { value = Math.Round(lift.Value, digits), low = Finite(lift.Low), high = Finite(lift.High), certain = lift.Certain };

    static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
