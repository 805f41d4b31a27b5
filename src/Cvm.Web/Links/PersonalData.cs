using System.Text.Json;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Everything about one customer as a file (GDPR Art. 15 and 20): the dossier and the whole timeline, sent as it is read.</summary>
sealed class PersonalData(Dossier dossier, IRecords records, DateTimeOffset now) : IResult
{
    const int LinesAtOnce = 1_000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, stop) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"my-data.json\"";
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        await using var json = new Utf8JsonWriter(response.BodyWriter, new() { Indented = true, Encoder = CustomerRoutes.Readable.Encoder });
        json.WriteStartObject();
        json.WriteString("made", now);
        json.WritePropertyName("customer");
        JsonSerializer.Serialize(json, dossier, CustomerRoutes.Readable);
        json.WriteStartArray("timeline");

        await Lines(dossier.Customer, json, response, stop);
        json.WriteEndArray();

        if (!dossier.Merged.IsEmpty) json.WriteStartObject("timelinesOfMergedRecords");
        foreach (var record in dossier.Merged)
        {
            json.WriteStartArray(record.Customer);
            await Lines(record.Customer, json, response, stop);
            json.WriteEndArray();
        }

        if (!dossier.Merged.IsEmpty) json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    async Task Lines(string customer, Utf8JsonWriter json, HttpResponse response, CancellationToken stop)
    {
        for (var before = long.MaxValue; before > 1;)
        {
            var lines = await records.Timeline(customer, before, LinesAtOnce, stop);
            foreach (var (number, line) in lines) CustomerRoutes.Numbered(number, line).WriteTo(json, CustomerRoutes.Readable);
            await json.FlushAsync(stop);
            await response.BodyWriter.FlushAsync(stop);
            before = lines.Count < LinesAtOnce ? 0 : lines[^1].Number;
        }
    }
}
