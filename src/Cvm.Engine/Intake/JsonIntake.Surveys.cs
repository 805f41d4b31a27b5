using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Answers to surveys.</summary>
public sealed partial class JsonIntake
{
    Arrival SurveyReply(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.SurveyReply, check);
        string? id = null, customer = null, survey = null, comment = null, product = null, agent = null, by = null;
        ImmutableArray<string> reasons = [];
        DateTimeOffset? at = null;
        int? score = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "survey": survey = check.Id(member, walk.Text(ref json, member)); break;
                case "score": score = walk.Whole(ref json, member); break;
                case "comment": comment = check.Text(member, walk.Text(ref json, member)); break;
                case "reasons": reasons = Reasons(ref json, walk, member); break;
                case "product": product = check.Id(member, walk.Text(ref json, member)); break;
                case "agent": agent = check.Id(member, walk.Text(ref json, member)); break;
                case "by": by = check.Line(member, walk.Text(ref json, member), Check.MostName); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        new SurveyCheck(check).Fits(survey, score, reasons);
        return check.Clear
            ? new(customer!, new Signal.Answered(SignalIds.SurveyReply(id!), at!.Value, survey!, score!.Value, comment) { Reasons = reasons, Product = product, Agent = agent, By = by })
            : Refused(customer);
    }

    ImmutableArray<string> Reasons(ref Utf8JsonReader json, MemberWalk walk, string list)
    {
        if (!walk.Opens(ref json, list, JsonTokenType.StartArray)) return [];

        var reasons = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i >= SurveyCheck.MostReasons) json.Skip();
            else if (check.Id($"{list}[{i}]", walk.Text(ref json, $"{list}[{i}]")) is { } reason) reasons.Add(reason);
            if (i == SurveyCheck.MostReasons) check.Refuse(list, $"has more than {SurveyCheck.MostReasons} entries.", "Keep those that matter.");
        }

        return reasons.ToImmutable();
    }
}
