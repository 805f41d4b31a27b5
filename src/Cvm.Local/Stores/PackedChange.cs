namespace Cvm.Local;

/// <summary>A change with its texts written out, which is done on the caller's thread and not on the one that all wait for.</summary>
sealed class PackedChange
{
    public PackedChange(Change change)
    {
        change.Check();
        Change = change;
        Dossier = DossierText.Write(change.After);
        Lines = new byte[change.Lines.Length][];
        for (var i = 0; i < Lines.Length; i++) Lines[i] = DossierText.Write(change.Lines[i]);
        if (change.Revision == 0 || Listed(change.Before.Profile) != Listed(change.After.Profile) || change.Before.Merged != change.After.Merged) FoundBy = SearchText.Of(change.After);
        Portrait = PortraitOf(change);
    }

    public Change Change { get; }
    public byte[] Dossier { get; }
    public byte[][] Lines { get; }

    /// <summary>What the customer is found by, where the directory has to change.</summary>
    public string? FoundBy { get; }

    /// <summary>The portrait's row, where it has to change; empty where there is to be none.</summary>
    public byte[]? Portrait { get; }

    public long? Due => Milliseconds(Change.After.DueAt);
    public bool SameDue => Change.Before.DueAt == Change.After.DueAt;

    static byte[]? PortraitOf(Change change)
    {
        if (change.Revision > 0 && !Cvm.Portrait.MayDiffer(change.Before, change.After)) return null;

        var now = PortraitText.Write(Cvm.Portrait.Of(change.After));
        return change.Revision > 0 && now.AsSpan().SequenceEqual(PortraitText.Write(Cvm.Portrait.Of(change.Before))) ? null : now;
    }

    static (string?, string?, string?, string?) Listed(Profile profile) => (profile.Name, profile.Email, profile.Phone, profile.Zone);

    // Upwards: nobody is woken before the time.
    public static long? Milliseconds(DateTimeOffset? at) => at is { } moment
        ? moment.ToUnixTimeMilliseconds() + (moment.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1)
        : null;
}

/// <summary>How customers are found by any part of their id, name, e-mail address or phone number, whatever the case.</summary>
static class SearchText
{
    public static string Of(Dossier dossier) =>
        Fold(CustomerRow.FoundBy(dossier));

    public static string Fold(string text) => text.ToUpperInvariant();
}
