using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Takes signals within the request, and never by way of a queue: somebody waits for what comes of them.</summary>
public sealed record AtOnce(TakeSignals Take);
