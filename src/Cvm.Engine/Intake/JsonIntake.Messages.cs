using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What comes back of messages, from any provider.</summary>
public sealed partial class JsonIntake
{
    const int MostKey = 400, MostDetail = 2_000;

    static readonly Dictionary<string, Report> Reports = Enum.GetValues<Report>().ToDictionary(report => report.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    readonly PersonCheck people;

    /// <summary>As customer it names the number it came from: who that is, the intake does not know.</summary>
    Arrival SmsReply(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.SmsReply, check);
        string? id = null, from = null, text = null;
        DateTimeOffset? at = null;
        var acknowledged = false;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "from": from = people.Phone(member, walk.Text(ref json, member)); break;
                case "text": text = check.Text(member, walk.Text(ref json, member)); break;
                case "acknowledged": acknowledged = walk.Truth(ref json, member) ?? false; break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        return check.Clear ? new(from!, new Signal.Texted(SignalIds.SmsReply(id!), at!.Value, text!, acknowledged)) : Refused(from);
    }

    Arrival MessageReport(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.MessageReport, check);
        string? id = null, customer = null, key = null, report = null, detail = null;
        DateTimeOffset? at = null;
        var machine = false;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "key": key = check.Line(member, walk.Text(ref json, member), MostKey); break;
                case "report": report = check.OneOf(member, walk.Text(ref json, member), Reports.Keys); break;
                case "detail": detail = check.Line(member, walk.Text(ref json, member), MostDetail); break;
                case "machine": machine = walk.Truth(ref json, member) ?? false; break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer!, new Signal.Reported(SignalIds.MessageReport(id!), at!.Value, key!, Reports[report!], detail, machine)) : Refused(customer);
    }
}
