using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

static class PointRoutes
{
    /// <summary>Maps what a checkout and a help desk do with points.</summary>
    public static void MapPoints(this IEndpointRouteBuilder routes, TakeSignals take)
    {
        const string All = "/api/customers/{id}/redemptions", One = All + "/{redemption}";
        routes.MapPost(All, (HttpContext http, string id) => Redemptions.Ask(http, id, take)).WithTags("Points")
            .WithSummary("Reserves points or a coupon for a checkout")
            .WithDescription("They are kept for the time that loyalty.yaml says (reserve-for), and go back by themselves where nobody confirms. The same id again is the same redemption.")
            .WithMetadata(new OneObject(Contracts.Redemption), Answers.OfRedemption);
        routes.MapGet(One, (HttpContext http, string id, string redemption) => Redemptions.One(http, id, redemption)).WithTags("Points")
            .WithSummary("How a redemption stands").WithMetadata(Answers.OfStanding);
        routes.MapPost(One + "/confirm", (HttpContext http, string id, string redemption) => Redemptions.Confirm(http, id, redemption, take)).WithTags("Points")
            .WithSummary("Spends what is reserved").WithDescription("The checkout went through. Too late, it is spent all the same where it is still to be had.")
            .WithMetadata(new OneObject(Contracts.Confirmation), Answers.OfConfirmation);
        routes.MapPost(One + "/cancel", (HttpContext http, string id, string redemption) => Redemptions.Cancel(http, id, redemption, take)).WithTags("Points")
            .WithSummary("Gives back what is reserved or spent").WithDescription("The checkout did not go through, or its order was taken back.")
            .WithMetadata(new OneObject(Contracts.Cancellation), Answers.OfCancellation);

        routes.MapGet("/api/customers/{id}/points", PointsAnswer.Show).WithTags("Points")
            .WithSummary("Points, tier and coupons of a customer").WithMetadata(Answers.OfPoints);
        routes.MapPost("/api/customers/{id}/points", (HttpContext http, string id, IStore store, IRecords records) => PointsAnswer.Adjust(http, id, take, store, records)).WithTags("Points")
            .WithSummary("Adds points by hand, or takes some off").WithMetadata(new OneObject(Contracts.Adjustment), Answers.OfAdjustment);
    }
}
