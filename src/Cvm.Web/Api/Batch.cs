using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>A batch, one object per line: an answer line for each, in order, once its commit is on disk. Memory stays bounded: lines are
/// committed in chunks, and answers that the client does not read yet are kept up to a limit, after which it must read to go on.</summary>
sealed class Batch(HttpContext context, IntakeKind kind, JsonIntake intake, TakeSignals take, ApiSettings settings)
{
    readonly List<(long Line, Arrival Arrival)> chunk = [];
    readonly Pipe answers = new(new PipeOptions(pauseWriterThreshold: settings.MostUnread, resumeWriterThreshold: settings.MostUnread / 2, useSynchronizationContext: false));
    long lines, bytes;
    bool overlong;

    public async Task<IResult> Run(CancellationToken stop)
    {
        context.Response.ContentType = Intake.Ndjson;
        var sending = Send(stop);
        using var json = new Utf8JsonWriter(answers.Writer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        try
        {
            await Read(context.Request.BodyReader, json, stop);
        }
        catch (Exception e) when (context.Response.HasStarted && e is not OperationCanceledException)
        {
            Stopped(json, e);
        }
        finally
        {
            await answers.Writer.CompleteAsync();
            await sending;
        }

        return Results.Empty;
    }

    // Beside the reading, not after it: many clients write their whole batch before they read the first answer, others wait for answers.
    async Task Send(CancellationToken stop)
    {
        try
        {
            await answers.Reader.CopyToAsync(context.Response.BodyWriter, stop);
        }
        finally
        {
            await answers.Reader.CompleteAsync();
        }
    }

    async Task Read(PipeReader body, Utf8JsonWriter json, CancellationToken stop)
    {
        while (true)
        {
            if (!body.TryRead(out var result))
            {
                await Land(json, stop);
                result = await body.ReadAsync(stop);
            }

            var rest = await WholeLines(result.Buffer, json, stop);
            if (bytes + rest.Length > settings.MostBatch)
            {
                body.AdvanceTo(result.Buffer.End);
                await Land(json, stop);
                Stop(json, lines + 1, $"The batch is longer than {settings.MostBatch:N0} bytes.", "Send the rest, from this line on, in another batch.", null);
                return;
            }

            if (result.IsCompleted)
            {
                if (overlong || !rest.IsEmpty) Add(rest);
                body.AdvanceTo(result.Buffer.End);
                await Land(json, stop);
                return;
            }

            if (rest.Length > settings.MostLine)
            {
                overlong = true;
                bytes += rest.Length;
                rest = rest.Slice(rest.End);
            }

            body.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Adds the lines that are there in full; the rest is left over.</summary>
    async ValueTask<ReadOnlySequence<byte>> WholeLines(ReadOnlySequence<byte> rest, Utf8JsonWriter json, CancellationToken stop)
    {
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            bytes += rest.Slice(0, end).Length + 1;
            Add(rest.Slice(0, end));
            rest = rest.Slice(rest.GetPosition(1, end));
            if (chunk.Count >= settings.Chunk) await Land(json, stop);
        }

        return rest;
    }

    void Add(ReadOnlySequence<byte> line)
    {
        lines++;
        if (overlong || line.Length > settings.MostLine)
        {
            overlong = false;
            chunk.Add((lines, new(new FieldProblem("", $"is longer than {settings.MostLine:N0} bytes.", "Send it alone, as application/json."))));
            return;
        }

        var text = (line.IsSingleSegment ? line.FirstSpan : line.ToArray()).Trim(" \t\r"u8);
        if (!text.IsEmpty) chunk.Add((lines, intake.Read(kind, text)));
    }

    async Task Land(Utf8JsonWriter json, CancellationToken stop)
    {
        if (chunk.Count == 0) return;

        var signals = new List<(string Customer, Signal Signal)>(chunk.Count);
        foreach (var (_, arrival) in chunk) if (arrival.Signal is { } signal) signals.Add((arrival.Customer, signal));
        var takings = signals.Count == 0 ? [] : await take(signals, stop);

        var taken = 0;
        foreach (var (line, arrival) in chunk)
        {
            if (arrival.Signal is null) Refused(json, line, arrival.Problems);
            else Taken(json, line, takings[taken++]);
        }

        chunk.Clear();
        await answers.Writer.FlushAsync(stop);
    }

    void Taken(Utf8JsonWriter json, long line, Taking taking)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("status", Intake.StatusOf(taking));
        End(json);
    }

    void Refused(Utf8JsonWriter json, long line, IReadOnlyList<FieldProblem> problems)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("status", "refused");
        json.WriteStartArray("problems");
        foreach (var (field, what, fix) in problems)
        {
            json.WriteStartObject();
            json.WriteString("field", field);
            json.WriteString("what", what);
            json.WriteString("fix", fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        End(json);
    }

    void Stopped(Utf8JsonWriter json, Exception e)
    {
        context.RequestServices.GetRequiredService<ILogger<Batch>>()
            .LogError(e, "A batch to {Path} failed near line {Line}, reference {Reference}", context.Request.Path, lines, context.TraceIdentifier);
        json.Reset();
        Stop(json, chunk is [var first, ..] ? first.Line : lines + 1, "Something failed here, not with you.", "Send the batch again from this line on; what was taken is not taken twice.", context.TraceIdentifier);
    }

    void Stop(Utf8JsonWriter json, long line, string what, string fix, string? reference)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("status", "stopped");
        json.WriteString("what", what);
        json.WriteString("fix", fix);
        if (reference is not null) json.WriteString("reference", reference);
        End(json);
    }

    void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        answers.Writer.Write("\n"u8);
    }
}
