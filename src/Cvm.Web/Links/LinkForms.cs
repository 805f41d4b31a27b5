using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cvm.Web;

/// <summary>Forms that anybody with a link may post.</summary>
static class LinkForms
{
    const long MostBytes = 64 * 1024;
    static readonly FormOptions Limits = new() { ValueCountLimit = 500, KeyLengthLimit = 100, ValueLengthLimit = 4_000, MultipartBodyLengthLimit = MostBytes };

    /// <summary>Null where it is no form, or larger than any that these pages make.</summary>
    public static async Task<IFormCollection?> Read(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength > MostBytes) return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;

        try
        {
            return await request.ReadFormAsync(Limits, request.HttpContext.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
