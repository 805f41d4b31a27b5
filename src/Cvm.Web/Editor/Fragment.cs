using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>A component that takes one value, <c>View</c>, as a piece of HTML.</summary>
static class Fragment
{
    public static async Task<string> Of<TComponent>(IServiceProvider services, object view) where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["View"] = view }))).ToHtmlString());
    }
}
