using System.Runtime.CompilerServices;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class MessagePages
{
    const int MostOthers = 8;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Every message is made once to know its length: that is the same until the playbook changes.
    static readonly ConditionalWeakTable<LoadedPlaybook, MessageRow[]> Lists = [];

    public static IResult List(Func<LoadedPlaybook> playbook, TimeProvider clock)
    {
        var loaded = playbook();
        return Site.Show<MessagesPage>(new MessagesView([.. Lists.GetValue(loaded, known => [.. Rows(known, clock.GetUtcNow())])], loaded.Playbook));
    }

    static IEnumerable<MessageRow> Rows(LoadedPlaybook loaded, DateTimeOffset now)
    {
        var files = loaded.Messages?.Files ?? [];
        var warnings = loaded.Messages is { } messages ? SmsSpill.In(files, messages, loaded.Playbook).ToLookup(warning => warning.At.File, warning => warning.What) : null;

        return files.GroupBy(file => file.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new MessageRow(
            group.Key,
            [.. group.Select(file => file.Channel).Distinct().Order()],
            [.. group.Select(file => file.Locale).Distinct().Order(StringComparer.Ordinal)],
            [.. MessageTrial.Uses(loaded.Playbook, group.Key).Select(use => use.Journey.Name)],
            Length(loaded, group.Key, now),
            [.. group.SelectMany(file => warnings?[file.Path] ?? []).Distinct()]));
    }

    public static async Task<IResult> One(string template, HttpRequest request, IRecords records, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var view = await View(template, MessageQuery.Of(request.Query), records, store, playbook(), clock.GetUtcNow(), stop);
        if (view is null) return Unknown(template);
        return Site.Show<MessagePage>(request.Query["tested"] == "yes" ? view with { Test = (true, T("The test is on its way.")) } : view);
    }

    public static async Task<IResult> Html(string template, HttpContext context, IRecords records, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        MailboxPages.Confine(context.Response);
        var view = await View(template, MessageQuery.Of(context.Request.Query), records, store, playbook(), clock.GetUtcNow(), stop);
        if (view?.Tried.FirstOrDefault(tried => tried.Channel == Channel.Email)?.Trial.Message?.Html is not { } html) return TypedResults.NotFound();

        // Both looks side by side, whatever the reader's own screen is set to.
        var media = context.Request.Query["look"] == "dark" ? "@media all" : "@media not all";
        return TypedResults.Content(html.Replace("@media (prefers-color-scheme:dark)", media, StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    /// <summary>Hands one copy to the sender of its channel. No customer, cap or timeline hears of it.</summary>
    public static async Task<IResult> Test(
        string template, HttpRequest request, IRecords records, IStore store, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock, CancellationToken stop)
    {
        if (await SmallForm.Of(request) is not { } form) return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send the form of the page.");
        var query = MessageQuery.Of(name => form[name]);
        var now = clock.GetUtcNow();
        var view = await View(template, query, records, store, playbook(), now, stop);
        if (view is null) return Unknown(template);

        var channel = form["channel"] == "sms" ? Channel.Sms : Channel.Email;
        var (to, wrong) = MessageTrial.Address(view.Playbook, channel, form["to"].ToString(), now);
        var message = view.Tried.FirstOrDefault(tried => tried.Channel == channel)?.Trial.Message;
        if (to is null || message is null) return Said(wrong ?? T("There is no such message on that channel."));
        if (!senders.TryGetValue(message.Kind, out var sender)) return Said(T("Nothing is set up to send by."));

        var key = form["key"].ToString() is { Length: > 0 and <= 64 } given ? given : Guid.NewGuid().ToString("N");
        var delivery = await HandOver(sender, MessageTrial.Copy(message, to, key));
        return delivery is Delivery.Accepted ? new SeeOther($"{query.Address(template, "", "tested=yes")}#test") : Said(Words.Of(delivery));

        IResult Said(string text) => Site.Show<MessagePage>(view with { Test = (false, text) });
    }

    static async Task<Delivery> HandOver(ISender sender, Outgoing message)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await sender.Send(message, patience.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new Delivery.Unknown(failure.Message);
        }
    }

    static async Task<MessageView?> View(string template, MessageQuery query, IRecords records, IStore store, LoadedPlaybook loaded, DateTimeOffset now, CancellationToken stop)
    {
        var files = loaded.Messages?.Files.Where(file => file.Name == template).ToList();
        if (files is not { Count: > 0 }) return null;

        var (found, others) = await Find(query.Customer, records, store, stop);
        var dossier = found ?? MessageTrial.Sample(loaded.Playbook, now);
        var reader = query.Locale == "" ? dossier : dossier with { Profile = dossier.Profile with { Locale = query.Locale } };

        return new()
        {
            Template = template,
            Query = query,
            Dossier = dossier,
            Real = found is not null,
            Others = others,
            Locales = [.. files.Select(file => file.Locale).Distinct().Order(StringComparer.Ordinal)],
            Uses = MessageTrial.Uses(loaded.Playbook, template),
            Tried = [.. files.Select(file => file.Channel).Distinct().Order().Select(channel => Try(loaded, reader, template, channel, query.Bare, now))],
            Playbook = loaded.Playbook,
            Now = now,
        };
    }

    static Tried Try(LoadedPlaybook loaded, Dossier reader, string template, Channel channel, bool bare, DateTimeOffset now) => new(
        channel,
        loaded.Messages!.Try(loaded.Playbook, reader, MessageTrial.Entry(loaded.Playbook, reader, template, channel, now, bare)),
        MessageTrial.Verdict(loaded.Playbook, reader, template, channel, now));

    // By id, else whoever is found first; anybody at all where nobody is asked for.
    static async Task<(Dossier? Found, System.Collections.Immutable.ImmutableArray<CustomerRow> Others)> Find(string text, IRecords records, IStore store, CancellationToken stop)
    {
        if (text != "" && await store.Load(text, "", stop) is { Revision: > 0 } exact) return (exact.Dossier, []);

        var rows = await records.Search(text, "", text == "" ? 1 : MostOthers + 1, stop);
        return rows.Count == 0 ? (null, []) : ((await store.Load(rows[0].Customer, "", stop)).Dossier, [.. rows.Skip(1)]);
    }

    static SmsLength? Length(LoadedPlaybook loaded, string template, DateTimeOffset now)
    {
        if (!loaded.Messages!.Files.Any(file => file.Name == template && file.Channel == Channel.Sms)) return null;
        var sample = MessageTrial.Sample(loaded.Playbook, now);
        return Try(loaded, sample, template, Channel.Sms, false, now).Trial.Message is { } message ? SmsLength.Of(message.Text) : null;
    }

    static IResult Unknown(string template) =>
        Site.Lacks(new(T("No message '{0}'", template), T("It may have been renamed, or the playbook was loaded without messages."), "/messages", T("Show all messages")));
}
