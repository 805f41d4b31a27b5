using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>Intake and pages, by area; what each answers is Cvm.Web's to say.</summary>
public sealed class Web(Website website)
{
    [Function(nameof(Api))]
    public Task<IActionResult> Api([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "api/{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        Answer(request, client);

    [Function(nameof(Pages))]
    public Task<IActionResult> Pages([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        Answer(request, client);

    async Task<IActionResult> Answer(HttpRequest request, DurableTaskClient client)
    {
        request.HttpContext.Items[typeof(DurableTaskClient)] = client;
        await website.Run(request.HttpContext);
        return new EmptyResult();
    }
}
