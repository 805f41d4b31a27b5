using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cvm.Functions;

/// <summary>Who may do what. App Service authentication stands before the app, strips what callers write into its headers, and tells who they are.</summary>
/// <param name="loginRequired">False only on a laptop.</param>
/// <param name="loginStandsBefore">Whether App Service authentication is on. Where it is not, nobody may do anything: its headers could be anybody's.</param>
public sealed class Access(bool loginRequired, bool loginStandsBefore)
{
    public const string Marketer = "marketer", Agent = "agent", Administrator = "administrator";

    /// <summary>For programs that send signals in: they may do that, and see what a checkout shows, and nothing else.</summary>
    public const string Shop = "shop";

    const string Header = "X-MS-CLIENT-PRINCIPAL";

    // The address as App Service was sent it; what comes to us has been decoded on the way.
    const string AsSent = "X-Waws-Unencoded-Url";
    const int MostEscapes = 3;

    /// <summary>As the environment says: Core Tools call themselves Development; App Service tells of its authentication.</summary>
    public static Access FromEnvironment() => new(
        Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") != "Development",
        string.Equals(Environment.GetEnvironmentVariable("WEBSITE_AUTH_ENABLED"), "true", StringComparison.OrdinalIgnoreCase));

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (Climbs(context.Request))
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "This address climbs out of itself. Ask for the page by its plain address.");
            return;
        }

        if (Open(context.Request) || !loginRequired)
        {
            await next(context);
            return;
        }

        if (!loginStandsBefore)
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "This app has no login. Turn on App Service authentication for it.");
            return;
        }

        context.User = Who(context.Request.Headers[Header].ToString());
        if (context.User.Identity?.IsAuthenticated != true) await Refuse(context, StatusCodes.Status401Unauthorized, "Log in first.");
        else if (!Roles(context.Request).Any(context.User.IsInRole)) await Refuse(context, StatusCodes.Status403Forbidden, $"This needs one of the roles {string.Join(", ", Roles(context.Request))}.");
        else await next(context);
    }

    // The login lets the same through (publicPaths in infra): what shows nothing personal, and what is signed.
    static bool Open(HttpRequest request) =>
        request.Path == "/healthz" || request.Path == "/app.css" || request.Path.StartsWithSegments("/webhooks") || request.Path.StartsWithSegments("/links");

    // /links/%2e%2e/customers may have passed the login as public and be /customers by now. No page of ours is asked for like that.
    static bool Climbs(HttpRequest request) =>
        Climbs(request.Path.Value) || Climbs(request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget) || request.Headers[AsSent].Any(Climbs);

    static bool Climbs(string? address)
    {
        var path = (address ?? "").Split('?', 2)[0];
        for (var i = 0; i < MostEscapes && path.Contains('%'); i++) path = Uri.UnescapeDataString(path);
        return path.Split('/', '\\').Any(part => part is "." or "..");
    }

    static string[] Roles(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        ? request.Path.StartsWithSegments("/mailbox") ? [Agent, Administrator] // the links in its mails let into customers' own pages
        : WritesJourneys(request.Path) ? [Marketer, Administrator]
        : ShowsACheckout(request.Path) ? [Marketer, Agent, Administrator, Shop] : [Marketer, Agent, Administrator]
        : IsCheckout(request.Path) ? [Shop, Administrator]
        : request.Path.StartsWithSegments("/api/customers", out var rest) && rest.HasValue ? [Agent, Administrator]
        : request.Path.StartsWithSegments("/api/tasks") ? [Agent, Shop, Administrator]
        : request.Path.StartsWithSegments("/journeys") || request.Path.StartsWithSegments("/proof") ? [Marketer, Administrator]
        : request.Path.StartsWithSegments("/pivot") ? [Marketer, Agent, Administrator] // views are for whoever looks
        : request.Path.StartsWithSegments("/api") ? [Shop, Administrator] : [Agent, Administrator];

    // Where journeys are written; everybody of the team may read what is live.
    static bool WritesJourneys(PathString path) => path.Value!.ToLowerInvariant().Split('/') is ["", "journeys", "new", ..] or ["", "journeys", { Length: > 0 }, "edit", ..];

    // A checkout shows what can be spent, and how its own redemption stands: /api/customers/ID/points and /api/customers/ID/redemptions/ID.
    static bool ShowsACheckout(PathString path) =>
        path.Value!.ToLowerInvariant().Split('/') is ["", "api", "customers", { Length: > 0 }, "points"] or ["", "api", "customers", { Length: > 0 }, "redemptions", { Length: > 0 }];

    // What a shop's checkout does; all else below a customer is for people of the team.
    static bool IsCheckout(PathString path) => path.Value!.ToLowerInvariant().Split('/') is ["", "api", "customers", { Length: > 0 }, "redemptions", ..];

    static Task Refuse(HttpContext context, int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(context);

    /// <summary>The person or program that App Service tells of; nobody where it tells of none, or in a way that cannot be read.</summary>
    public static ClaimsPrincipal Who(string header)
    {
        if (header == "") return new();

        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header)));
            var root = json.RootElement;
            var claims = root.GetProperty("claims").EnumerateArray().Select(claim => new Claim(claim.GetProperty("typ").GetString()!, claim.GetProperty("val").GetString() ?? "")).ToList();
            var roles = root.TryGetProperty("role_typ", out var type) && type.GetString() is { Length: > 0 } known ? known : "roles";
            var names = root.TryGetProperty("name_typ", out type) && type.GetString() is { Length: > 0 } name ? name : "name";

            // Easy Auth names roles by either type, whatever it says of itself.
            claims.AddRange(claims.Where(claim => claim.Type is "roles" or ClaimTypes.Role && claim.Type != roles).Select(claim => new Claim(roles, claim.Value)).ToArray());
            return new(new ClaimsIdentity(claims, root.GetProperty("auth_typ").GetString(), names, roles));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            return new();
        }
    }
}
