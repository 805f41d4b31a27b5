using System.Globalization;

namespace Cvm.Engine;

/// <summary>Finds SMS that cost one more segment as soon as the customer has a longer name, or one with letters that phones lack.</summary>
public static class SmsSpill
{
    // Names that people really have: short, long, and with letters outside of the GSM alphabet.
    static readonly string[] Latin =
    [
        "Ann", "Maximiliane Schmidt-Rottluff", "Alexandrina Featherstonehaugh", "Zoë Brontë", "José García", "Łukasz Wiśniewski", "Şebnem Yılmaz", "François Lefèvre", "Nguyễn Thị Minh Khai",
    ];

    static readonly string[] Chinese = ["王伟", "李娜", "欧阳娜娜", "迪丽热巴·迪力木拉提"];

    static readonly DateTimeOffset Day = new(2027, 9, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>At most two warnings for each file: one for length, one for the alphabet.</summary>
    public static IEnumerable<Problem> In(IReadOnlyList<TemplateFile> files, MessageTemplates templates, Playbook playbook) => files
        .Where(file => file is { Channel: Channel.Sms, Partial: false })
        .SelectMany(file => Warnings(file, name => Length(file, name, templates, playbook)));

    static IEnumerable<Problem> Warnings(TemplateFile file, Func<string?, SmsLength> length)
    {
        var names = Locales.Language(file.Locale) == "zh" ? Chinese : Latin;
        var (nameless, usual) = (length(null), length(names[0]));
        if (usual.Segments < nameless.Segments) usual = nameless;

        var others = names.Skip(1).Select(name => (Name: name, Length: length(name))).ToList();
        var same = others.Where(other => other.Length.Alphabet == usual.Alphabet && other.Length.Segments > usual.Segments).ToList();
        var wider = others.Where(other => other.Length.Alphabet != usual.Alphabet && other.Length.Segments > usual.Segments).ToList();

        if (same.Count > 0) yield return TooLong(file, names[0], usual, same.MaxBy(other => other.Length.Units));
        if (wider.Count > 0) yield return Widened(file, usual, wider.MaxBy(other => other.Length.Segments));
    }

    static Problem TooLong(TemplateFile file, string shortest, SmsLength usual, (string Name, SmsLength Length) worst)
    {
        var room = worst.Length.Room(usual.Segments);
        var over = Math.Max(1, worst.Length.Units - room);
        return Problem.Warning(
            new(file.Path),
            $"It takes {Segments(usual.Segments)} for '{shortest}' and {worst.Length.Segments} for '{worst.Name}' ({worst.Length.Units} of {room} letters).",
            $"Shorten it by {over} {(over == 1 ? "letter" : "letters")}, or leave the name out.");
    }

    static Problem Widened(TemplateFile file, SmsLength usual, (string Name, SmsLength Length) worst)
    {
        var strange = worst.Name.First(letter => SmsLength.Of($"{letter}").Alphabet == SmsAlphabet.Ucs2);
        return Problem.Warning(
            new(file.Path),
            $"A name with '{strange}', such as '{worst.Name}', makes it UCS-2: {Segments(worst.Length.Segments)} instead of {usual.Segments}.",
            $"Leave the name out, or shorten the message to {worst.Length.Room(usual.Segments)} letters.");
    }

    static string Segments(int count) => count == 1 ? "1 segment" : $"{count} segments";

    static SmsLength Length(TemplateFile file, string? name, MessageTemplates templates, Playbook playbook)
    {
        var dossier = Dossier.For("customer") with { Profile = new() { Name = name, Phone = "+4915112345678", Locale = file.Locale } };
        return templates.Render(playbook, dossier, Entry(file, playbook)).Message is { } message ? SmsLength.Of(message.Text) : default;
    }

    static OutboxEntry Entry(TemplateFile file, Playbook playbook) => new()
    {
        Key = file.Name,
        Kind = OutboxKind.Sms,
        Purpose = Purpose.Promotional,
        Subject = file.Name,
        Journey = file.Name,
        Version = 1,
        Enrollment = file.Name,
        Step = file.Name,
        QueuedAt = Day,
        DueAt = Day,
        Data = DataFor(file.Name, playbook),
    };

    // Everything a message may hold, at its usual length; the coupon is the longest of a journey that sends the template.
    static ImmutableSortedDictionary<string, string> DataFor(string template, Playbook playbook)
    {
        var steps = playbook.Journeys.Where(journey => journey.Steps.Any(step => step is Step.Send send && send.Sending.Template == template)).SelectMany(journey => journey.Steps);
        var coupon = steps.OfType<Step.Give>().Select(give => give.Gift).OfType<Gift.Coupon>().MaxBy(gift => gift.Name.Length);

        return new Dictionary<string, string>
        {
            ["coupon"] = $"{coupon?.Name ?? "PRESENT"}-8ZAJMQHD",
            ["worth"] = coupon?.Worth ?? "10%",
            ["until"] = Day.ToString("O", CultureInfo.InvariantCulture),
            ["points"] = "1250",
            ["on"] = "2027-09-29",
            ["tier"] = playbook.Loyalty.Tiers.MaxBy(tier => tier.Name.Length)?.Name ?? "gold",
            ["case"] = "case-17",
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
