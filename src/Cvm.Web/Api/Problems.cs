using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cvm.Web;

/// <summary>Answers for what went wrong, as RFC 9457 has them.</summary>
static class Problems
{
    public const string Json = "application/problem+json";

    public static IResult Of(int status, string detail, IReadOnlyList<FieldProblem>? errors = null, string? reference = null)
    {
        var more = new Dictionary<string, object?>();
        if (errors is not null) more["errors"] = errors;
        if (reference is not null) more["reference"] = reference;
        return TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), type: "about:blank", extensions: more);
    }

    /// <summary>The fields that are wrong, or the place where the text stops being JSON.</summary>
    public static IResult Wrong(IReadOnlyList<FieldProblem> errors) => errors is [{ Field: "" } whole]
        ? Of(StatusCodes.Status400BadRequest, $"The body {whole.What} {whole.Fix}", errors)
        : Of(StatusCodes.Status400BadRequest, "Nothing was taken: see errors for what is wrong and how to mend it.", errors);

    public static IResult NoCustomer(string id) => Of(StatusCodes.Status404NotFound, $"No customer has the id '{(id.Length <= 64 ? id : id[..64])}'.");
}
