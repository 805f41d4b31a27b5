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

    const string Reserved = """{"id":"cart-81","state":"reserved","points":500,"worth":"5.00","until":"2026-03-01T10:30:00+00:00","balance":740}""";

    public static Answers OfRedemption { get; } = new(
        new(StatusCodes.Status201Created, Json, "It is kept for this checkout until then. worth is what it takes off: money such as 5.00, or 10%.", Reserved),
        new(StatusCodes.Status200OK, Json, "The same was asked before: as it stands now, and nothing changed.", Reserved),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Fields are wrong, or not exactly one of points and coupon is named.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"The body asks for nothing. Name points or a coupon; for both, send two redemptions."}"""),
        NoCustomer,
        new(StatusCodes.Status409Conflict, Problems.Json, "Refused, with the reason; or the id was used for something else. The same id gets the same refusal: ask anew under another one.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"There are not enough points."}"""),
        new(StatusCodes.Status429TooManyRequests, Problems.Json, "Ten codes within an hour that this customer does not have. Retry-After says when codes are looked at again.",
            """{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"Too many wrong codes; try again in an hour."}"""));

    public static Answers OfConfirmation { get; } = new(
        new(StatusCodes.Status200OK, Json, "It is spent. The same again gets the same.", """{"id":"cart-81","state":"confirmed","points":500,"worth":"5.00","order":"o1","balance":740}"""),
        NoCustomer,
        new(StatusCodes.Status409Conflict, Problems.Json, "It was cancelled or refused, is of another order, or had lapsed and is gone.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"Its time was over, and what it had kept is gone. Ask anew, under another id."}"""));

    public static Answers OfCancellation { get; } = new(
        new(StatusCodes.Status200OK, Json, "Nothing is kept or spent any more. The same again gets the same.", """{"id":"cart-81","state":"cancelled","points":500,"worth":"5.00","balance":1240}"""),
        NoCustomer);

    public static Answers OfStanding { get; } = new(
        new(StatusCodes.Status200OK, Json, "How it stands: reserved, confirmed, cancelled, lapsed, or refused with because.", Reserved),
        NoCustomer);

    public static Answers OfPoints { get; } = new(
        new(StatusCodes.Status200OK, Json, "Points, tier and coupons. Points of orders that may still be returned are pending; what is owed is paid off by the next ones.",
            """{"balance":1240,"worth":"12.40","pending":49,"reserved":0,"owed":0,"tier":"silver","nextTier":{"name":"gold","missing":260,"by":"points"},"expiring":{"points":300,"on":"2026-08-31"},"coupons":[{"code":"BACK10-7QK39FZP","name":"BACK10","worth":"10%","until":"2026-03-15T00:05:00+00:00"}]}"""),
        NoCustomer);

    public static Answers OfAdjustment { get; } = new(
        new(StatusCodes.Status201Created, Json, "The points are added, or taken off.", """{"id":"call-17","points":50,"balance":790,"owed":0}"""),
        new(StatusCodes.Status200OK, Json, "The same was taken before, and nothing changed.", """{"id":"call-17","points":50,"balance":790,"owed":0}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Fields are wrong.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Nothing was taken: see errors for what is wrong and how to mend it.","errors":[{"field":"points","what":"is 0.","fix":"It is from -1,000,000,000 to 1,000,000,000, and not 0."}]}"""),
        NoCustomer,
        new(StatusCodes.Status409Conflict, Problems.Json, "More would be taken off than can be spent; or the id was used for other points.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"20 points cannot be taken off: 12 can be spent."}"""));

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

    public static Answers OfCaseWork { get; } = new(
        new(StatusCodes.Status200OK, Json, "It is on disk. \"taken before\": the same act had come already, and nothing changed.", """{"status":"taken","customer":"c1"}"""),
        new(StatusCodes.Status202Accepted, Json, "On Azure: it is safe on the queue and will be taken in its order.", """{"status":"accepted","customer":"c1"}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Not JSON, or fields are wrong; errors names all of them.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Nothing was taken: see errors for what is wrong and how to mend it.","errors":[{"field":"by","what":"is missing.","fix":"Every work on a case needs it."}]}"""),
        new(StatusCodes.Status404NotFound, Problems.Json, "No customer has this id, or no case of theirs this number.",
            """{"type":"about:blank","title":"Not Found","status":404,"detail":"This customer has no such case."}"""),
        new(StatusCodes.Status409Conflict, Problems.Json, "The case is not in a state to do this; detail says why.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"Nothing was done: the case is resolved already."}"""),
        new(StatusCodes.Status413PayloadTooLarge, Problems.Json, "Too large.", """{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"Work on a case has at most 65,536 bytes."}"""),
        new(StatusCodes.Status415UnsupportedMediaType, Problems.Json, "No JSON.",
            """{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"Send one object as application/json, in UTF-8 and uncompressed."}"""));
    public static Answers OfMerge { get; } = new(
        new(StatusCodes.Status200OK, Json, "Merged, or with dryRun: what would happen. sentences tell what was decided.",
            """{"status":"merged","customer":"c1","sentences":["Merged with the record c2 by Kim: 3 orders, 120 points"]}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "Not JSON, or fields are wrong; errors names all of them.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Nothing was taken: see errors for what is wrong and how to mend it.","errors":[{"field":"into","what":"is missing.","fix":"Name the record that stays."}]}"""),
        new(StatusCodes.Status409Conflict, Problems.Json, "It cannot be merged, or not now.",
            """{"type":"about:blank","title":"Conflict","status":409,"detail":"A message to 'c2' is being handed over at this moment. Try again in a minute."}"""),
        new(StatusCodes.Status413PayloadTooLarge, Problems.Json, "Too large.", """{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"A single object has at most 1,048,576 bytes."}"""),
        new(StatusCodes.Status415UnsupportedMediaType, Problems.Json, "No JSON.",
            """{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"Send one object as application/json, in UTF-8 and uncompressed."}"""));

    public static Answers OfTasks { get; } = new(
        new(StatusCodes.Status200OK, Json, "Open tasks, the one due first at the head; those without a time come last.",
            """{"tasks":[{"customer":"c1","id":"win-back:c1:1/task-account-manager/9","for":"account-manager","do":"Call Ada","at":"2026-03-01T10:00:00+00:00","kind":"call","dueAt":"2026-03-04T17:00:00+00:00"}]}"""),
        new(StatusCodes.Status400BadRequest, Problems.Json, "most is wrong.",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"See errors.","errors":[{"field":"most","what":"is not within 1 and 1,000.","fix":"Ask for fewer."}]}"""));

    public static Answers OfHealth { get; } = new(
        new(StatusCodes.Status200OK, Json, "The store answers.", """{"status":"ok"}"""),
        new(StatusCodes.Status503ServiceUnavailable, Problems.Json, "It does not.", """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"The store does not answer."}"""));
}
