using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cvm.Local.Tests;

/// <summary>Where in the talk with a mail server something goes wrong.</summary>
public enum Stage { Nowhere, Greeting, Hello, StartTls, Login, From, To, Data, End, Goodbye }

/// <summary>What goes wrong: an answer, silence, a cut, or a cut in the middle of the answer.</summary>
public sealed record Trouble(Stage At, string What)
{
    public const string Silence = "silence", Cut = "cut", Half = "half";

    public static Trouble None { get; } = new(Stage.Nowhere, "");
}

/// <summary>A mail server on this machine that behaves as told, and badly above all.</summary>
public sealed class FakeMailServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly ConcurrentQueue<string> letters = new(), said = new();
    readonly ConcurrentBag<Task> talks = [];
    readonly Task serving;

    public FakeMailServer()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Trouble Trouble { get; set; } = Trouble.None;

    /// <summary>Null for no secrecy; what it shows for STARTTLS or from the first byte.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Speaks TLS from the first byte.</summary>
    public bool SecretFromTheStart { get; set; }

    /// <summary>Says nothing of STARTTLS, as when somebody in between has taken it out.</summary>
    public bool Stripped { get; set; }

    /// <summary>Whole letters that came, whether or not it then said so.</summary>
    public IReadOnlyList<string> Letters => [.. letters];

    /// <summary>Every command that came.</summary>
    public IReadOnlyList<string> Said => [.. said];

    public static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }

    public void Close() => listener.Stop();

    async Task Serve()
    {
        try
        {
            while (true) talks.Add(Talk(await listener.AcceptTcpClientAsync(ending.Token)));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the server closed.
        }
    }

    async Task Talk(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                Stream stream = connection.GetStream();
                if (SecretFromTheStart) stream = await Secret(stream);
                await Talk(stream);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or EndOfStreamException)
            {
                // The caller has gone, or does not trust us.
            }
        }
    }

    async Task Talk(Stream stream)
    {
        if (!await Answer(stream, Stage.Greeting, "220 mail.example ready")) return;

        while (await Line(stream) is { } command)
        {
            said.Enqueue(command);
            var (stage, answer) = Usual(command, secret: stream is SslStream);
            if (!await Answer(stream, stage, answer) || stage == Stage.Goodbye) return;
            if (stage == Stage.StartTls && answer[0] == '2') stream = await Secret(stream);
            if (stage != Stage.Data || Trouble.At == Stage.Data) continue;

            var letter = new StringBuilder();
            while (await Line(stream) is { } line && line != ".") letter.Append(line).Append('\n');
            letters.Enqueue(letter.ToString());
            if (!await Answer(stream, Stage.End, "250 2.0.0 Ok: queued as 4711")) return;
        }
    }

    (Stage, string) Usual(string command, bool secret) => command.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" => (Stage.Hello, $"250-mail.example\r\n{(Certificate is null || Stripped || secret ? "" : "250-STARTTLS\r\n")}250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN"),
        "STARTTLS" => (Stage.StartTls, "220 go on"),
        "AUTH" => (Stage.Login, "235 2.7.0 welcome"),
        "MAIL" => (Stage.From, "250 2.1.0 Ok"),
        "RCPT" => (Stage.To, "250 2.1.5 Ok"),
        "DATA" => (Stage.Data, "354 go on"),
        "QUIT" => (Stage.Goodbye, "221 bye"),
        _ => (Stage.Nowhere, "250 Ok"),
    };

    // Whether the talk goes on.
    async Task<bool> Answer(Stream stream, Stage stage, string usual)
    {
        var trouble = stage != Stage.Nowhere && Trouble.At == stage ? Trouble.What : null;
        if (trouble == Trouble.Silence) await Task.Delay(Timeout.Infinite, ending.Token);
        if (trouble == Trouble.Cut) return false;

        await stream.WriteAsync(Encoding.ASCII.GetBytes(trouble == Trouble.Half ? usual[..2] : $"{trouble ?? usual}\r\n"), ending.Token);
        return trouble != Trouble.Half && trouble?.StartsWith("421", StringComparison.Ordinal) != true;
    }

    async Task<SslStream> Secret(Stream stream)
    {
        var secret = new SslStream(stream);
        await secret.AuthenticateAsServerAsync(Certificate!);
        return secret;
    }

    // Byte by byte: what follows STARTTLS is not ours to read.
    async Task<string?> Line(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, ending.Token) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        await Task.WhenAll(talks);
        ending.Dispose();
        Certificate?.Dispose();
    }
}
