namespace Cvm.Web;

/// <summary>Addresses as far as their owner knows them again and nobody else learns them: links are forwarded.</summary>
static class Masked
{
    public static string Email(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1) return "•••";

        var domain = address[(at + 1)..];
        var dot = domain.LastIndexOf('.');
        return $"{First(address)}••@{(dot > 0 ? $"{First(domain)}••••{domain[dot..]}" : "••••")}";
    }

    public static string Phone(string number) => number.Length > 4 ? $"•••• {number[^2..]}" : "••••";

    // A whole character, however many units it takes.
    static string First(string text) => text.EnumerateRunes().First().ToString();
}
