using System.Diagnostics.Metrics;

namespace Cvm.Web;

/// <summary>Counts what providers post. Why something was refused is told here, and to nobody who posts.</summary>
static class WebhookCounts
{
    static readonly Meter Meter = new("Cvm");
    static readonly Counter<long> RefusedPosts = Meter.CreateCounter<long>("cvm.webhooks.refused", "{post}", "Posts of providers that were refused, by reason.");
    static readonly Counter<long> Events = Meter.CreateCounter<long>("cvm.webhooks.events", "{event}", "Events of providers, by kind.");

    public static void Refused(string provider, string reason) => RefusedPosts.Add(1, new("provider", provider), new("reason", reason));

    public static void Event(string provider, string kind) => Events.Add(1, new("provider", provider), new("kind", kind));
}
