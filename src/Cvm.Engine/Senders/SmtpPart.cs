using System.Net;

namespace Cvm.Engine;

/// <summary>The mail server in senders.yaml.</summary>
static class SmtpPart
{
    static readonly Field<string> Host = new("host", Shapes.Text, "The server's name, such as smtp.example.com.", required: true);
    static readonly Field<long> Port = new("port", Shapes.Whole(1, 65_535), "587 for starttls, 465 for tls, 25 for none, where it is absent.");
    static readonly Field<SmtpTls> Tls = new(
        "tls", Shapes.OneOf("a way to keep it secret", ("starttls", SmtpTls.StartTls), ("tls", SmtpTls.Tls), ("none", SmtpTls.None)), "starttls, tls or none; starttls where it is absent.");
    static readonly Field<string> User = new("user", Secret, "Who logs in; nobody where it is absent.");
    static readonly Field<string> Password = new("password", Secret, "Best as ${NAME}, which reads the environment variable NAME.");

    public static Shape<SenderPlan> Shape { get; } = Combining.Mapping<SenderPlan>("a mail server", [Host, Port, Tls, User, Password], Make);

    /// <summary>A text that no message quotes and nothing is cut off.</summary>
    public static Shape<string> Secret => new((node, reading) => reading.TextOf(node, "a text"), _ => Shapes.Schema("string"));

    static SenderPlan? Make(Values values, Reading reading)
    {
        var (host, tls) = (values.Get(Host)!, values.Get(Tls));
        if (values.Has(User) != values.Has(Password)) reading.Wrong(values.At, "'user' and 'password' belong together.", "Write both, or neither.");
        if (tls == SmtpTls.None && values.Has(Password) && !IsHere(host))
            reading.Wrong(values.PlaceOf(Tls), "The password would travel in the clear.", "Write tls: starttls or tls: tls.");

        var port = values.Has(Port) ? (int)values.Get(Port) : tls switch { SmtpTls.StartTls => 587, SmtpTls.Tls => 465, _ => 25 };
        return new SenderPlan.Smtp(host, port, tls, values.Get(User), values.Get(Password));
    }

    /// <summary>Whether it is this very machine.</summary>
    public static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
