using System.Globalization;
using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

/// <summary>What every sender over HTTP must keep.</summary>
public abstract class HttpSenderContract : ProviderContract
{
    protected FakeProvider Provider { get; } = new();

    HttpClient? http;

    protected override int Handed => Provider.Requests.Count;

    /// <summary>A sender whose every request goes through this client.</summary>
    protected abstract ISender Make(HttpClient http, TimeProvider clock);

    /// <summary>The provider takes the message, under this id.</summary>
    protected abstract ProviderAnswer Takes(string id);

    /// <summary>The provider refuses, and says why.</summary>
    protected abstract ProviderAnswer Says(int status, string why);

    /// <summary>The id that it is then accepted under.</summary>
    protected virtual string Under(string id) => id;

    protected override Task<ISender> Make(TimeProvider clock)
    {
        Be(Mood.Takes);
        http = Provider.Client(Patient);
        return Task.FromResult(Make(http, clock));
    }

    protected override Task Close() => Provider.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<string>> Arrived() =>
        Task.FromResult<IReadOnlyList<string>>([.. Provider.Requests.Select(request => Unescaped(request))]);

    protected override void Be(Mood mood)
    {
        if (mood == Mood.NoConnection) Provider.Close();
        if (mood == Mood.Silent) http!.Timeout = Impatient;
        Provider.Next = mood switch
        {
            Mood.Takes => Takes("id-1"),
            Mood.Refuses => Says(400, "the address is not one"),
            Mood.Busy => Says(429, "too much"),
            Mood.OutOfOrder => new(502, "", "text/html", "<h1>Oh no</h1>"),
            Mood.KnowsUsNot => Says(401, "who are you"),
            Mood.Cuts => ProviderAnswer.Cut,
            Mood.CutsWithinAnswer => Takes("id-1") with { CutShort = true },
            _ => ProviderAnswer.Silence,
        };
    }

    [Fact]
    public async Task Accepted_under_the_providers_own_id() =>
        Assert.Equal(Under("id-1"), Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default)).ProviderId);

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Later_when_the_provider_asks_for_it_and_not_before(int status)
    {
        Provider.Next = Says(status, "too much") with { Headers = "Retry-After: 17\r\n" };

        var later = Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));

        Assert.Equal(TimeSpan.FromSeconds(17), later.After);
    }

    [Fact]
    public async Task Later_at_a_moment_that_the_provider_names()
    {
        Provider.Next = Says(429, "too much") with { Headers = $"Retry-After: {Noon.AddMinutes(3).ToString("R", CultureInfo.InvariantCulture)}\r\n" };

        Assert.Equal(TimeSpan.FromMinutes(3), Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).After);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Later_when_the_provider_is_out_of_order(int status)
    {
        Provider.Next = new(status, "", "text/html", "<h1>Oh no</h1>");

        Assert.Null(Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).After);
    }

    // Bodies are JSON or forms.
    static string Unescaped(string request)
    {
        var text = request.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(request.Replace('+', ' ')) : request;
        return System.Text.RegularExpressions.Regex.Replace(text, @"\\u([0-9a-fA-F]{4})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
    }
}
