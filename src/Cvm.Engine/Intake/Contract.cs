using System.Text;
using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What the outside world may send.</summary>
public enum IntakeKind { Customer, Order, Refund, SurveyReply, Complaint, SmsReply, MessageReport, TaskDone, Redemption, Confirmation, Cancellation, Adjustment }

/// <summary>The JSON type of a member.</summary>
public enum MemberType { Text, Number, Whole, Truth, Texts, Map, Objects }

/// <summary>One member of an object that may be sent.</summary>
/// <param name="About">One sentence for the reader of the API's description.</param>
/// <param name="Of">What the objects of an array look like.</param>
public sealed record Member(string Name, MemberType Type, string About, bool Required = false, Contract? Of = null)
{
    internal byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}

/// <summary>The members an object may have. The parser, its error messages and the API's description all read this one table.</summary>
public sealed record Contract(string Noun, string About, ImmutableArray<Member> Members, string Example = "")
{
    /// <summary>The names, for "did you mean".</summary>
    public IReadOnlyCollection<string> Names { get; } = [.. Members.Select(member => member.Name)];

    /// <summary>Position of the member whose name the reader stands on, or -1.</summary>
    internal int Find(ref Utf8JsonReader json)
    {
        for (var i = 0; i < Members.Length; i++) if (json.ValueTextEquals(Members[i].Utf8)) return i;
        return -1;
    }

    /// <summary>Position of a member that the table is known to have.</summary>
    internal int Find(string name)
    {
        for (var i = 0; i < Members.Length; i++) if (ReferenceEquals(Members[i].Name, name) || Members[i].Name == name) return i;
        throw new ArgumentException($"A {Noun} has no member '{name}'.", nameof(name));
    }
}
