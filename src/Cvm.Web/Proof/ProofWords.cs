using System.Globalization;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>What has been proven, in plain words.</summary>
public static class ProofWords
{
    /// <summary>What can be said of a comparison, in a sentence or two.</summary>
    public static string Verdict(Comparison one) => one.Finding switch
    {
        Finding.Nobody => T("Nobody has entered yet."),
        Finding.NothingToCompare => T("Nobody is held back, so nobody knows what it earns."),
        Finding.Mismatch => Mismatch(one),
        Finding.EarnsMore => T("Earns about {0} more per person, between {1} and {2}.", Money(one.Profit.Value), Money(one.Profit.Low), Money(one.Profit.High)),
        Finding.EarnsLess => T("Earns about {0} less per person, between {1} and {2}.", Money(-one.Profit.Value), Money(-one.Profit.High), Money(-one.Profit.Low)),
        Finding.ReachesMore => T("More reach the goal: between {0} and {1} points more. What that earns is not clear yet.", Points(one.Goal.Low), Points(one.Goal.High)),
        Finding.ReachesLess => T("Fewer reach the goal: between {0} and {1} points fewer. What that costs is not clear yet.", Points(-one.Goal.High), Points(-one.Goal.Low)),
        Finding.NoDifference => T("No difference found yet: between {0} less and {1} more per person.", Money(-one.Profit.Low), Money(one.Profit.High)),
        _ => T("Too early to say."),
    };

    /// <summary>How far the groups are from their shares.</summary>
    public static string Mismatch(Comparison one) => T("The groups do not match their shares: {0} of {1} are held back, which is {2} where the plan says {3}. Something decides besides the lot, so do not trust the difference.",
        Words.Count(one.Other.Joined), Words.Count(one.Other.Joined + one.Group.Joined), Words.Share(one.Other.Joined, one.Other.Joined + one.Group.Joined), Words.Share(1 - (one.Share ?? 1)));

    /// <summary>An interval of money per person, or why there is none.</summary>
    public static string Interval(Lift lift) => lift.Known ? T("{0} to {1}", Signed(lift.Low), Signed(lift.High)) : T("too early");

    /// <summary>An interval in percentage points.</summary>
    public static string PointsInterval(Lift lift) => lift.Known ? T("{0} to {1} points", SignedPoints(lift.Low), SignedPoints(lift.High)) : T("too early");

    /// <summary>Money with its sign; a dash where there is none.</summary>
    public static string Signed(double amount) => !double.IsFinite(amount) ? "–" : Math.Round(amount, 2) switch { 0 => "0.00", > 0 => "+" + Money(amount), _ => "−" + Money(-amount) };

    public static string SignedPoints(double share) => !double.IsFinite(share) ? "–" : Math.Round(share * 100, 1) switch { 0 => "0", > 0 => "+" + Points(share), _ => "−" + Points(-share) };

    /// <summary>Money per person; a dash where there is nobody.</summary>
    public static string Each(double amount) => !double.IsFinite(amount) ? "–" : Math.Round(amount, 2) < 0 ? "−" + Money(-amount) : Money(amount);

    public static string Each(decimal sum, long people) => people == 0 ? "–" : Each((double)sum / people);

    static string Money(double amount) => Words.Money((decimal)Math.Clamp(amount, -1e15, 1e15));

    static string Points(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>What people see of an arm that stands beside the best.</summary>
    public static string Beside(string best, string other, Comparison one) => one.Finding switch
    {
        Finding.EarnsMore => T("{0} earns about {1} more per person than {2}, between {3} and {4}.", best, Money(one.Profit.Value), other, Money(one.Profit.Low), Money(one.Profit.High)),
        Finding.ReachesMore => T("More reach the goal with {0} than with {1}: between {2} and {3} points more.", best, other, Points(one.Goal.Low), Points(one.Goal.High)),
        Finding.ReachesLess => T("More reach the goal with {0} than with {1}: between {2} and {3} points more.", other, best, Points(-one.Goal.High), Points(-one.Goal.Low)),
        Finding.NoDifference => T("No difference found yet between {0} and {1}.", best, other),
        _ => T("Too early to say whether {0} or {1} is better.", best, other),
    };
}
