using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What a CRM tells of the team's tasks.</summary>
public sealed partial class JsonIntake
{
    const int MostWho = 80;

    Arrival TaskDone(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.TaskDone, check);
        string? id = null, customer = null, task = null, by = null, outcome = null, note = null;
        DateTimeOffset? at = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "task": task = check.Line(member, walk.Text(ref json, member), MostKey); break;
                case "by": by = check.Line(member, walk.Text(ref json, member), MostWho); break;
                case "outcome": outcome = check.Id(member, walk.Text(ref json, member)); break;
                case "note": note = check.Text(member, walk.Text(ref json, member)); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer!, new Signal.TaskDone(SignalIds.TaskDone(id!), at!.Value, task!, by!, outcome, note)) : Refused(customer);
    }
}
