using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cvm.Web;

/// <summary>The editor's script, the only one of the pages: embedded in the assembly; its address changes with its content, so that browsers may keep it for good.</summary>
static class EditorScript
{
    // The rules of every page, and this page's own script, which may ask this server.
    const string PageRules = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    static readonly byte[] Content = Read();
    static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content))[..16];

    public static string Address { get; } = $"/editor.js?v={Hash}";

    public static IResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Content, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Hash}\""));
    }

    /// <summary>Lets the page that is answered run the script.</summary>
    public static void Allow(HttpResponse response) => response.Headers.ContentSecurityPolicy = PageRules;

    static byte[] Read()
    {
        using var stream = typeof(EditorScript).Assembly.GetManifestResourceStream("editor.js")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
