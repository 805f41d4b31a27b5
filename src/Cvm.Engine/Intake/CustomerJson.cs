using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Reads what is told of a customer.</summary>
static class CustomerJson
{
    const int MostTags = CustomerDraft.MostTags, MostAttributes = 50, MostConsents = 20;

    public static Arrival Read(ref Utf8JsonReader json, Check check)
    {
        var walk = new MemberWalk(Contracts.Customer, check);
        var draft = new CustomerDraft();

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "tags": draft.Tags = Tags(ref json, walk, check, member); break;
                case "attributes": draft.Attributes = Attributes(ref json, walk, check, member); break;
                case "consents": draft.Consents = Consents(ref json, walk, check, member); break;
                default: draft.Set(member, walk.Text(ref json, member), check); break;
            }
        }

        walk.Require();
        return draft.Finish(check);
    }

    static ImmutableArray<string> Tags(ref Utf8JsonReader json, MemberWalk walk, Check check, string list)
    {
        if (!walk.Opens(ref json, list, JsonTokenType.StartArray)) return [];

        var tags = new List<string>();
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i >= MostTags) json.Skip();
            else if (check.Id($"{list}[{i}]", walk.Text(ref json, $"{list}[{i}]")) is { } tag) tags.Add(tag);
            if (i == MostTags) check.Refuse(list, $"has more than {MostTags} entries.", "Keep those that journeys ask for.");
        }

        return CustomerDraft.Sorted(tags);
    }

    static ImmutableSortedDictionary<string, string> Attributes(ref Utf8JsonReader json, MemberWalk walk, Check check, string map)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!walk.Opens(ref json, map, JsonTokenType.StartObject)) return attributes.ToImmutable();

        for (var i = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; i++)
        {
            var name = check.Id(map, JsonText.Of(ref json) ?? "");
            json.Read();
            if (i == MostAttributes) check.Refuse(map, $"has more than {MostAttributes} entries.", "Keep those that journeys ask for.");
            if (i >= MostAttributes || name is null || json.TokenType == JsonTokenType.Null) json.Skip();
            else if (check.Line($"{map}.{name}", walk.Text(ref json, $"{map}.{name}"), CustomerDraft.MostAttribute) is { } value && !attributes.TryAdd(name, value))
            {
                check.Refuse($"{map}.{name}", "stands here twice.", "Keep one.");
            }
        }

        return attributes.ToImmutable();
    }

    static ImmutableArray<Consent> Consents(ref Utf8JsonReader json, MemberWalk walk, Check check, string list)
    {
        if (!walk.Opens(ref json, list, JsonTokenType.StartArray)) return [];

        var consents = ImmutableArray.CreateBuilder<Consent>();
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            check.Enter(list, i);
            var entry = new MemberWalk(Contracts.Consent, check);
            if (i >= MostConsents) json.Skip();
            else if (entry.Opens(ref json, "", JsonTokenType.StartObject) && Consent(ref json, entry, check) is { } consent) consents.Add(consent);

            check.Leave();
            if (i == MostConsents) check.Refuse(list, $"has more than {MostConsents} entries.", "Send the latest word for each channel and purpose.");
        }

        return consents.ToImmutable();
    }

    static Consent? Consent(ref Utf8JsonReader json, MemberWalk walk, Check check)
    {
        string? channel = null, purpose = null, source = null, wording = null, by = null;
        DateTimeOffset? at = null, confirmedAt = null;
        bool? given = true;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "channel": channel = check.OneOf(member, walk.Text(ref json, member), "email", "sms"); break;
                case "purpose": purpose = check.OneOf(member, walk.Text(ref json, member), "promotional", "service", "transactional"); break;
                case "given": given = walk.Truth(ref json, member); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
                case "source": source = check.Line(member, walk.Text(ref json, member), Check.MostName); break;
                case "wording": wording = check.Text(member, walk.Text(ref json, member)); break;
                case "by": by = check.Line(member, walk.Text(ref json, member), Check.MostName); break;
                case "confirmedAt": confirmedAt = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        if (channel is null || purpose is null || source is null || at is null || given is null) return null;
        return new(channel == "sms" ? Channel.Sms : Channel.Email, PurposeOf(purpose), given.Value, at.Value, source, wording, by, confirmedAt);
    }

    static Purpose PurposeOf(string word) => word switch
    {
        "promotional" => Purpose.Promotional,
        "service" => Purpose.Service,
        _ => Purpose.Transactional,
    };
}
