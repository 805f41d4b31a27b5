using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

/// <summary>How a provider may behave towards one message.</summary>
public enum Mood
{
    Takes,
    Refuses,
    Busy,
    OutOfOrder,
    KnowsUsNot,
    NoConnection,

    /// <summary>Has the whole message and says nothing.</summary>
    Silent,

    /// <summary>Has the whole message and hangs up.</summary>
    Cuts,

    /// <summary>Has the whole message and hangs up in the middle of saying that it took it.</summary>
    CutsWithinAnswer,
}

/// <summary>What every sender must keep that hands messages to somebody else, however that somebody answers or falls silent.</summary>
public abstract class ProviderContract : SenderContract
{
    // Only one who stays silent is waited for: whoever answers may be as slow as a busy machine makes him.
    protected static readonly TimeSpan Patient = TimeSpan.FromMinutes(1), Impatient = TimeSpan.FromSeconds(1);

    protected abstract void Be(Mood mood);

    /// <summary>How often the whole message was handed over.</summary>
    protected abstract int Handed { get; }

    [Fact]
    public async Task Refused_with_the_reason()
    {
        Be(Mood.Refuses);

        var refused = Assert.IsType<Delivery.Refused>(await Sender.Send(Message(), default));

        Assert.Contains("the address is not one", refused.Reason);
        Assert.False(refused.Suppress);
    }

    [Theory]
    [InlineData(Mood.Busy)]
    [InlineData(Mood.OutOfOrder)]
    public async Task Later_when_the_provider_cannot_take_it(Mood mood)
    {
        Be(mood);

        Assert.Null(Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).After);
    }

    [Fact]
    public async Task Later_when_our_key_is_wrong_because_no_message_is_at_fault()
    {
        Be(Mood.KnowsUsNot);

        Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));
    }

    [Fact]
    public async Task Later_when_there_is_no_connection_because_nothing_was_handed_over()
    {
        Be(Mood.NoConnection);

        Assert.NotEqual("", Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).Reason);
    }

    [Theory]
    [InlineData(Mood.Silent)]
    [InlineData(Mood.Cuts)]
    public async Task In_doubt_when_it_was_handed_over_and_nothing_was_answered(Mood mood)
    {
        Be(mood);

        await Assert.ThrowsAnyAsync<Exception>(() => Sender.Send(Message(), default));
        Assert.Equal(1, Handed);
    }

    [Fact]
    public async Task In_doubt_or_accepted_when_the_connection_is_cut_within_the_answer_and_never_again()
    {
        Be(Mood.CutsWithinAnswer);

        var ended = await Record.ExceptionAsync(async () => Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default)));

        Assert.False(ended is Xunit.Sdk.XunitException, ended?.Message);
        Assert.Equal(1, Handed);
    }

    [Theory]
    [InlineData(Mood.Takes)]
    [InlineData(Mood.Refuses)]
    [InlineData(Mood.Busy)]
    [InlineData(Mood.OutOfOrder)]
    [InlineData(Mood.KnowsUsNot)]
    public async Task Whatever_is_answered_no_other_attempt_follows_by_itself(Mood mood)
    {
        Be(mood);

        await Sender.Send(Message(), default);

        Assert.InRange(Handed, 0, 1);
    }

    [Fact]
    public async Task One_that_has_recovered_is_sent_to_as_before()
    {
        Be(Mood.OutOfOrder);
        await Sender.Send(Message(), default);
        Be(Mood.Takes);

        Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default));
    }
}
