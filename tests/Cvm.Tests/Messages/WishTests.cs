using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests.Messages;

public sealed class WishTests
{
    static readonly List<(Wish Wish, string Text)> Phrases = [.. Read()];

    [Fact]
    public void Everybody_is_read_as_meant()
    {
        var misread = Phrases.Where(phrase => Wishes.In(phrase.Text) != phrase.Wish).Select(phrase => $"{phrase.Text}: {Wishes.In(phrase.Text)}, not {phrase.Wish}");

        Assert.True(!misread.Any(), string.Join("\n", misread));
        Assert.True(Phrases.Count >= 200, $"{Phrases.Count} phrases");
    }

    [Fact]
    public void Looks_never_change_the_wish()
    {
        var looks = Gen.Elements(Looks).ListOf().Select(list => list.Take(4).ToList());
        var shown = from phrase in Gen.Elements<(Wish Wish, string Text)>(Phrases) from worn in looks select (phrase, worn);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(shown.ToArbitrary(), pair =>
            Wishes.In(pair.worn.Aggregate(pair.phrase.Text, (text, look) => look(text))) == pair.phrase.Wish));
    }

    static readonly Func<string, string>[] Looks =
    [
        text => text.ToUpperInvariant(),
        text => text.ToLowerInvariant(),
        text => $"  {text}\t ",
        text => text.Replace(" ", "   ", StringComparison.Ordinal),
        text => text.Replace(" ", "\u00A0", StringComparison.Ordinal),
        text => $"🙂 {text} 🙏",
        text => $"\u200B{text}\uFEFF",
        text => string.Join('\u200D', text.EnumerateRunes().Select(rune => rune.ToString())),
        text => text + "!",
        text => text + "…",
        text => $"({text})",
        text => $"“{text}”",
        text => $"*{text}*",
        text => string.Concat(text.Select(letter => letter is > ' ' and < '\u007F' ? (char)(letter + 0xFEE0) : letter)),
        text => text.Normalize(System.Text.NormalizationForm.FormD),
        text => text.Replace('\'', '’'),
    ];

    [Fact]
    public void Any_text_is_read_without_a_crash()
    {
        string[] hostile =
        [
            "", new('a', 10_000), new('\uD83D', 10_000), new('\u200B', 10_000), new('\uFDFA', 10_000), new('停', 10_000), string.Concat(Enumerable.Repeat("stop don't ", 1_000)),
            string.Concat(Enumerable.Repeat("don't want to ", 800)), new('\0', 300), "\uDC00\uD800", "stop\uD800", "\uFFFE\uFFFF stop", "e" + new string('\u0301', 5_000),
        ];

        foreach (var text in hostile) Wishes.In(text);

        Assert.Equal(Wish.Stop, Wishes.In("stop\uD800"));
        Assert.Equal(Wish.Stop, Wishes.In("s\u200Bt\u200Bo\u200Bp"));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Enum.IsDefined(Wishes.In(text ?? ""))));
    }

    [Fact]
    public void A_wish_to_stop_outweighs_whatever_stands_beside_it()
    {
        Assert.Equal(Wish.Stop, Wishes.In("START STOP"));
        Assert.Equal(Wish.Stop, Wishes.In("help, stop"));
        Assert.Equal(Wish.Stop, Wishes.In("I love your shoes, but don't text me any more"));
        Assert.Equal(Wish.Stop, Wishes.In("谢谢你们的礼物，不过请不要再给我发短信"));
    }

    static IEnumerable<(Wish, string)> Read()
    {
        var wish = Wish.None;
        foreach (var line in File.ReadLines(Repository.File("tests/Cvm.Tests/Messages/wishes.txt")))
        {
            if (line is "" or ['#', ..]) continue;
            if (line is ['[', .. var name, ']']) wish = Enum.Parse<Wish>(name);
            else yield return (wish, line);
        }
    }
}
