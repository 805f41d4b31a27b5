using System.Text.Json;
using System.Text.Unicode;

namespace Cvm.Engine;

/// <summary>Work on a case, whose customer and number stand in the address.</summary>
public sealed partial class JsonIntake
{
    /// <summary>Reads one act on a case. Never throws on what it is given.</summary>
    /// <param name="about">Id of the case; empty for a new one.</param>
    public Arrival ReadCaseWork(string customer, string about, ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new(new FieldProblem("", "is not UTF-8.", "Encode the text as UTF-8."));
        check.Begin();

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return new(new FieldProblem("", "is not an object.", "Write it in curly brackets."));

            var arrival = CaseWork(customer, about, ref reader);
            reader.Read(); // Anything behind the object throws.
            return arrival;
        }
        catch (JsonException e)
        {
            return new(new FieldProblem("", $"is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "Check quotes, commas and brackets there."));
        }
    }

    Arrival CaseWork(string customer, string about, ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.CaseWork, check);
        string? id = null, work = null, by = null, note = null, to = null, severity = null;
        DateTimeOffset? at = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "work": work = check.OneOf(member, walk.Text(ref json, member), CaseWorks.Names); break;
                case "by": by = check.Line(member, walk.Text(ref json, member), 80); break;
                case "note": note = check.Text(member, walk.Text(ref json, member)); break;
                case "to": to = check.Line(member, walk.Text(ref json, member), 200); break;
                case "severity": severity = check.OneOf(member, walk.Text(ref json, member), CaseActs.Severities); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        if (work is not null && (CaseWorks.Of(work) == Cvm.CaseWork.Open) != (about == ""))
            check.Refuse("work", about == "" ? $"is '{work}', which needs a case." : "is 'open', which needs no case.", about == "" ? "Name its number in the address." : "Post it to .../cases/new/work.");
        return check.Clear ? new(customer, new Signal.CaseWorked(SignalIds.CaseWork(id!), at!.Value, about, CaseWorks.Of(work!)!.Value, by!, note, to, severity)) : Refused(customer);
    }
}
