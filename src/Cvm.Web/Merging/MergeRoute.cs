using System.Text.Json;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>Merging over HTTP, for systems that find doubles by themselves.</summary>
static class MergeRoute
{
    const int MostName = 80, MostId = 64;

    public const string About = "The record in the address goes, the one named by into stays. Doing it again is the same. With dryRun nothing is done, and the answer tells what would be.";

    public static Contract Body { get; } = new("merge", About,
    [
        new("into", MemberType.Text, "Id of the record that stays.", Required: true),
        new("by", MemberType.Text, "Who merges them: a person or a program, at most 80 characters.", Required: true),
        new("dryRun", MemberType.Truth, "true to see what would happen."),
    ], """
       {"into":"c1","by":"Kim"}
       """);

    sealed record Answer(string Status, string Customer, string[] Sentences);

    public static async Task<IResult> Post(string id, HttpContext context, [FromServices] MergeCustomers merge, CancellationToken stop)
    {
        var (body, wrong) = await Intake.Body(context, mayBeEmpty: false);
        if (wrong is not null) return wrong;

        var errors = new List<FieldProblem>();
        var (into, by, dry) = Read(body, errors);
        if (errors.Count > 0) return Problems.Wrong(errors);

        var result = await merge(id, into!, by!, dry, stop);
        return result.Problem is { } problem
            ? Problems.Of(StatusCodes.Status409Conflict, problem)
            : TypedResults.Json(new Answer(dry ? "would be merged" : "merged", result.Into, [.. result.Lines.Select(Sentences.Of)]));
    }

    static (string? Into, string? By, bool Dry) Read(byte[] body, List<FieldProblem> errors)
    {
        string? into = null, by = null;
        var dry = false;

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(new("", "is not an object.", "Write it in curly brackets."));
                return default;
            }

            foreach (var member in json.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "into": into = Text(member, MostId, errors); break;
                    case "by": by = Text(member, MostName, errors); break;
                    case "dryRun" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False: dry = member.Value.GetBoolean(); break;
                    case "dryRun": errors.Add(new("dryRun", "is not true or false.", "Write true or false, without quotes.")); break;
                    default: errors.Add(new(Shown(member.Name), "is not known.", Nearest.Hint(Shown(member.Name), Body.Names) ?? "Leave it out.")); break;
                }
            }
        }
        catch (JsonException problem)
        {
            errors.Add(new("", $"is not JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}.", "Check quotes, commas and brackets there."));
            return default;
        }
        catch (InvalidOperationException)
        {
            errors.Add(new("", "holds half a character, or bytes that are not UTF-8.", "Write it in UTF-8."));
            return default;
        }

        if (into is null && errors.TrueForAll(error => error.Field != "into")) errors.Add(new("into", "is missing.", "Name the record that stays."));
        if (by is null && errors.TrueForAll(error => error.Field != "by")) errors.Add(new("by", "is missing.", "Say who merges them."));
        return (into, by, dry);
    }

    static string Shown(string name) => name.Length <= 40 ? name : name[..40];

    static string? Text(JsonProperty member, int most, List<FieldProblem> errors)
    {
        var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()!.Trim() : null;
        if (text is { Length: > 0 } && text.Length <= most && !text.Any(char.IsControl)) return text;
        errors.Add(new(member.Name, $"is not a text of 1 to {most} characters.", "Write it in quotes, on one line."));
        return null;
    }
}
