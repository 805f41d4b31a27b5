using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cvm.Functions;

/// <summary>Names as keys of Table Storage, which allows neither <c>/ \ # ?</c> nor control characters in them. Different names give different
/// keys, and short ones can be read back.</summary>
static class TableKey
{
    // A key may have 512 characters; other parts stand beside it.
    const int Longest = 400;

    /// <summary>Letters, digits and <c>- _ . : @</c> as they are, every other UTF-16 unit as <c>=</c> and four hexadecimal digits; where that
    /// is longer than a key may be, <c>~</c> and a SHA-256, which cannot be read back.</summary>
    public static string Of(string name)
    {
        if (name.All(Plain)) return name.Length <= Longest ? name : Hash(name);

        var key = new StringBuilder(name.Length + 16);
        foreach (var unit in name)
        {
            if (Plain(unit)) key.Append(unit);
            else key.Append(CultureInfo.InvariantCulture, $"={(int)unit:X4}");
        }

        return key.Length <= Longest ? key.ToString() : Hash(name);
    }

    /// <summary>The name that a key stands for.</summary>
    public static string NameOf(string key)
    {
        if (key.StartsWith('~')) throw new FormatException($"The key '{key}' is a hash; its name stands in the row.");

        var name = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] != '=') name.Append(key[i]);
            else
            {
                name.Append((char)ushort.Parse(key.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
        }

        return name.ToString();
    }

    /// <summary>65 characters that stand for the name and cannot be read back.</summary>
    public static string Short(string name) => Hash(name);

    /// <summary>A number from 0 to <paramref name="shards"/> less one, the same for a name on every machine and for good.</summary>
    public static int Shard(string name, int shards) => (int)(Chance.Of("shard", name) * shards);

    static bool Plain(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.' or ':' or '@';

    static string Hash(string name) => "~" + Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(name)));
}
