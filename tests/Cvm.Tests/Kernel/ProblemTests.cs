namespace Cvm.Tests;

public sealed class ProblemTests
{
    [Theory]
    [InlineData(0, 0, "a.csv")]
    [InlineData(1, 0, "a.csv(1)")]
    [InlineData(1, 7, "a.csv(1,7)")]
    public void A_place_says_no_more_than_it_knows(int line, int column, string said) =>
        Assert.Equal(said, new Where("a.csv", line, column).ToString());
}
