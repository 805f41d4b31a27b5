using System.Globalization;

namespace Cvm.Engine;

/// <summary>Whose portraits changed last, in memory: for a store whose changes all come through one process. For many threads.</summary>
/// <param name="most">How many it remembers; who asks for what lies further back has to read everybody.</param>
public sealed class ChangeLog(int most = 16_384)
{
    readonly Lock gate = new();
    readonly Queue<string> last = [];
    long count;

    /// <summary>After the change has landed, and before its caller hears of it.</summary>
    public void Add(string customer)
    {
        lock (gate)
        {
            if (last.Count == most) last.Dequeue();
            last.Enqueue(customer);
            count++;
        }
    }

    /// <summary>The customers since a mark, each once, and the mark of now; null where it is too long ago, or no mark of this log. Nobody for an empty one.</summary>
    public (string Mark, IReadOnlyList<string> Customers)? Since(string mark)
    {
        lock (gate)
        {
            var now = count.ToString(CultureInfo.InvariantCulture);
            if (mark == "") return (now, []);
            if (!long.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var from) || from > count || count - from > last.Count) return null;

            return (now, [.. last.Skip(last.Count - (int)(count - from)).Distinct(StringComparer.Ordinal)]);
        }
    }
}
