using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class MailboxPages
{
    const int RowsPerPage = 50;

    // A message is somebody else's HTML: it may look as it likes and do nothing.
    const string MailRules = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    public static async Task<IResult> List(string? customer, long? before, IMailbox mailbox, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var whose = string.IsNullOrWhiteSpace(customer) ? null : customer;
        var mails = await mailbox.Mails(whose, before ?? long.MaxValue, RowsPerPage + 1, stop);

        return Site.Show<MailboxPage>(new MailboxView
        {
            Customer = whose,
            Mails = [.. mails.Take(RowsPerPage)],
            Older = mails.Count > RowsPerPage ? mails[RowsPerPage - 1].Number : null,
            Newest = before is null,
            Zone = playbook().Playbook.Policies.Zone,
            Now = clock.GetUtcNow(),
        });
    }

    public static async Task<IResult> One(long number, IMailbox mailbox, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) =>
        await mailbox.Mail(number, stop) is { } mail
            ? Site.Show<MailPage>(new MailView(mail, playbook().Playbook, clock.GetUtcNow()))
            : Site.Lacks(new(T("No message {0}", number), T("It may belong to another data folder."), "/mailbox", T("Go to the mailbox")));

    /// <summary>Lets a message look as it likes and do nothing.</summary>
    public static void Confine(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = MailRules;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    public static async Task<IResult> Html(long number, HttpResponse response, IMailbox mailbox, CancellationToken stop)
    {
        Confine(response);
        return await mailbox.Mail(number, stop) is { Message.Html: { } html }
            ? TypedResults.Content(html, "text/html; charset=utf-8")
            : TypedResults.NotFound();
    }
}

public sealed record MailboxView
{
    /// <summary>Whose messages; null for everybody's.</summary>
    public required string? Customer { get; init; }

    public required ImmutableArray<Mail> Mails { get; init; }

    /// <summary>Number of the last message shown, where older ones follow.</summary>
    public required long? Older { get; init; }

    public required bool Newest { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }
}

public sealed record MailView(Mail Mail, Playbook Playbook, DateTimeOffset Now)
{
    public string Zone => Playbook.Policies.Zone;

    /// <summary>What its segments cost by scores.yaml.</summary>
    public string Price => $"{Words.Money(Mail.Message.Segments * Playbook.Scores.Costs.Sms)} {Playbook.Policies.Currency}";
}
