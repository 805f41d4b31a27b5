using Cvm.Engine;

namespace Cvm.Tests.Service;

/// <summary>People of the team who have a number are told by SMS, the others by e-mail.</summary>
public sealed class StaffBySmsTests
{
    static readonly Playbook Shop = Some.Playbook() with
    {
        Policies = Some.Playbook().Policies with { Staff = Some.Playbook().Policies.Staff.SetItem("manager", "+4915100000001") },
        Service = new() { Sla = [new([], [], [], Some.Lapse("2bh"), Some.Lapse("8bh"), [])] },
    };

    [Fact]
    public async Task Each_rung_is_told_by_its_own_way_and_once()
    {
        var store = new MemoryStore();
        var clock = new VirtualTime(Some.Now);
        var (mails, texts) = (new Taker(), new Taker());
        var loaded = new LoadedPlaybook(Shop, MessageTemplates.Load([], Shop.Policies).Templates, []);
        var senders = new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = mails, [OutboxKind.Staff] = mails, [OutboxKind.Sms] = texts, [OutboxKind.Webhook] = mails };
        var engine = new CustomerEngine(store, () => loaded, senders, clock);

        await engine.Take("ann", new Signal.CaseWorked("w1", Some.Now, "", CaseWork.Open, "maria", "The kettle leaks, again and again " + new string('x', 300)), default);
        for (var hours = 0; hours < 60; hours++)
        {
            clock.To(Some.Now.AddHours(hours));
            await engine.Wake("ann", default);
        }

        Assert.Equal("agent@shop.example", Assert.Single(mails.Taken).To);
        var text = Assert.Single(texts.Taken);
        Assert.Equal(("+4915100000001", OutboxKind.Sms), (text.To, text.Kind));
        Assert.StartsWith("Case ann/1 is now with you: no response in time.", text.Text);
        Assert.Contains("Due ", text.Text, StringComparison.Ordinal);
        Assert.True(text.Segments is 1 or 2, text.Text);
    }

    sealed class Taker : ISender
    {
        public List<Outgoing> Taken { get; } = [];

        public bool RefusesDoubles => false;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop)
        {
            Taken.Add(message);
            return Task.FromResult<Delivery>(new Delivery.Accepted(message.Key));
        }
    }
}
