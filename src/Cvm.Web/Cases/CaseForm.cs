using System.Security.Cryptography;
using System.Text;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>What a form of a case's page says.</summary>
/// <param name="Preview">It is to be shown only, not to be done.</param>
sealed record CaseForm(Signal.CaseWorked? Signal, string? By, string Words, bool Preview, string? Problem = null)
{
    const string PreviewOf = "preview-";
    const int MostOnce = 64;

    public static CaseForm Read(IFormCollection form, HttpContext http, Case about, IReadOnlyCollection<string> resolutions, DateTimeOffset now)
    {
        var (by, words, act) = (NameIn(form, http), SmallForm.Tidy(form["words"]), form["do"].ToString());
        var preview = act.StartsWith(PreviewOf, StringComparison.Ordinal);
        if (CaseWorks.Of(preview ? act[PreviewOf.Length..] : act) is not { } work || work is CaseWork.Open or CaseWork.CustomerReplied) return new(null, by, words, false, T("Nothing was done: this page has no such button."));
        if (words.Length > CaseActs.MaxWords) return new(null, by, words, false, T("Nothing was done: the text has {0} letters, and may have {1}.", Web.Words.Count(words.Length), Web.Words.Count(CaseActs.MaxWords)));

        var to = SmallForm.Tidy(form["to"]).ReplaceLineEndings(" ");
        if (work == CaseWork.LinkIssue && to.Length > 0 && !Issues.IsId(to)) return new(null, by, words, false, T("Nothing was done: that is no issue."));
        if (work == CaseWork.Resolve && to.Length > 0 && !resolutions.Contains(to)) return new(null, by, words, false, T("Nothing was done: a case is not resolved as '{0}'. Choose one of the list.", to.Length <= 80 ? to : to[..80]));
        if (to.Length > 200) return new(null, by, words, false, T("Nothing was done: that name is too long."));

        var signal = new Signal.CaseWorked($"work:{CaseWorks.NameOf(work)}:{Once(form, to, words)}", now, about.Id, work, Acting.By(http, form["by"]), words.Length == 0 ? null : words, to.Length == 0 ? null : to);
        return new(signal, by, words, preview);
    }

    public static Signal.CaseWorked Opening(IFormCollection form, HttpContext http, DateTimeOffset now) => new(
        $"work:open:{Once(form, form["severity"].ToString(), SmallForm.Tidy(form["words"]))}", now, "", CaseWork.Open, Acting.By(http, form["by"]), SmallForm.Tidy(form["words"]), null, form["severity"].ToString() is { Length: > 0 } severity ? severity : "normal");

    // The same form sent twice, by a double click, is done once; with other words in it, from a page that a browser kept, it is another act.
    static string Once(IFormCollection form, string to, string words) => form["once"].ToString() is { Length: > 0 and <= MostOnce } once && once.All(char.IsAsciiLetterOrDigit)
        ? $"{once}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{to}\n{words}")).AsSpan(0, 8))}"
        : Guid.NewGuid().ToString("N");

    static string? NameIn(IFormCollection form, HttpContext http) => Acting.Name(http) ?? Acting.Tidy(form["by"]);
}
