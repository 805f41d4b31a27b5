using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class LoyaltyPages
{
    public static async Task<IResult> Show(IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var current = playbook().Playbook;
        var today = LocalTimes.Day(current.Policies.Zone, clock.GetUtcNow());
        var report = LoyaltyReport.Of(await records.Tallies(LoyaltyReport.Kinds.ToArray(), stop), current, today);
        return Site.Show<LoyaltyPage>(new LoyaltyView(report, current.Policies.Currency, current.Loyalty.ExpireMonths));
    }
}

/// <param name="ExpireMonths">Months for which points are good.</param>
public sealed record LoyaltyView(LoyaltyReport Report, string Currency, int ExpireMonths)
{
    public string Money(decimal amount) => $"{Words.Money(amount)} {Currency}";

    /// <summary>How the expected breakage was found, or why it is not known, in a sentence or two.</summary>
    public string Grounds => Report.Breakage is not { } known
        ? $"Not known yet: no month's points have run their {Words.Count(ExpireMonths, "month")}. Until then the full value stands."
        : $"Of the points earned in {(known.Months == 1 ? "the one month" : $"the {Words.Count(known.Months)} months")} that last ran {(known.Months == 1 ? "its" : "their")} whole time, {Words.Share(known.Rate)} expired"
            + (known.Months == 1 ? ". One month is little to go by." : $"; single months from {Words.Share(known.Lowest)} to {Words.Share(known.Highest)}.");
}
