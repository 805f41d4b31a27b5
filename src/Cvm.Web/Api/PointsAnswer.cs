using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>What a shop shows at its checkout, and points that a person adds or takes off.</summary>
static class PointsAnswer
{
    /// <summary>Camel case; what is not there is left out.</summary>
    public static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Points that can be spent. What is owed stands by itself.</summary>
    public static long Available(Ledger ledger) => Math.Max(0, ledger.Balance);

    /// <summary>What points take off, to the cent and never more than they are worth, such as 5.00.</summary>
    public static string Worth(Playbook playbook, long points) => decimal.Round(points * playbook.Scores.Costs.Point, 2, MidpointRounding.ToZero).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Coupons that a checkout could reserve now, the one that ends first at the head.</summary>
    public static IEnumerable<Coupon> Usable(Dossier dossier, DateTimeOffset now) =>
        dossier.Coupons.Where(coupon => coupon is { UsedAt: null, Redemption: null } && coupon.ValidUntil >= now).OrderBy(coupon => coupon.ValidUntil);

    public static async Task<IResult> Show(string id, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var stored = await store.Living(id, "", stop);
        if (stored.Revision == 0) return Problems.NoCustomer(id);

        var (rules, ledger, now) = (playbook().Playbook, stored.Dossier.Ledger, clock.GetUtcNow());
        var tier = TierProgress.Of(rules.Loyalty, ledger, now);
        return TypedResults.Json(new
        {
            Balance = Available(ledger),
            Worth = Worth(rules, Available(ledger)),
            Pending = ledger.Coming,
            ledger.Reserved,
            ledger.Owed,
            Tier = tier.Present?.Name,
            TierKeptUntil = tier.FallsOn,
            NextTier = tier.Next is { } next ? new { next.Name, tier.Missing, By = rules.Loyalty.TierBy == TierBasis.Spend ? "spend" : "points" } : null,
            Expiring = ledger.Lots is [var first, ..] ? new { Points = first.Left, On = first.Expires } : null,
            Coupons = Usable(stored.Dossier, now).Select(coupon => new { coupon.Code, coupon.Name, coupon.Worth, Until = coupon.ValidUntil }),
        }, Written);
    }

    public static async Task<IResult> Adjust(HttpContext http, string id, TakeSignals take, IStore store, IRecords records)
    {
        var (body, wrong) = await Intake.Body(http, mayBeEmpty: false);
        if (wrong is not null) return wrong;

        var arrival = Intake.Reader(http).Read(IntakeKind.Adjustment, body, id);
        if (arrival.Signal is not Signal.PointsAdjusted asked) return Problems.Wrong(arrival.Problems);
        if ((await store.Load(id, "", http.RequestAborted)).Revision == 0) return Problems.NoCustomer(id);

        var adjusted = await Adjustment.Take(id, asked, take, store, records, http.RequestAborted);
        if (adjusted.Problem is { } problem) return Problems.Of(StatusCodes.Status409Conflict, problem);

        var after = (await store.Living(id, "", http.RequestAborted)).Dossier.Ledger;
        return TypedResults.Json(
            new { Id = asked.Id[SignalIds.Adjustment("").Length..], asked.Points, Balance = Available(after), after.Owed }, Written,
            statusCode: adjusted.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
