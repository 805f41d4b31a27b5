using Xunit.Abstractions;

namespace Cvm.Tests;

/// <summary>What the papers and their authors' own spreadsheets and packages print for CDNOW.</summary>
public sealed class PublishedTests(ITestOutputHelper output)
{
    [CdnowFact]
    public void Bg_nbd_is_that_of_fader_hardie_and_lee()
    {
        var fit = Fitting.BgNbd(CdnowSample.Read().Histories());

        Say(fit);
        Assert.True(fit.Converged);
        AssertClose([0.243, 4.414, 0.793, 2.426], fit.Parameters, 0.0005);
        Assert.Equal(-9582.4, fit.LogLikelihood, 0.05);
        Assert.Equal(fit.LogLikelihood, fit.Model.LogLikelihood(CdnowSample.Read().Histories()), 1e-7);
    }

    [CdnowFact]
    public void Pareto_nbd_is_that_of_fader_hardie_and_lee()
    {
        var fit = Fitting.ParetoNbd(CdnowSample.Read().Histories());

        Say(fit);
        Assert.True(fit.Converged);
        AssertClose([0.553, 10.578, 0.606, 11.669], fit.Parameters, 0.0006);
        Assert.Equal(-9595.0, fit.LogLikelihood, 0.05);
        Assert.Equal(fit.LogLikelihood, fit.Model.LogLikelihood(CdnowSample.Read().Histories()), 1e-7);
    }

    [CdnowFact]
    public void Mbg_nbd_is_that_of_btydplus()
    {
        var fit = Fitting.MbgNbd(CdnowSample.Read().Histories());

        Say(fit);
        Assert.True(fit.Converged);
        AssertClose([0.525, 6.183, 0.891, 1.614], fit.Parameters, 0.0006);
        Assert.Equal(fit.LogLikelihood, fit.Model.LogLikelihood(CdnowSample.Read().Histories()), 1e-7);
    }

    [CdnowFact]
    public void Gamma_gamma_is_that_of_fader_and_hardie()
    {
        var sample = CdnowSample.Read();
        var spendings = new Spendings(sample.Repeats, sample.Spent);

        var fit = Fitting.GammaGamma(spendings, spendings.Mean);

        output.WriteLine($"{fit.LogLikelihood:R} {string.Join(", ", fit.Parameters)}");
        Assert.Equal(946, spendings.Customers);
        Assert.True(fit.Converged);
        AssertClose([6.25, 3.74, 15.44], fit.Parameters, 0.006);
    }

    [Theory]
    [InlineData(0.1429, 0.0078)]
    [InlineData(1.0, 0.0532)]
    [InlineData(3.0, 0.1506)]
    [InlineData(31.8571, 1.0405)]
    [InlineData(32.0, 1.0437)]
    [InlineData(78.0, 1.8576)]
    public void Bg_nbd_expects_of_a_new_customer_what_hardies_spreadsheet_does(double weeks, double orders)
    {
        var model = new BgNbd(0.24259388578880, 4.41358978776, 0.79291939137, 2.42595369972);

        Assert.Equal(orders, model.Expected(weeks), 0.0005);
    }

    [Fact]
    public void Bg_nbd_expects_of_a_known_customer_what_hardies_spreadsheet_does()
    {
        var model = new BgNbd(0.243, 4.414, 0.793, 2.426);

        Assert.Equal(1.226, model.Expected(2, 30.43, 38.86, 39), 0.001);
        Assert.Equal(1, model.Alive(0, 0, 39));
    }

    [Fact]
    public void Btyd_walks_through_customer_1516()
    {
        var pareto = new ParetoNbd(0.5533971, 10.5801985, 0.6060625, 11.6562237);
        var bg = new BgNbd(0.2425945, 4.4136019, 0.7929199, 2.4258881);

        output.WriteLine($"{pareto.Expected(52):R} {pareto.Expected(26, 30.86, 31, 52):R} {pareto.Alive(26, 30.86, 31):R}");
        output.WriteLine($"{bg.Expected(52):R} {bg.Expected(26, 30.86, 31, 52):R} {bg.Alive(26, 30.86, 31):R}");
        Assert.Equal(1.473, pareto.Expected(52), 0.0005);
        Assert.Equal(25.46, pareto.Expected(26, 30.86, 31, 52), 0.01);
        Assert.Equal(0.9979, pareto.Alive(26, 30.86, 31), 1e-4);
        Assert.Equal(1.444, bg.Expected(52), 0.0005);
        Assert.Equal(25.76, bg.Expected(26, 30.86, 31, 52), 0.01);
        Assert.Equal(0.9689, bg.Alive(26, 30.86, 31), 1e-4);
    }

    void Say(Fit<RepeatModel> fit) => output.WriteLine($"{fit.LogLikelihood:R} {string.Join(", ", fit.Parameters)}");

    static void AssertClose(double[] expected, IEnumerable<Parameter> estimates, double within)
    {
        foreach (var (value, estimate) in expected.Zip(estimates)) Assert.True(Math.Abs(value - estimate.Value) <= within, $"{estimate.Name}: {estimate.Value} instead of {value}");
    }
}
