using System.Globalization;

namespace Cvm.Functions;

// What the pivot reads: the packs that scoring reads, too.
public sealed partial class TableStore
{
    public async ValueTask<IReadOnlyList<Portrait>> Portraits(string after, int most, CancellationToken stop)
    {
        var page = new List<Portrait>();
        if (most <= 0) return page;
        if (after == "") await FoldStandings(stop);

        var key = after == "" ? "" : Pack.KeyOf(after);
        for (var shard = after == "" ? 0 : Pack.ShardOf(after); shard < Mark.Shards; shard++, key = "")
        {
            await foreach (var pack in packs.After(shard, key, stop))
            {
                foreach (var portrait in pack.Portraits)
                {
                    if (page.Count == most) return page;
                    if (key == "" || string.CompareOrdinal(Pack.KeyOf(portrait.Customer), key) > 0) page.Add(portrait);
                }

                // The next would be read only to be cut, and so read again.
                if (page.Count > most / 2) return page;
            }
        }

        return page;
    }

    /// <remarks>A mark names every pack with its ETag, so only packs that were written since are read. Where somebody was taken out of one, everybody is read anew: who
    /// that was is kept nowhere.</remarks>
    public async ValueTask<PortraitNews?> News(string since, CancellationToken stop)
    {
        await FoldStandings(stop);
        var now = await packs.Names(stop);
        var mark = string.Join('\n', now.Select(pack => string.Create(CultureInfo.InvariantCulture, $"{pack.Key.Shard} {pack.Key.UpTo} {pack.Value.Gone} {pack.Value.ETag}")).Order(StringComparer.Ordinal)) + "\n";
        if (since == "") return new(mark, [], []);
        if (Read(since) is not { } then || then.Keys.Any(name => !now.ContainsKey(name))) return null;

        var changed = new List<Portrait>();
        foreach (var (name, (etag, gone)) in now)
        {
            var known = then.TryGetValue(name, out var before);
            if (known && before.ETag == etag) continue;

            var pack = await packs.Find(name.Shard, name.UpTo, stop);
            if ((known && before.Gone != gone) || pack.Gone != gone || pack.UpTo != name.UpTo) return null;
            changed.AddRange(pack.Portraits);
        }

        return new(mark, changed, []);
    }

    static Dictionary<PackName, (string ETag, int Gone)>? Read(string mark)
    {
        var packs = new Dictionary<PackName, (string, int)>();
        foreach (var line in mark.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 4) is not [var shard, var upTo, var gone, var etag] || !int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !int.TryParse(gone, NumberStyles.None, CultureInfo.InvariantCulture, out var times)) return null;
            packs[new(number, upTo)] = (etag, times);
        }

        return packs;
    }
}
