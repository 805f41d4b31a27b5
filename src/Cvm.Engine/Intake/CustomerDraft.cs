namespace Cvm.Engine;

/// <summary>What is told of a customer, while it is being read from JSON or CSV.</summary>
sealed class CustomerDraft
{
    public const int MostTags = 50, MostAttribute = 500;

    string? id, name, email, phone, zone, locale, country, region, referrer, signal;
    Birthday? birthday;
    DateTimeOffset? joined, at;

    public ImmutableArray<string> Tags { get; set; } = [];
    public ImmutableSortedDictionary<string, string> Attributes { get; set; } = ImmutableSortedDictionary<string, string>.Empty;
    public ImmutableArray<Consent> Consents { get; set; } = [];

    /// <summary>Sets a member that is a single text; null is nothing said.</summary>
    public void Set(string member, string? text, Check check)
    {
        var person = new PersonCheck(check);
        switch (member)
        {
            case "id": id = check.Id(member, text); break;
            case "name": name = check.Line(member, text, Check.MostName); break;
            case "email": email = person.Email(member, text); break;
            case "phone": phone = person.Phone(member, text); break;
            case "birthday": birthday = person.Birthday(member, text); break;
            case "zone": zone = person.Zone(member, text); break;
            case "locale": locale = person.Locale(member, text); break;
            case "country": country = person.Country(member, text); break;
            case "region": region = person.Region(member, text); break;
            case "referredBy": referrer = check.Referrer(member, text); break;
            case "joined": joined = check.Moment(member, text); break;
            case "at": at = check.Moment(member, text); break;
            case "signal": signal = check.Id(member, text); break;
            default: throw new ArgumentException($"'{member}' is not a text of a customer.", nameof(member));
        }
    }

    public Arrival Finish(Check check)
    {
        if (region is not null && country is not null && !region.StartsWith(country, StringComparison.Ordinal)) check.Refuse("region", $"is not in {country}: '{region}'.", "Make both the same country.");
        if (!check.Clear) return new(id ?? "", null, check.Problems());

        var profile = new Profile
        {
            Name = name,
            Email = email,
            Phone = phone,
            Birthday = birthday,
            Zone = zone,
            Locale = locale,
            Country = country ?? region?[..2],
            Region = region,
            Joined = joined,
            Tags = Tags,
            Attributes = Attributes,
        };
        var news = signal is null ? SignalIds.Customer(id!, at, profile, Consents, referrer) : SignalIds.Customer(signal);
        return new(id!, new Signal.Told(news, at ?? check.Rules.Now, profile, Consents, referrer));
    }

    public static ImmutableArray<string> Sorted(IEnumerable<string> tags) => [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
