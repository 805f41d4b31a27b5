using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class LoyaltyPages
{
    public static async Task<IResult> Show(IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var current = playbook().Playbook;
        var today = LocalTimes.Day(current.Policies.Zone, clock.GetUtcNow());
        var report = LoyaltyReport.Of(await LoyaltyReport.Read(records, stop), current, today);
        return Site.Show<LoyaltyPage>(new LoyaltyView(report, current.Policies.Currency, current.Loyalty.ExpireMonths));
    }
}

/// <param name="ExpireMonths">Months for which points are good.</param>
public sealed record LoyaltyView(LoyaltyReport Report, string Currency, int ExpireMonths)
{
    public string Money(decimal amount) => $"{Words.Money(amount)} {Currency}";

    /// <summary>How the expected breakage was found, or why it is not known, in a sentence or two.</summary>
    public string Grounds => Report.Breakage is not { } known
        ? T("Not known yet: no month's points have run their {0}. Until then the full value stands.", Words.Count(ExpireMonths, "month"))
        : known.Months == 1
            ? T("Of the points earned in the one month that last ran its whole time, {0} expired. One month is little to go by.", Words.Share(known.Rate))
            : T("Of the points earned in the {0} months that last ran their whole time, {1} expired; single months from {2} to {3}.", Words.Count(known.Months), Words.Share(known.Rate), Words.Share(known.Lowest), Words.Share(known.Highest));
}
