using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Every message of the playbook, as a list.</summary>
public sealed record MessagesView(ImmutableArray<MessageRow> Rows, Playbook Playbook);

/// <summary>One message in the list.</summary>
/// <param name="Sms">What the SMS costs for somebody with a usual name, in the playbook's language.</param>
public sealed record MessageRow(
    string Name, ImmutableArray<Channel> Channels, ImmutableArray<string> Locales, ImmutableArray<string> Journeys, SmsLength? Sms, ImmutableArray<string> Warnings);

/// <summary>One message, written for one customer.</summary>
public sealed record MessageView
{
    public required string Template { get; init; }
    public required MessageQuery Query { get; init; }
    public required Dossier Dossier { get; init; }

    /// <summary>False for the invented person who stands in where nobody is there.</summary>
    public required bool Real { get; init; }

    /// <summary>Others who fit what was searched for.</summary>
    public required ImmutableArray<CustomerRow> Others { get; init; }

    public required ImmutableArray<string> Locales { get; init; }
    public required ImmutableArray<(Journey Journey, Purpose Purpose)> Uses { get; init; }
    public required ImmutableArray<Tried> Tried { get; init; }
    public required Playbook Playbook { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>What came of sending a test; null where none was sent.</summary>
    public (bool Well, string Text)? Test { get; init; }

    public string Who => string.IsNullOrWhiteSpace(Dossier.Profile.Name) ? Dossier.Customer : Dossier.Profile.Name;

    public Purpose Purpose => Uses is [var first, ..] ? first.Purpose : Purpose.Transactional;

    public string Price(int segments) => $"{Words.Money(segments * Playbook.Scores.Costs.Sms)} {Playbook.Policies.Currency}";

    /// <summary>What permission says, in a sentence.</summary>
    public string Sentence(Verdict verdict) => verdict switch
    {
        { Allowed: true } => T("Would go out now."),
        { Passing: true, From: { } from } => T("Would wait: {0}, until {1}.", Rules.Said(verdict.Rule ?? ""), Words.Moment(from, Playbook.ZoneOf(Dossier), Now)),
        { Passing: true } => T("Would wait: {0}.", Rules.Said(verdict.Rule ?? "")),
        _ => T("Would not go out: {0}.", Rules.Said(verdict.Rule ?? "")),
    };
}

/// <summary>The message on one channel, and whether it might go out now.</summary>
public sealed record Tried(Channel Channel, Trial Trial, Verdict Verdict);
