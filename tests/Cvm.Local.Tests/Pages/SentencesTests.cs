using Cvm;
using Cvm.Web;

namespace Cvm.Local.Tests.Pages;

public sealed class SentencesTests
{
    static readonly DateTimeOffset At = new(2027, 3, 1, 22, 15, 0, TimeSpan.Zero);

    public static TheoryData<Happening> EveryHappening => [.. Enum.GetValues<Happening>()];

    [Theory, MemberData(nameof(EveryHappening))]
    public void Every_happening_has_a_sentence_full_or_bare(Happening what)
    {
        var bare = Sentences.Of(new(At, what));
        var full = Sentences.Of(Full(what));

        foreach (var sentence in new[] { bare, full })
        {
            Assert.True(char.IsUpper(sentence[0]) || sentence[0] is '\'', sentence);
            Assert.DoesNotContain("  ", sentence);
            Assert.False(sentence.EndsWith('.'), sentence);
        }
    }

    [Theory, MemberData(nameof(EveryHappening))]
    public void Every_happening_has_a_chinese_sentence_full_or_bare(Happening what)
    {
        foreach (var sentence in new[] { ChineseSentences.Of(new(At, what)), ChineseSentences.Of(Full(what)) })
        {
            Assert.Contains(sentence, letter => letter is >= '\u4e00' and <= '\u9fff');
            Assert.DoesNotContain("  ", sentence);
            Assert.False(sentence.EndsWith('。'), sentence);
        }

        Assert.Equal(Sentences.Of(Full(what)).Split("because-of-this").Length, ChineseSentences.Of(Full(what)).Split("because-of-this").Length);
    }

    [Theory, MemberData(nameof(EveryHappening))]
    public void No_reason_is_lost_and_none_is_said_twice(Happening what)
    {
        var sentence = Sentences.Of(Full(what));

        Assert.Equal(2, sentence.Split("because-of-this").Length);
    }

    [Fact]
    public void Sentences_read_as_people_talk()
    {
        var until = new DateTimeOffset(2027, 3, 2, 8, 0, 0, TimeSpan.Zero);

        Assert.Equal("Sent e-mail 'we-miss-you' (win-back)", Sentences.Of(new(At, Happening.Sent) { Journey = "win-back", Subject = "we-miss-you", Channel = Channel.Email }));
        Assert.Equal("Kept back SMS 'we-miss-you' until 2 Mar 08:00: quiet hours (win-back)", Sentences.Of(new(At, Happening.Shifted) { Journey = "win-back", Subject = "we-miss-you", Channel = Channel.Sms, Until = until, Because = "quiet hours" }));
        Assert.Equal("Ordered for 1,234.50 (order A-1)", Sentences.Of(new(At, Happening.Ordered) { Subject = "A-1", Figure = 1234.5m }));
        Assert.Equal("Earned 1 point: order A-1", Sentences.Of(new(At, Happening.PointsEarned) { Figure = 1, Because = "order A-1" }));
        Assert.Equal("Earned 129 points for order A-1", Sentences.Of(new(At, Happening.PointsEarned) { Figure = 129, Subject = "A-1" }));
        Assert.Equal("Waits at 'wait-7d' until 2 Mar 08:00, unless 'opened' comes first (win-back)", Sentences.Of(new(At, Happening.Waited) { Journey = "win-back", Step = "wait-7d", Until = until, Because = "opened" }));
        Assert.Equal("Took the way 'orders > 1' at 'choose' (win-back)", Sentences.Of(new(At, Happening.Took) { Journey = "win-back", Step = "choose", Subject = "orders > 1", Because = "orders > 1" }));
        Assert.Equal("Case K1 went up to manager, due 2 Mar 08:00", Sentences.Of(new(At, Happening.CaseEscalated) { Subject = "K1", Because = "manager", Until = until }));
        Assert.Equal("Did not enter win-back on 'day': entered 12 days ago", Sentences.Of(new(At, Happening.NotEntered) { Journey = "win-back", Subject = "day", Because = "entered 12 days ago" }));
        Assert.Equal("Promotions are paused until 2 Mar 08:00 (win-back)", Sentences.Of(new(At, Happening.Held) { Journey = "win-back", Because = "win-back", Until = until }));
        Assert.Equal("Left tier gold", Sentences.Of(new(At, Happening.TierChanged) { Because = "gold" }));
        Assert.Equal("Withdrew the agreement to promotional SMS (reply STOP)", Sentences.Of(new(At, Happening.Withdrew) { Channel = Channel.Sms, Subject = "promotional", Because = "reply STOP" }));
        Assert.Equal("Task for account-manager: Call Ann, due 2 Mar 08:00 (win-back)", Sentences.Of(new(At, Happening.TaskGiven) { Journey = "win-back", Subject = "Call Ann", Because = "account-manager", Until = until }));
        Assert.Equal("Put a note to 'agent' in the outbox (win-back)", Sentences.Of(new(At, Happening.Queued) { Journey = "win-back", Subject = "agent" }));
    }

    [Fact]
    public void A_moment_in_another_year_names_the_year()
    {
        var line = new Line(At, Happening.CouponGiven) { Subject = "BACK10", Until = new(2028, 1, 5, 23, 59, 0, TimeSpan.Zero) };

        Assert.Equal("Was given the coupon 'BACK10', valid until 5 Jan 2028 23:59", Sentences.Of(line));
    }

    static Line Full(Happening what) => new(At, what)
    {
        Journey = "win-back",
        Step = "wait-7d",
        Subject = "thing",
        Because = "because-of-this",
        Figure = 5,
        Until = At.AddDays(1),
        Channel = Channel.Email,
        Key = "k",
    };
}
