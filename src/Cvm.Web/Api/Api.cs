using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>The HTTP interface. A host calls the three in this order: <see cref="AddApi"/>, <see cref="UseApi"/>, <see cref="MapApi"/>.</summary>
public static class Api
{
    /// <summary>Routes that take something in, and what they take.</summary>
    public static IReadOnlyList<(string Path, IntakeKind Kind)> IntakeRoutes { get; } =
    [
        ("/api/customers", IntakeKind.Customer),
        ("/api/orders", IntakeKind.Order),
        ("/api/refunds", IntakeKind.Refund),
        ("/api/survey-replies", IntakeKind.SurveyReply),
        ("/api/complaints", IntakeKind.Complaint),
        ("/api/sms-replies", IntakeKind.SmsReply),
        ("/api/message-reports", IntakeKind.MessageReport),
        ("/api/tasks/done", IntakeKind.TaskDone),
    ];

    /// <summary>Adds the API's description and its settings.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, ApiSettings? settings = null)
    {
        services.TryAddSingleton(settings ?? new());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new WebhookSettings());
        return services.AddOpenApi("v1", ApiDescription.Configure);
    }

    /// <summary>Guards everything behind it, pages too: turns away foreign hosts and cross-site posts, and answers failures without a trace.</summary>
    public static void UseApi(this IApplicationBuilder app)
    {
        app.UseMiddleware<Failures>();
        app.UseMiddleware<Guard>();
        app.UseMiddleware<WholeIds>();
    }

    /// <summary>Maps intake, webhooks of providers, customers, health and the API's description.</summary>
    /// <param name="take">Takes the signals; the registered <see cref="CustomerEngine"/> where left out. Where this is a queue, register an <see cref="AtOnce"/>
    /// for what a checkout waits for.</param>
    public static void MapApi(this IEndpointRouteBuilder routes, TakeSignals? take = null)
    {
        TakeSignals taker = take ?? routes.ServiceProvider.GetRequiredService<CustomerEngine>().Take;
        var texts = new Texts(routes.ServiceProvider.GetService<IPeople>(), taker, routes.ServiceProvider.GetRequiredService<ILogger<Texts>>());
        foreach (var (path, kind) in IntakeRoutes)
        {
            TakeSignals takes = kind == IntakeKind.SmsReply ? texts.Take : taker;
            routes.MapPost(path, Task<IResult> (HttpContext context) => Intake.Post(context, kind, takes))
                .WithTags("Intake")
                .WithSummary($"Takes in {Contracts.Of(kind).Noun.Plural()}: one, or a batch")
                .WithDescription(ApiDescription.OfIntake(kind))
                .WithMetadata(Contracts.Of(kind), Answers.OfIntake);
        }

        routes.MapWebhooks(taker, texts);
        routes.MapPoints(routes.ServiceProvider.GetService<AtOnce>()?.Take ?? taker);
        routes.MapGet("/api/customers/{id}", CustomerRoutes.Dossier)
            .WithTags("Customers").WithSummary("Everything about one customer").WithMetadata(Answers.OfDossier);
        routes.MapPost("/api/customers/{id}/cases/{number}/work", (string id, string number, HttpContext context, IStore store, IMemo memo, Func<LoadedPlaybook> loaded, TimeProvider clock) =>
                CaseRoutes.Work(id, number, context, store, memo, loaded, clock, taker))
            .WithTags("Customers").WithSummary("Works on a case").WithDescription(Contracts.CaseWork.About).WithMetadata(new OneObject(Contracts.CaseWork), Answers.OfCaseWork);
        routes.MapGet("/api/customers/{id}/timeline", CustomerRoutes.Timeline)
            .WithTags("Customers").WithSummary("What happened or did not, newest first, each with its rule").WithMetadata(Answers.OfTimeline);
        routes.MapPost("/api/customers/{id}/merge", MergeRoute.Post)
            .WithTags("Customers").WithSummary("Merges this record into another of the same person").WithDescription(MergeRoute.About).WithMetadata(MergeRoute.Body, Answers.OfMerge);
        routes.MapGet("/api/tasks", TaskRoutes.Open)
            .WithTags("Tasks").WithSummary("Open tasks of the team, due first").WithMetadata(Answers.OfTasks);
        routes.MapGet("/healthz", Health.Check)
            .WithTags("Operation").WithSummary("Whether the store answers").WithMetadata(Answers.OfHealth);
        routes.MapOpenApi("/openapi/{documentName}.json");
    }

    static string Plural(this string noun) => noun.EndsWith("reply", StringComparison.Ordinal) ? noun[..^1] + "ies" : noun + "s";
}
