namespace Cvm.Web;

/// <summary>What the HTTP interface accepts, and from where.</summary>
public sealed record ApiSettings
{
    /// <summary>Host names it may be called by, besides those of this machine itself. Without port.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>Bytes of a single object.</summary>
    public int MostSingle { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a line of a batch.</summary>
    public int MostLine { get; init; } = 16 * 1024;

    /// <summary>Bytes of a whole batch.</summary>
    public long MostBatch { get; init; } = 64L * 1024 * 1024;

    /// <summary>Lines that share a commit.</summary>
    public int Chunk { get; init; } = 1_000;

    /// <summary>Bytes of answers kept for a client that does not read them while it writes.</summary>
    public long MostUnread { get; init; } = 48L * 1024 * 1024;
}
