using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cvm.Web;

/// <summary>Reads a form that holds a few words, and nothing larger.</summary>
static class SmallForm
{
    const long MostBytes = 64 * 1024;
    static readonly FormOptions Limits = new() { ValueCountLimit = 50, KeyLengthLimit = 100, ValueLengthLimit = (int)MostBytes, MultipartBodyLengthLimit = MostBytes };

    /// <summary>The form; null where it is none, or larger than any that a page makes.</summary>
    public static async Task<IFormCollection?> Of(HttpRequest request)
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

    /// <summary>Text as it is kept: line feeds only, no other control characters, trimmed.</summary>
    public static string Tidy(string? text) =>
        string.Concat((text ?? "").ReplaceLineEndings("\n").Where(letter => letter is '\n' or '\t' || !char.IsControl(letter))).Trim();
}
