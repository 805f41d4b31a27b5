using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cvm.Web;

/// <summary>What stands beside the text.</summary>
public enum Panel { Flow, Examples, Rehearsal }

/// <summary>What the editor's form says.</summary>
/// <param name="Yaml">With line feeds only.</param>
/// <param name="Based">The revision that the writer saw; 0 where there was none.</param>
/// <param name="By">Null where nobody said.</param>
/// <param name="Act">The button.</param>
public sealed record EditorForm(string Yaml, int Based, string? By, string Act, Panel Show, int Days, bool History)
{
    // Three bytes a letter, each written as %E7: more than the longest draft needs.
    const int MostBytes = Drafts.MostLetters * 10;
    static readonly FormOptions Limits = new() { ValueCountLimit = 50, KeyLengthLimit = 100, ValueLengthLimit = MostBytes, BufferBodyLengthLimit = MostBytes, MultipartBodyLengthLimit = MostBytes };

    /// <summary>The form; null, with what to tell, where it is none or too large.</summary>
    public static async Task<(EditorForm? Form, string? Problem)> Read(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasFormContentType) return (null, T("This is not the form of the editor. Open the page anew."));
        if (request.ContentLength > MostBytes) return (null, TooLong);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;

        try
        {
            var form = await request.ReadFormAsync(Limits, http.RequestAborted);
            var yaml = form["yaml"].ToString().ReplaceLineEndings("\n");
            if (yaml.Length > Drafts.MostLetters) return (null, TooLong);
            return (new(yaml, Whole(form["based"], 0, int.MaxValue, 0), Acting.Name(http) ?? Acting.Tidy(form["by"]), form["act"].ToString(), PanelOf(form["show"].LastOrDefault()), Whole(form["days"], 1, Rehearsals.MostDays, 30), form["responses"] == "history"), null);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return (null, TooLong);
        }
    }

    /// <summary>The panel of this name; the flow chart where there is none.</summary>
    public static Panel PanelOf(string? name) => Enum.TryParse<Panel>(name, ignoreCase: true, out var panel) && Enum.IsDefined(panel) ? panel : Panel.Flow;

    static string TooLong => T("The text is longer than {0} letters, which is more than a journey needs. Nothing was saved: go back, and shorten it.", Words.Count(Drafts.MostLetters));

    static int Whole(string? text, int least, int most, int usual) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : usual;
}
