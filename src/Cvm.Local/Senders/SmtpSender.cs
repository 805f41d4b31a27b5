using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Cvm.Local;

/// <summary>E-mail by a mail server. Where secrecy is asked for, nothing is said without it.</summary>
/// <param name="patience">What one message may take, from the connection on.</param>
/// <param name="trust">Judges the server's certificate; the machine's own judgement where null.</param>
sealed partial class SmtpSender(SenderPlan.Smtp server, MailboxAddress from, TimeProvider clock, TimeSpan patience, RemoteCertificateValidationCallback? trust = null) : ISender
{
    // A mail server takes what it gets.
    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(message.To, out _)) return new Delivery.Refused($"'{message.To}' is no e-mail address", Suppress: true);

        using var client = new SmtpClient { ServerCertificateValidationCallback = trust };
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(patience);
        var (known, begun) = (false, new Begun());

        try
        {
            await client.ConnectAsync(server.Host, server.Port, Secrecy, time.Token);
            if (server.User is { } user) await client.AuthenticateAsync(user, server.Password!, time.Token);
            known = true;
            var said = await client.SendAsync(Letter.Of(message, from, clock.GetUtcNow()), time.Token, begun);
            await Part(client, time.Token);
            return new Delivery.Accepted(said.Trim());
        }
        catch (SmtpCommandException no)
        {
            return Meaning(no, known);
        }
        catch (NotSupportedException no) when (client.IsConnected)
        {
            return new Delivery.Refused($"{server.Host}: {FirstLine(no)}"); // such as letters in an address that it cannot write
        }
        catch (Exception failure) when (!begun.Yes && Ours(failure) is { } reason)
        {
            return new Delivery.TryLater($"{server.Host}: {reason}");
        }
    }

    SecureSocketOptions Secrecy => server.Tls switch
    {
        SmtpTls.StartTls => SecureSocketOptions.StartTls,
        SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    // It has the message. What becomes of a goodbye changes nothing.
    static async Task Part(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It has hung up.
        }
    }

    Delivery Meaning(SmtpCommandException no, bool known)
    {
        var (status, code) = ((int)no.StatusCode, Enhanced().Match(no.Message).Value);
        var reason = $"{server.Host} answered {status}: {no.Message.Trim()}";

        // Whether we may send at all, and as whom, is between the server and us: no message is at fault.
        if (!known || no.ErrorCode == SmtpErrorCode.SenderNotAccepted || status is 530 or 535 || code is "5.1.7" or "5.1.8") return new Delivery.TryLater(reason);
        if (status < 500) return new Delivery.TryLater(reason, OnlyThis: status != 421 && no.ErrorCode == SmtpErrorCode.RecipientNotAccepted);
        return new Delivery.Refused(reason, Suppress: code.StartsWith("5.1.", StringComparison.Ordinal));
    }

    // What happened before the message itself was on its way: it was surely not taken.
    static string? Ours(Exception failure) => failure switch
    {
        OperationCanceledException => "no answer in time",
        SslHandshakeException or System.Security.Authentication.AuthenticationException or NotSupportedException => $"no secure connection: {FirstLine(failure)}",
        MailKit.Security.AuthenticationException or SaslException => $"the login was refused: {FirstLine(failure)}",
        SmtpProtocolException or IOException or SocketException or TimeoutException or ServiceNotConnectedException or ServiceNotAuthenticatedException => FirstLine(failure),
        _ => null,
    };

    static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].Trim();

    // RFC 3463: class, subject, detail, before the words.
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")]
    private static partial Regex Enhanced();

    /// <summary>Whether the server has said yes to DATA, after which nobody but it knows.</summary>
    sealed class Begun : ITransferProgress
    {
        public bool Yes { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Yes = true;

        public void Report(long bytesTransferred) => Yes = true;
    }
}
