using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>What is known of a customer.</summary>
static class CustomerRoutes
{
    const int MostLines = 200;

    // As it is stored, but with values that happen to be the first of their kind written out.
    internal static readonly JsonSerializerOptions Readable = new(DossierText.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static async Task<IResult> Dossier(string id, HttpResponse response, IStore store, CancellationToken stop)
    {
        var stored = await store.Load(id, "", stop);
        if (stored.Revision == 0) return Problems.NoCustomer(id);

        response.Headers.ETag = $"\"{stored.Revision}\"";
        return TypedResults.Json(stored.Dossier, Readable);
    }

    public static async Task<IResult> Timeline(string id, IStore store, IRecords records, CancellationToken stop, string? before = null, string? most = null)
    {
        if (Wrong(before, most, out var below, out var count) is { Count: > 0 } errors) return Problems.Of(StatusCodes.Status400BadRequest, "See errors.", errors);
        if ((await store.Load(id, "", stop)).Revision == 0) return Problems.NoCustomer(id);

        var lines = await records.Timeline(id, below, count, stop);
        return TypedResults.Json(new JsonObject
        {
            ["lines"] = new JsonArray([.. lines.Select(line => Numbered(line.Number, line.Line))]),
            ["before"] = lines.Count == count && lines[^1].Number > 1 ? lines[^1].Number : null,
        }, Readable);
    }

    internal static JsonObject Numbered(long number, Line line)
    {
        var text = (JsonObject)JsonSerializer.SerializeToNode(line, Readable)!;
        text.Insert(0, "number", number);
        text.Insert(1, "sentence", Sentences.Of(line));
        return text;
    }

    static List<FieldProblem> Wrong(string? before, string? most, out long below, out int count)
    {
        (below, count) = (long.MaxValue, 50);
        var errors = new List<FieldProblem>();
        if (before is not null && (!long.TryParse(before, out below) || below < 1)) errors.Add(new("before", "is not the number of a line.", "Use the number that the last answer gave."));
        if (most is not null && (!int.TryParse(most, out count) || count is < 1 or > MostLines)) errors.Add(new("most", $"is not within 1 and {MostLines}.", "Ask for fewer, and go on with before."));
        return errors;
    }
}
