using System.Text;
using Cvm.Web;

namespace Cvm.Local.Tests;

/// <summary>The vectors that SendGrid's and Twilio's own libraries are tested with.</summary>
public sealed class SignatureTests
{
    const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    const string OtherKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==";
    const string Signature = "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=";
    const string Body = """{"category":"example_payload","event":"test_event","message_id":"message_id"}""";
    const string Timestamp = "1588788367";

    static readonly Uri Called = new("https://mycompany.com/myapp.php?foo=1&bar=2");

    static readonly (string, string)[] Form =
        [("CallSid", "CA1234567890ABCDE"), ("From", "+14158675309"), ("Digits", "1234"), ("To", "+18005551212"), ("Caller", "+14158675309")];

    [Fact]
    public void The_signature_of_SendGrids_own_tests_fits() => Assert.True(SendGridSignature.Fits(PublicKey, Signature, Timestamp, Encoding.UTF8.GetBytes(Body)));

    [Theory]
    [InlineData(OtherKey, Signature, Timestamp, Body)]
    [InlineData(PublicKey, "signature", Timestamp, Body)]
    [InlineData(PublicKey, "c2lnbmF0dXJl", Timestamp, Body)]
    [InlineData(PublicKey, "", Timestamp, Body)]
    [InlineData(PublicKey, Signature, "timestamp", Body)]
    [InlineData(PublicKey, Signature, "158878836", "7" + Body + " ")]
    [InlineData(PublicKey, Signature, Timestamp, "payload")]
    [InlineData("no key", Signature, Timestamp, Body)]
    public void A_signature_over_anything_else_does_not_fit(string key, string signature, string timestamp, string body) =>
        Assert.False(key == "no key" ? SendGridSignature.IsKey(key) : SendGridSignature.Fits(key, signature, timestamp, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void The_signature_of_Twilios_own_tests_fits()
    {
        Assert.True(TwilioSignature.Fits("12345", Called, Form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        Assert.True(TwilioSignature.Fits("12345", Called, [.. Form.Reverse()], "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
    }

    [Fact]
    public void A_signature_for_another_address_token_or_form_does_not_fit()
    {
        const string right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

        Assert.False(TwilioSignature.Fits("12346", Called, Form, right));
        Assert.False(TwilioSignature.Fits("12345", new("https://mycompany.com/myapp.php?foo=1"), Form, right));
        Assert.False(TwilioSignature.Fits("12345", Called, Form[1..], right));
        Assert.False(TwilioSignature.Fits("12345", Called, Form, "NOT" + right));
        Assert.False(TwilioSignature.Fits("12345", Called, Form, ""));
    }

    [Theory]
    [InlineData("MFkw", "")]
    [InlineData("", "short")]
    public void A_key_that_cannot_be_one_is_named_when_the_host_starts(string sendGrid, string twilio) =>
        Assert.Single(new WebhookSettings { SendGridPublicKey = sendGrid, TwilioAuthToken = twilio }.Problems());
}
