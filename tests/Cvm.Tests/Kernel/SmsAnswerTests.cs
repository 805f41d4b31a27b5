namespace Cvm.Tests;

public sealed class SmsAnswerTests
{
    static readonly DateTimeOffset Later = Polls.Now.AddHours(3);

    [Theory]
    [InlineData("4", 4, null)]
    [InlineData(" 4 ", 4, null)]
    [InlineData("4!", 4, null)]
    [InlineData("4.", 4, null)]
    [InlineData("4 slow delivery", 4, "slow delivery")]
    [InlineData("4, but slow", 4, "but slow")]
    [InlineData("5 - thank you", 5, "thank you")]
    [InlineData("5👍", 5, "👍")]
    [InlineData("4\nslow", 4, "slow")]
    [InlineData("4分", 4, null)]
    [InlineData("４", 4, null)]
    [InlineData("３分，快递太慢", 3, "快递太慢")]
    [InlineData("5星好评", 5, "好评")]
    [InlineData("٤", 4, null)]
    [InlineData("4/5", 4, null)]
    [InlineData("4/5 slow", 4, "slow")]
    public void A_number_is_an_answer_and_the_rest_its_words(string text, int score, string? words)
    {
        var said = Polls.Take(Polls.Asked, new Signal.Texted("sms", Later, text), Later);

        var answer = Assert.Single(said.Satisfaction.Answers);
        Assert.Equal((score, words, Polls.Key, "customer"), (answer.Score, answer.Comment, answer.Ask, answer.By));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("10")]
    [InlineData("44")]
    [InlineData("4.5")]
    [InlineData("4,5")]
    [InlineData("4/10")]
    [InlineData("4 5")]
    [InlineData("12:30")]
    [InlineData("2027-03-01")]
    [InlineData("4th of May")]
    [InlineData("4pm?")]
    [InlineData("4%")]
    [InlineData("5€ please")]
    [InlineData("-4")]
    [InlineData("+491511234567")]
    [InlineData("four")]
    [InlineData("I say 4")]
    [InlineData("")]
    public void Anything_else_stays_a_text(string text)
    {
        var turn = Kernel.Take(Polls.Playbook, Polls.Asked, new Signal.Texted("sms", Later, text), Later);

        Assert.Empty(turn.Dossier.Satisfaction.Answers);
        Assert.Equal([Happening.Texted], turn.Lines.Select(line => line.What));
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("4 STOP")]
    [InlineData("please stop texting me, 1")]
    public void A_wish_is_a_wish_and_no_answer(string text)
    {
        var turn = Kernel.Take(Polls.Playbook, Polls.Asked, new Signal.Texted("sms", Later, text), Later);

        Assert.Empty(turn.Dossier.Satisfaction.Answers);
        Assert.Contains(turn.Lines, line => line.What == Happening.Withdrew);
    }

    [Fact]
    public void It_answers_what_was_asked_by_sms_first_and_then_the_newest_within_two_weeks()
    {
        AskedSurvey Ask(string survey, string key, Channel channel, int days) => new(survey, key, channel, Polls.Now.AddDays(-days));
        GivenAnswer? After(params AskedSurvey[] asked) => Polls.Take(Some.Ann with { Asked = [.. asked] }, new Signal.Texted("sms", Polls.Now, "3"), Polls.Now).Satisfaction.Answers.SingleOrDefault();

        Assert.Equal("b", After(Ask("csat", "a", Channel.Sms, 9), Ask("csat", "b", Channel.Sms, 5), Ask("csat", "c", Channel.Email, 1))?.Ask);
        Assert.Equal("c", After(Ask("csat", "a", Channel.Email, 9), Ask("nps", "c", Channel.Email, 1))?.Ask);
        Assert.Null(After(Ask("csat", "a", Channel.Sms, 15)));
        Assert.Null(After());
    }

    [Fact]
    public void A_second_number_changes_the_first()
    {
        var first = Polls.Take(Polls.Asked, new Signal.Texted("sms-1", Later, "2 late"), Later);
        var second = Polls.Take(first, new Signal.Texted("sms-2", Later.AddMinutes(1), "4"), Later.AddMinutes(1));

        Assert.Equal((4, "late", 0), Assert.Single(second.Satisfaction.Answers) is var one ? (one.Score, one.Comment, second.Satisfaction.Unhappy) : default);
    }
}
