using Cvm.Engine;
using Cvm.Tests;
using MimeKit;

namespace Cvm.Local.Tests;

public sealed class EmlSenderTests : SenderContract
{
    static readonly MailboxAddress Shop = new("Shop", "hello@shop.example");

    readonly TemporaryFolder temporary = new();

    string Folder => temporary.In("letters");

    protected override OutboxKind Kind => OutboxKind.Email;

    protected override Task<ISender> Make(TimeProvider clock) => Task.FromResult<ISender>(new EmlSender(Folder, Shop, clock));

    protected override async Task<IReadOnlyList<string>> Arrived() =>
        [.. (await Task.WhenAll(Directory.GetFiles(Folder, "*.eml").Select(file => MimeMessage.LoadAsync(file)))).Select(letter => letter.TextBody!)];

    protected override Task Close()
    {
        temporary.Delete();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_called_by_time_and_key_and_no_draft_stays()
    {
        await Sender.Send(Message(), default);

        Assert.Matches("^20260301T120000000Z-[0-9a-f]{40}.eml$", Path.GetFileName(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public async Task Another_process_knows_what_the_one_before_wrote_and_what_it_began_to_write()
    {
        await Sender.Send(Message("k1"), default);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{Letter.IdOf("k2")}.part"), "Half a let");

        var next = new EmlSender(Folder, Shop, new VirtualTime(Noon.AddDays(1)));
        await next.Send(Message("k1"), default);
        await next.Send(Message("k2"), default);

        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        Assert.All(await Arrived(), text => Assert.Equal("Hello Ann 王", text.Trim()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_a_matter_of_waiting()
    {
        await File.WriteAllTextAsync(Folder, "A file, where a folder should be.");

        Assert.Contains(Folder, Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).Reason);
        File.Delete(Folder);
        Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default));
    }
}

public sealed class MailboxContractTests : SenderContract
{
    readonly TemporaryFolder temporary = new();
    SqliteStore store = null!;

    protected override OutboxKind Kind => OutboxKind.Email;

    protected override Task<ISender> Make(TimeProvider clock)
    {
        store = SqliteStore.Open(temporary.In("cvm.db"));
        return Task.FromResult<ISender>(new MailboxSender(store, clock));
    }

    protected override async Task<IReadOnlyList<string>> Arrived() => [.. (await store.Mails(null, long.MaxValue, 99, default)).Select(mail => mail.Message.Text)];

    protected override async Task Close()
    {
        await store.DisposeAsync();
        temporary.Delete();
    }
}
