using System.Text.Json.Nodes;
using Cvm.Engine;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cvm.Web;

/// <summary>The body of a route that takes no batches.</summary>
sealed record OneObject(Contract Contract);

/// <summary>Writes the OpenAPI document from the tables that the parser itself reads.</summary>
static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "CvmFunctions",
                Version = "v1",
                Description = "Takes in customers, orders, refunds, survey replies and complaints; shows what came of them; lets a checkout spend points and coupons. Every answer of an intake route means: it is on disk.",
            };
            document.Servers?.Clear(); // Whoever reads it knows where it was read from.
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
            {
                if (metadata is OneObject one) operation.RequestBody = BodyOf(one.Contract, batches: false);
                if (metadata is Contract contract) operation.RequestBody = BodyOf(contract);
                if (metadata is Answers answers) operation.Responses = AnswersOf(answers);
            }

            return Task.CompletedTask;
        });
    }

    public static string OfIntake(IntakeKind kind) =>
        $"{Contracts.Of(kind).About} Send one JSON object, or a batch with one per line (NDJSON). The same id again is the same news and changes nothing, so that anything may be sent again after a failure.";

    // Batches are for what comes in by the thousand.
    static OpenApiRequestBody BodyOf(Contract contract, bool batches = true)
    {
        var content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = SchemaOf(contract), Example = JsonNode.Parse(contract.Example) } };
        if (batches) content[Intake.Ndjson] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One such object per line." }, Example = JsonValue.Create(contract.Example.Trim() + "\n") };
        return new() { Required = !contract.Members.IsEmpty, Content = content };
    }

    static OpenApiSchema SchemaOf(Contract contract) => new()
    {
        Type = JsonSchemaType.Object,
        Description = contract.About,
        AdditionalPropertiesAllowed = false,
        Required = contract.Members.Where(member => member.Required).Select(member => member.Name).ToHashSet(),
        Properties = contract.Members.ToDictionary(member => member.Name, member => (IOpenApiSchema)SchemaOf(member)),
    };

    static OpenApiSchema SchemaOf(Member member) => new()
    {
        Description = member.About,
        Type = member.Type switch
        {
            MemberType.Text => JsonSchemaType.String,
            MemberType.Number => JsonSchemaType.Number,
            MemberType.Whole => JsonSchemaType.Integer,
            MemberType.Truth => JsonSchemaType.Boolean,
            MemberType.Map => JsonSchemaType.Object,
            _ => JsonSchemaType.Array,
        },
        Items = member.Type switch
        {
            MemberType.Texts => new OpenApiSchema { Type = JsonSchemaType.String },
            MemberType.Objects => SchemaOf(member.Of!),
            _ => null,
        },
        AdditionalProperties = member.Type == MemberType.Map ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
    };

    static OpenApiResponses AnswersOf(Answers answers)
    {
        var responses = new OpenApiResponses();
        foreach (var status in answers.Kinds.GroupBy(kind => kind.Status))
        {
            responses[status.Key.ToString()] = new OpenApiResponse
            {
                Description = string.Join(" ", status.Select(kind => kind.About)),
                Content = status.ToDictionary(kind => kind.Type, kind => new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = kind.Type == Intake.Ndjson ? JsonSchemaType.String : JsonSchemaType.Object },
                    Example = kind.Type == Intake.Ndjson ? JsonValue.Create(kind.Example.Replace("}{", "}\n{") + "\n") : JsonNode.Parse(kind.Example),
                }),
            };
        }

        return responses;
    }
}
