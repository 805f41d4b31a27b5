using System.Text.Json;
using System.Text.Unicode;

namespace Cvm.Engine;

/// <summary>Reads JSON objects from the outside world into signals, or says everything that is wrong with them at once. For one thread.</summary>
public sealed partial class JsonIntake
{
    const int MostItems = 500;
    const decimal MostQuantity = 1_000_000;

    readonly IntakeRules rules;
    readonly Check check;

    public JsonIntake(IntakeRules rules)
    {
        (this.rules, check) = (rules, new(rules));
        people = new(check);
    }

    /// <summary>Reads one object. Never throws on what it is given.</summary>
    public Arrival Read(IntakeKind kind, ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new(new FieldProblem("", "is not UTF-8.", "Encode the text as UTF-8."));
        check.Begin();

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return new(new FieldProblem("", "is not an object.", "Write it in curly brackets."));

            var arrival = Read(kind, ref reader);
            reader.Read(); // Anything behind the object throws.
            return arrival;
        }
        catch (JsonException e)
        {
            return new(new FieldProblem("", $"is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "Check quotes, commas and brackets there."));
        }
    }

    Arrival Read(IntakeKind kind, ref Utf8JsonReader json) => kind switch
    {
        IntakeKind.Customer => CustomerJson.Read(ref json, check),
        IntakeKind.Order => Order(ref json),
        IntakeKind.Refund => Refund(ref json),
        IntakeKind.SurveyReply => SurveyReply(ref json),
        IntakeKind.SmsReply => SmsReply(ref json),
        IntakeKind.MessageReport => MessageReport(ref json),
        IntakeKind.Redemption => Redemption(ref json),
        IntakeKind.Confirmation => Confirmation(ref json),
        IntakeKind.Cancellation => Cancellation(ref json),
        IntakeKind.Adjustment => Adjustment(ref json),
        IntakeKind.TaskDone => TaskDone(ref json),
        _ => Complaint(ref json),
    };

    Arrival Order(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Order, check);
        string? id = null, customer = null, coupon = null;
        DateTimeOffset? at = null;
        decimal? amount = null;
        ImmutableArray<OrderItem> items = [];

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
                case "amount": amount = check.Money(member, walk.Number(ref json, member), 0); break;
                case "coupon": coupon = check.Id(member, walk.Text(ref json, member)); break;
                case "currency": check.Currency(member, walk.Text(ref json, member)); break;
                case "items": if (walk.Opens(ref json, member, JsonTokenType.StartArray)) items = Items(ref json, member); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer!, new Signal.Ordered(SignalIds.Order(id!), at!.Value, id!, amount!.Value, coupon) { Items = items, Product = Dearest(items) }) : Refused(customer);
    }

    ImmutableArray<OrderItem> Items(ref Utf8JsonReader json, string list)
    {
        var items = ImmutableArray.CreateBuilder<OrderItem>();
        var count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            check.Enter(list, count);
            var walk = new MemberWalk(Contracts.Item, check);
            if (count < MostItems && walk.Opens(ref json, "", JsonTokenType.StartObject)) items.Add(Item(ref json, walk));
            else json.Skip();
        }

        check.Leave();
        if (count > MostItems) check.Refuse(list, $"has more than {MostItems} entries.", "Sum up the small ones.");
        return items.ToImmutable();
    }

    // The SKU of the position that cost most, which the order counts as being for.
    static string? Dearest(ImmutableArray<OrderItem> items)
    {
        OrderItem? dearest = null;
        foreach (var item in items) if (dearest is null || item.Quantity * item.Price > dearest.Quantity * dearest.Price) dearest = item;
        return dearest?.Sku;
    }

    // With what could be read; where something is wrong, nobody uses it.
    OrderItem Item(ref Utf8JsonReader json, MemberWalk walk)
    {
        string? sku = null, category = null;
        decimal? quantity = null, price = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "sku": sku = check.Id(member, walk.Text(ref json, member)); break;
                case "category": category = check.Id(member, walk.Text(ref json, member)); break;
                case "quantity":
                    quantity = walk.Number(ref json, member);
                    if (quantity is <= 0) check.Refuse(member, "is not more than 0.", "Leave the item out.");
                    if (quantity > MostQuantity) check.Refuse(member, "is more than a million.", "Split the item.");
                    break;
                case "price": price = check.Money(member, walk.Number(ref json, member), 0); break;
            }
        }

        walk.Require();
        return new(sku ?? "", quantity ?? 0, price ?? 0, category);
    }

    Arrival Refund(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Refund, check);
        string? id = null, order = null, customer = null;
        DateTimeOffset? at = null;
        decimal? amount = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "order": order = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
                case "amount": amount = check.Money(member, walk.Number(ref json, member), 0.01m); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer!, new Signal.Refunded(SignalIds.Refund(id!), at!.Value, order!, amount!.Value)) : Refused(customer);
    }

    Arrival Complaint(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Complaint, check);
        string? id = null, customer = null, text = null, severity = "normal";
        DateTimeOffset? at = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "customer": customer = check.Id(member, walk.Text(ref json, member)); break;
                case "text": text = check.Text(member, walk.Text(ref json, member)); break;
                case "severity": severity = check.OneOf(member, walk.Text(ref json, member), "low", "normal", "high"); break;
                case "at": at = check.Moment(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer!, new Signal.Complained(SignalIds.Complaint(id!), at!.Value, text!, severity!)) : Refused(customer);
    }

    Arrival Refused(string? customer) => new(customer ?? "", null, check.Problems());
}
