using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cvm.Web;

/// <summary>The one style sheet, embedded in the assembly; its address changes with its content, so that browsers may keep it for good.</summary>
public static class Stylesheet
{
    static readonly byte[] Content = Read();
    static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content))[..16];

    public static string Address { get; } = $"/app.css?v={Hash}";

    public static IResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Content, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Hash}\""));
    }

    static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("app.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
