using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>For whom a message is looked at, in which language, and whether without what its journey knows.</summary>
public sealed record MessageQuery(string Customer, string Locale, bool Bare)
{
    public static MessageQuery Of(Func<string, string?> value) => new((value("customer") ?? "").Trim(), Tag(value("locale")), value("bare") == "on");

    public static MessageQuery Of(IQueryCollection query) => Of(name => query[name]);

    /// <summary>The address below which the message is shown.</summary>
    public static string Address(string template) => "/messages/" + Uri.EscapeDataString(template);

    public string Address(string template, string below = "", params string[] more)
    {
        string?[] parts =
        [
            Customer == "" ? null : $"customer={Uri.EscapeDataString(Customer)}",
            Locale == "" ? null : $"locale={Uri.EscapeDataString(Locale)}",
            Bare ? "bare=on" : null,
            .. more,
        ];
        var query = string.Join('&', parts.Where(part => part is not null));
        return Address(template) + below + (query == "" ? "" : "?" + query);
    }

    static string Tag(string? text) => text is not null && TemplateFile.IsLocale(text) ? text : "";
}
