using Cvm.Engine;
using Cvm.Local.Tests.Links;

namespace Cvm.Local.Tests.Cases;

/// <summary>A shop with a case of Ann's, and what a test needs to work it.</summary>
static class CaseShop
{
    public const string Id = "ann/1", Page = "/cases/ann/1";

    public static async Task<LinkShop> Open(string? locale = "en", string complaint = "The kettle leaks")
    {
        var shop = await LinkShop.Open(locale: locale);
        await shop.Engine.Take(LinkShop.Ann, new Signal.Complained("complaint:k1", LinkShop.Noon, complaint, "normal"), default);
        return shop;
    }

    public static async Task<Case> Case(this LinkShop shop, string id = Id) => CaseActs.Find(await shop.Dossier(), id)!;

    public static Task<Taking> Work(this LinkShop shop, CaseWork work, string? note = null, string? to = null) =>
        shop.Engine.Take(LinkShop.Ann, new Signal.CaseWorked($"w:{Guid.NewGuid():N}", shop.Clock.GetUtcNow(), Id, work, "maria", note, to), default);

    public static string LinkTo(this LinkShop shop, string id, string customer = LinkShop.Ann) => shop.Path(shop.Link(LinkKind.Case, Purpose.Transactional, customer, id));
}
