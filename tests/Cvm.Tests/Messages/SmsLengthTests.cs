using Cvm.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests.Messages;

public sealed class SmsLengthTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(2 * 153, 2)]
    [InlineData(2 * 153 + 1, 3)]
    [InlineData(1_600, 11)]
    public void Plain_letters_fill_160_or_153_each(int letters, int segments)
    {
        var length = SmsLength.Of(new string('a', letters));

        Assert.Equal(new(SmsAlphabet.Gsm7, letters, segments), length);
    }

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(2 * 67, 2)]
    [InlineData(2 * 67 + 1, 3)]
    public void Chinese_fills_70_or_67_each(int letters, int segments)
    {
        var length = SmsLength.Of(new string('生', letters));

        Assert.Equal(new(SmsAlphabet.Ucs2, letters, segments), length);
    }

    [Theory]
    [InlineData(80, 0, 160, 1)]
    [InlineData(80, 1, 161, 2)]
    [InlineData(1, 158, 160, 1)]
    public void Extension_letters_count_twice(int euros, int letters, int units, int segments)
    {
        var length = SmsLength.Of(new string('€', euros) + new string('a', letters));

        Assert.Equal(new(SmsAlphabet.Gsm7, units, segments), length);
    }

    [Fact]
    public void An_extension_letter_is_not_cut_in_half()
    {
        var fits = SmsLength.Of(new string('a', 151) + "€" + new string('a', 153));
        var moves = SmsLength.Of(new string('a', 152) + "€" + new string('a', 152));

        Assert.Equal((306, 2), (fits.Units, fits.Segments));
        Assert.Equal((306, 3), (moves.Units, moves.Segments));
    }

    [Fact]
    public void An_emoji_takes_two_units_and_is_not_cut_in_half()
    {
        var single = SmsLength.Of(string.Concat(Enumerable.Repeat("🎂", 35)));
        var joined = SmsLength.Of(string.Concat(Enumerable.Repeat("🎂", 67)));

        Assert.Equal(new(SmsAlphabet.Ucs2, 70, 1), single);
        Assert.Equal(new(SmsAlphabet.Ucs2, 134, 3), joined);
    }

    [Fact]
    public void One_letter_outside_the_alphabet_changes_the_whole_message()
    {
        Assert.Equal(SmsAlphabet.Gsm7, SmsLength.Of("Äö ñ £5 ¡hola! [x] ~ \\ | {y} ^").Alphabet);
        Assert.Equal(SmsAlphabet.Ucs2, SmsLength.Of("It’s").Alphabet);
        Assert.Equal(SmsAlphabet.Ucs2, SmsLength.Of("ç").Alphabet);
    }

    [Fact]
    public void An_empty_text_has_no_segment() => Assert.Equal(0, SmsLength.Of("").Segments);

    [Fact]
    public void Half_an_emoji_counts_one() => Assert.Equal(new(SmsAlphabet.Ucs2, 1, 1), SmsLength.Of("\uD83C"));

    [Fact]
    public void Segments_are_what_a_phone_would_cut_the_text_into()
    {
        var letters = Gen.Elements("a", "€", "[", "é", "\n", "生", "ç", "🎂", "\uD83C");
        var texts = from some in letters.ListOf() from times in Gen.Choose(1, 60) select string.Concat(Enumerable.Repeat(string.Concat(some), times));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(texts.ToArbitrary(), text => SmsLength.Of(text).Segments == CutBackwards(text)));
    }

    // Written another way on purpose: every letter as the units a phone sees, cut where a unit may be cut.
    static int CutBackwards(string text)
    {
        var gsm = !text.Any(letter => letter is '生' or 'ç' || char.IsSurrogate(letter));
        var widths = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            widths.Add(pair || (gsm && text[i] is '€' or '[') ? 2 : 1);
            if (pair) i++;
        }

        var (whole, part) = gsm ? (160, 153) : (70, 67);
        if (widths.Sum() <= whole) return text.Length == 0 ? 0 : 1;

        var (parts, at) = (0, 0);
        while (at < widths.Count)
        {
            for (var left = part; at < widths.Count && widths[at] <= left; at++) left -= widths[at];
            parts++;
        }

        return parts;
    }
}
