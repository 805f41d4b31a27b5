namespace Cvm.Engine;

/// <summary>Tells failures before anything was handed over from those after which nobody knows.</summary>
static class NotTaken
{
    /// <summary>In words; null where the message may have been taken.</summary>
    public static string? Reason(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError })
                return $"no connection: {Innermost(cause).Message}";
        }

        return null;
    }

    static Exception Innermost(Exception failure) => failure.InnerException is { } cause ? Innermost(cause) : failure;
}
