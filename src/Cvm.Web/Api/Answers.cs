using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>One answer a route may give, for the API's description.</summary>
sealed record AnswerKind(int Status, string Type, string About, string Example);

/// <summary>The answers of each route. The description shows them; tests hold them against the real ones.</summary>
sealed record Answers(params ImmutableArray<AnswerKind> Kinds)
{
    const string Json = "application/json";

    static readonly AnswerKind NoCustomer = new(StatusCodes.Status404NotFound, Problems.Json, "No customer has this id.",
        """{"type":"about:blank","title":"Not Found","status":404,"detail":"No customer has the id 'c9'."}""");

    public static Answers OfIntake { get; } = new(
        new(StatusCodes.Status200OK, Json, "It is on disk. \"taken before\": the same news had come already, and nothing changed.", """{"status":"taken","customer":"c1"}"""),
        new(StatusCodes.Status202Accepted, Json, "On Azure: it is safe on the queue and will be taken in its order.", """{"status":"accepted","customer":"c1"}"""),
        new(StatusCodes.Status200OK, Intake.Ndjson, "A line for each line of the batch, in order, while it is being taken.",
            """{"line":1,"status":"taken"}{"line":2,"status":"refused","problems":[{"field":"amount","what":"is missing.","fix":"Every order needs it."}]}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Not JSON, or fields are wrong; errors names all of them.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Nothing was taken: see errors for what is wrong and how to mend it.","errors":[{"field":"amount","what":"is missing.","fix":"Every order needs it."}]}"""),
        new(StatusCodes.Status413PayloadTooLarge, Problems.Json, "Too large.", """{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"A single object has at most 1,048,576 bytes."}"""),
        new(StatusCodes.Status415UnsupportedMediaType, Problems.Json, "Neither JSON nor NDJSON in UTF-8.",
            """{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"Send one object as application/json or one per line as application/x-ndjson, in UTF-8 and uncompressed."}"""));

    public static Answers OfDossier { get; } = new(
        new(StatusCodes.Status200OK, Json, "The dossier; what is empty or unknown is left out. ETag is its revision.",
            """{"customer":"c1","profile":{"name":"Ada Lovelace","email":"ada@example.com"},"purchases":{"orders":1,"spent":49.90},"lines":3}"""),
        NoCustomer);

    public static Answers OfTimeline { get; } = new(
        new(StatusCodes.Status200OK, Json, "Lines, newest first. before is the number to go on with, null at the end.",
            """{"lines":[{"number":2,"sentence":"Ordered for 49.90 (order o1)","at":"2026-03-01T10:00:00+00:00","what":"ordered","subject":"o1","figure":49.90}],"before":null}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "before or most is wrong.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"See errors.","errors":[{"field":"most","what":"is not within 1 and 200.","fix":"Ask for fewer, and go on with before."}]}"""),
        NoCustomer);

    public static Answers OfMerge { get; } = new(
        new(StatusCodes.Status200OK, Json, "Merged, or with dryRun: what would happen. sentences tell what was decided.",
            """{"status":"merged","customer":"c1","sentences":["Merged with the record c2 by Kim: 3 orders, 120 points"]}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Not JSON, or fields are wrong; errors names all of them.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Nothing was taken: see errors for what is wrong and how to mend it.","errors":[{"field":"into","what":"is missing.","fix":"Name the record that stays."}]}"""),
        new(StatusCodes.Status409Conflict, Problems.Json, "It cannot be merged, or not now.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"A message to 'c2' is being handed over at this moment. Try again in a minute."}"""),
        new(StatusCodes.Status413PayloadTooLarge, Problems.Json, "Too large.", """{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"A merge has at most 16,384 bytes."}"""));

    public static Answers OfTasks { get; } = new(
        new(StatusCodes.Status200OK, Json, "Open tasks, the one due first at the head; those without a time come last.",
            """{"tasks":[{"customer":"c1","id":"win-back:c1:1/task-account-manager/9","for":"account-manager","do":"Call Ada","at":"2026-03-01T10:00:00+00:00","kind":"call","dueAt":"2026-03-04T17:00:00+00:00"}]}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "most is wrong.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"See errors.","errors":[{"field":"most","what":"is not within 1 and 1,000.","fix":"Ask for fewer."}]}"""));

    public static Answers OfHealth { get; } = new(
        new(StatusCodes.Status200OK, Json, "The store answers.", """{"status":"ok"}"""),
        new(StatusCodes.Status503ServiceUnavailable, Problems.Json, "It does not.", """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"The store does not answer."}"""));
}
