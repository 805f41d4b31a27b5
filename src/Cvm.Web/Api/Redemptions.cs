using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Cvm.Web;

/// <summary>Points and coupons for a shop's checkout: reserved, then spent or given back. Every answer is read from what is on disk, and the same
/// request again gets the same answer, so that a checkout may try again after any failure.</summary>
static class Redemptions
{
    /// <summary>Sets points or a coupon aside: 201, or 200 for the same again, or 409 with the reason.</summary>
    public static async Task<IResult> Ask(HttpContext http, string id, TakeSignals take)
    {
        var (body, wrong) = await Intake.Body(http, mayBeEmpty: false);
        if (wrong is not null) return wrong;

        var arrival = Intake.Reader(http).Read(IntakeKind.Redemption, body, id);
        if (arrival.Signal is not Signal.RedemptionAsked asked) return Problems.Wrong(arrival.Problems);

        var counter = new Counter(http);
        var stored = await counter.Load(id, asked.Id);
        if (stored.Revision == 0) return Problems.NoCustomer(id);
        if (stored.Taken || stored.Dossier.Ledger.Redemption(asked.Redemption) is not null) return counter.Told(stored.Dossier, asked, isNew: false);

        // Nothing is written, so that guessing on and on costs nothing either.
        if (asked.Coupon is not null && stored.Dossier.Ledger.CodesFrom(counter.Now) is not null) return counter.Guessed(stored.Dossier);

        var taking = (await take([(id, asked)], CancellationToken.None))[0];
        return counter.Told((await counter.Load(id)).Dossier, asked, taking == Taking.Taken);
    }

    /// <summary>Spends what is reserved; what has lapsed too, where it is still to be had: the customer has paid.</summary>
    public static Task<IResult> Confirm(HttpContext http, string id, string redemption, TakeSignals take) =>
        Settle(http, id, redemption, take, IntakeKind.Confirmation, state => state is RedemptionState.Reserved or RedemptionState.Lapsed, (known, settled) => known.State switch
        {
            RedemptionState.Confirmed when known.Order == settled.Order => null,
            RedemptionState.Confirmed => $"It was confirmed for the order {known.Order} already.",
            RedemptionState.Cancelled => "It was cancelled before. Ask anew, under another id.",
            RedemptionState.Lapsed => "Its time was over, and what it had kept is gone. Ask anew, under another id.",
            _ => "Nothing is reserved under this id: it was refused.",
        });

    /// <summary>Gives back what is reserved or spent. 200 whenever nothing is kept any more, whatever came before.</summary>
    public static Task<IResult> Cancel(HttpContext http, string id, string redemption, TakeSignals take) =>
        Settle(http, id, redemption, take, IntakeKind.Cancellation, state => state is RedemptionState.Reserved or RedemptionState.Confirmed or RedemptionState.Lapsed, (_, _) => null);

    public static async Task<IResult> One(HttpContext http, string id, string redemption)
    {
        var counter = new Counter(http);
        var (stored, found) = await counter.Find(id, redemption);
        return stored.Revision == 0 ? Problems.NoCustomer(id)
            : found is { } known ? counter.Answer(stored.Dossier, known with { Id = redemption }, StatusCodes.Status200OK)
            : NoRedemption(redemption);
    }

    static async Task<IResult> Settle(
        HttpContext http, string id, string redemption, TakeSignals take, IntakeKind kind, Func<RedemptionState, bool> open, Func<Redemption, Signal.RedemptionSettled, string?> wrongWith)
    {
        var (body, wrong) = await Intake.Body(http, mayBeEmpty: kind == IntakeKind.Cancellation);
        if (wrong is not null) return wrong;

        var arrival = Intake.Reader(http).Read(kind, body, id, redemption);
        if (arrival.Signal is not Signal.RedemptionSettled settled) return Problems.Wrong(arrival.Problems);

        var counter = new Counter(http);
        var (stored, known) = await counter.Find(id, redemption);
        if (stored.Revision == 0) return Problems.NoCustomer(id);
        if (known is not null && open(known.State))
        {
            await take([(id, settled with { Redemption = known.Id })], CancellationToken.None);
            (stored, known) = await counter.Find(id, redemption);
        }

        if (known is null) return NoRedemption(redemption);

        return wrongWith(known, settled) is { } problem ? Problems.Of(StatusCodes.Status409Conflict, problem) : counter.Answer(stored.Dossier, known with { Id = redemption }, StatusCodes.Status200OK);
    }

    static IResult NoRedemption(string id) =>
        Problems.Of(StatusCodes.Status404NotFound, $"This customer has no redemption '{(id.Length <= 64 ? id : id[..64])}'. The last {Ledger.MaxRedemptions} are kept.");

    // What one request needs to look at a dossier and to tell of it.
    sealed class Counter(HttpContext http)
    {
        readonly IStore store = http.RequestServices.GetRequiredService<IStore>();
        readonly Playbook playbook = http.RequestServices.GetRequiredService<Func<LoadedPlaybook>>()().Playbook;

        public DateTimeOffset Now { get; } = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

        public ValueTask<Stored> Load(string customer, string signal = "") => store.Living(customer, signal, http.RequestAborted);

        /// <summary>The redemption that this customer's checkout calls so; one that moved with a merged record may have another name there.</summary>
        public async ValueTask<(Stored Stored, Redemption? Known)> Find(string customer, string redemption)
        {
            var (stored, id) = await store.LivingAs(customer, redemption, http.RequestAborted);
            return (stored, stored.Dossier.Ledger.Redemption(id) ?? stored.Dossier.Ledger.Redemption(redemption));
        }

        public IResult Told(Dossier dossier, Signal.RedemptionAsked asked, bool isNew)
        {
            if (dossier.Ledger.Redemption(asked.Redemption) is not { } known)
                return Problems.Of(StatusCodes.Status409Conflict, "This id was used before, so long ago that nothing is known of it any more. Use another one.");

            var same = asked.Coupon is null ? known.Coupon is null && known.Points == asked.Points : string.Equals(known.Coupon, asked.Coupon, StringComparison.OrdinalIgnoreCase);
            return !same ? Problems.Of(StatusCodes.Status409Conflict, "This id was used before, for something else. Use another one.")
                : known.State != RedemptionState.Refused ? Answer(dossier, known, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
                : known.Problem == Redemption.TooManyWrongCodes ? Guessed(dossier)
                : Problems.Of(StatusCodes.Status409Conflict, $"{Words.Capital(known.Problem ?? "it was refused")}.");
        }

        public IResult Guessed(Dossier dossier)
        {
            var wait = (dossier.Ledger.CodesFrom(Now) ?? Now) - Now;
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Problems.Of(StatusCodes.Status429TooManyRequests, $"{Words.Capital(Redemption.TooManyWrongCodes)}.");
        }

        public JsonHttpResult<RedemptionAnswer> Answer(Dossier dossier, Redemption known, int status)
        {
            if (status == StatusCodes.Status201Created) http.Response.Headers.Location = $"/api/customers/{Uri.EscapeDataString(dossier.Customer)}/redemptions/{Uri.EscapeDataString(known.Id)}";
            var coupon = known.Coupon is null ? null : dossier.Coupons.FirstOrDefault(one => string.Equals(one.Code, known.Coupon, StringComparison.OrdinalIgnoreCase));
            return TypedResults.Json(new RedemptionAnswer(known.Id, Words.Name(known.State))
            {
                Points = known.Coupon is null ? known.Points : null,
                Coupon = known.Coupon,
                Worth = known.Coupon is null ? PointsAnswer.Worth(playbook, known.Points) : coupon?.Worth,
                Until = known.Until,
                Order = known.Order,
                Because = known.Problem,
                Balance = PointsAnswer.Available(dossier.Ledger),
            }, PointsAnswer.Written, statusCode: status);
        }
    }
}

/// <summary>A redemption as the checkout reads it, in this order; what is null is left out.</summary>
sealed record RedemptionAnswer(string Id, string State)
{
    public long? Points { get; init; }
    public string? Coupon { get; init; }

    /// <summary>What it takes off: money such as 5.00, or 10%.</summary>
    public string? Worth { get; init; }

    public DateTimeOffset? Until { get; init; }
    public string? Order { get; init; }
    public string? Because { get; init; }
    public required long Balance { get; init; }
}
