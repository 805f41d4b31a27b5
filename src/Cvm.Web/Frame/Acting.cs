using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Which person of the team does something here: as the login says, else as they call themselves.</summary>
static class Acting
{
    const int MostLetters = 80;

    /// <summary>The name the login knows them by; null where there is none.</summary>
    public static string? Name(HttpContext http) => http.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : null;

    public static string By(HttpContext http, string? written) => Name(http) ?? Tidy(written) ?? "somebody of the team";

    /// <summary>What was posted; nothing where the form has no fields, or it is none, or none that a page makes.</summary>
    public static async Task<IFormCollection> Form(HttpRequest request) => request.ContentLength == 0 ? FormCollection.Empty : await SmallForm.Of(request) ?? FormCollection.Empty;

    /// <summary>A name in one line; null where nothing is left.</summary>
    public static string? Tidy(string? written)
    {
        var name = string.Concat((written ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return name.Length == 0 ? null : name.Length > MostLetters ? name[..MostLetters] : name;
    }
}
