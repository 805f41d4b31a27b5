using System.Text.Json;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>The team's open tasks, for a CRM that works on them.</summary>
static class TaskRoutes
{
    const int Most = 1_000;

    public static async Task<IResult> Open(IRecords records, CancellationToken stop, string? most = null)
    {
        var count = Most;
        if (most is not null && (!int.TryParse(most, out count) || count is < 1 or > Most))
            return Problems.Of(StatusCodes.Status400BadRequest, "See errors.", [new("most", $"is not within 1 and {Most:N0}.", "Ask for fewer.")]);

        var tasks = await records.OpenTasks(count, stop);
        return TypedResults.Json(new JsonObject { ["tasks"] = new JsonArray([.. tasks.Select(one => Written(one.Customer, one.Task))]) }, CustomerRoutes.Readable);
    }

    static JsonObject Written(string customer, StaffTask task)
    {
        var text = (JsonObject)JsonSerializer.SerializeToNode(task, CustomerRoutes.Readable)!;
        text.Insert(0, "customer", customer);
        return text;
    }
}
