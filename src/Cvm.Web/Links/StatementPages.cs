using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>A member's points at a signed link, and the way by which friends come. Looking changes nothing.</summary>
static class StatementPages
{
    public static Task<IResult> Show([AsParameters] Bearer bearer, [FromServices] IRecords records, string? before) => bearer.Open(LinkKind.Statement, async guest =>
    {
        long? below = long.TryParse(before, out var number) && number > 0 ? number : null;
        var movements = await MovementPage.Read(records, guest.Link.Customer, below, bearer.Http.RequestAborted);
        return Site.Show<StatementPage>(StatementView.Of(guest, bearer.Links, movements));
    });

    /// <summary>Leads a friend to the page that the playbook names and nowhere else; the shop finds in <c>ref</c> who brought them.</summary>
    public static async Task<IResult> Friend([AsParameters] Bearer bearer)
    {
        if (bearer.Links.Read(bearer.Token, LinkKind.Referral) is not { } link || link.Until < bearer.Now) return bearer.NotFound();
        if ((await bearer.Store.Load(link.Customer, "", bearer.Http.RequestAborted)).Revision == 0) return bearer.NotFound();

        if (bearer.Playbook.Loyalty.Referral.Page is { } page && Uri.TryCreate(page, UriKind.Absolute, out var shop))
            return TypedResults.Redirect(new UriBuilder(shop) { Query = $"{shop.Query.TrimStart('?')}{(shop.Query.Length > 1 ? "&" : "")}ref={bearer.Token}" }.Uri.AbsoluteUri);

        var texts = LinkTexts.In(bearer.Http.Request.Headers.AcceptLanguage.ToString());
        var own = StatementTexts.In(texts);
        return Notice.Of(texts, bearer.Playbook, own.InvitationOver, [own.InvitationOverAbout]).Show(StatusCodes.Status410Gone);
    }
}
