using Cvm.Engine;

namespace Cvm.Tests.Pivoting;

public sealed class PortraitTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-1234567.89)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void Amounts_read_back_exactly(double amount)
    {
        var portrait = new Portrait { Customer = "ann", Spent = amount, Refunded = -amount, Points = (long)Math.Clamp(-amount, -1e9, 1e9) };

        Assert.Equal(portrait, PortraitText.Read(PortraitText.Write(portrait), new()));
    }

    [Fact]
    public void A_prospect_takes_next_to_nothing()
    {
        var row = PortraitText.Write(Portrait.Of(Dossier.For("customer-0000001")));

        Assert.InRange(row.Length, 20, 50);
        Assert.Equal(Stage.Prospect, PortraitText.Read(row, new()).Stage);
    }

    [Fact]
    public void Another_version_is_refused_in_words()
    {
        var row = PortraitText.Write(Portrait.Of(Dossier.For("ann")));
        row[0] = 9;

        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => PortraitText.Read(row, new())).Message);
    }

    [Fact]
    public void The_standing_of_a_portrait_is_the_standing_of_the_dossier()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var dossier = RandomPeople.One(random, $"c{i}");
            var portrait = Portrait.Of(dossier)!;

            Assert.Equal(Standing.Of(dossier), PortraitText.Read(PortraitText.Write(portrait), new()).Standing);
        }
    }

    [Fact]
    public void What_may_not_differ_does_not()
    {
        var before = RandomPeople.One(new(1), "ann");
        var after = before with { Outbox = [], Clicks = [], Lines = before.Lines + 3, DaySeen = new(2027, 3, 1), Visits = [], TopicsOff = ["news"] };

        Assert.False(Portrait.MayDiffer(before, after));
        Assert.Equal(Portrait.Of(before), Portrait.Of(after));
    }

    [Fact]
    public void Who_cannot_be_written_to_any_more_is_not_reached()
    {
        var dossier = Dossier.For("ann") with
        {
            Profile = new() { Email = "Ann@example.com", Phone = "+4915112345678" },
            Suppressions = [new(Channel.Email, "ann@EXAMPLE.com", "hard bounce", Noon), new(Channel.Sms, "+49000000", "an old number", Noon)],
            Consents = [new(Channel.Email, Purpose.Promotional, true, Noon, "form"), new(Channel.Sms, Purpose.Promotional, true, Noon, "form", Pending: true), new(Channel.Sms, Purpose.Service, true, Noon, "form")],
        };

        Assert.Equal(Reach.Sms | Reach.EmailAgreed, Portrait.Of(dossier)!.Reach);
    }

    [Fact]
    public void The_newest_answer_to_each_survey_counts()
    {
        var dossier = Dossier.For("ann") with { Satisfaction = new() { Answers = [new("recommend", 3, null, Noon), new("effort", 6, null, Noon), new("recommend", 10, null, Noon)] } };

        Assert.Equal("recommend 10\neffort 6", Portrait.Of(dossier)!.Answers);
    }
}
