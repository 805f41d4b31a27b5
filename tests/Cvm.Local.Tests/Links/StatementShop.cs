using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>The shop of links with a member who has been busy.</summary>
static class StatementShop
{
    public static Task<LinkShop> Open(string locale = "en", Func<LoyaltyRules, LoyaltyRules>? loyalty = null) => LinkShop.Open(locale: locale, loyalty: loyalty, journeys: false);

    /// <summary>640 points to spend, 100 reserved, 49 pending, silver, a coupon.</summary>
    public static async Task Fill(LinkShop shop)
    {
        var noon = LinkShop.Noon;
        await Take(new Signal.Ordered("order:o1", noon.AddDays(-20), "o1", 640));
        await Take(new Signal.Ordered("order:o2", noon.AddDays(-1), "o2", 49));
        await Take(new Signal.PointsAdjusted("points:1", noon, 130, "Kim", "a secret of the team"));
        await Take(new Signal.PointsAdjusted("points:2", noon, -10, "Kim", "a secret of the team"));
        await Take(new Signal.RedemptionAsked("ask:1", noon, "cart-1", 20));
        await Take(new Signal.RedemptionSettled("settle:1", noon, "cart-1", true, "o9"));
        await Take(new Signal.RedemptionAsked("ask:2", noon, "cart-2", 100));
        await Change(shop, dossier => dossier with { Coupons = [new() { Code = "BACK10-ANNA", Name = "BACK10", Worth = "10%", GivenAt = noon.AddDays(-4), ValidUntil = noon.AddDays(10) }] });

        Task Take(Signal signal) => shop.Engine.Take(LinkShop.Ann, signal, default);
    }

    public static async Task Change(LinkShop shop, Func<Dossier, Dossier> change)
    {
        var stored = await shop.Store.Load(LinkShop.Ann, "", default);
        Assert.Equal([Landing.Landed], await shop.Store.Commit([new(stored.Dossier, stored.Revision, change(stored.Dossier), "", [])], default));
    }
}
