using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What a checkout asks for, and what a person of the team does about points. Whose they are stands in the address.</summary>
public sealed partial class JsonIntake
{
    const int MostPoints = 1_000_000_000, MostReason = 200;

    string customer = "", redemption = "";

    /// <summary>Reads an object that is sent to an address of a customer, or of a redemption of theirs. Never throws on what it is given.</summary>
    public Arrival Read(IntakeKind kind, ReadOnlySpan<byte> json, string customer, string redemption = "")
    {
        (this.customer, this.redemption) = (customer, redemption);
        return Read(kind, json);
    }

    Arrival Redemption(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Redemption, check);
        string? id = null, coupon = null;
        int? points = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = Addressable(member, check.Id(member, walk.Text(ref json, member))); break;
                case "points": points = Points(member, walk.Whole(ref json, member), 1); break;
                case "coupon": coupon = check.Id(member, walk.Text(ref json, member)); break;
            }
        }

        walk.Require();
        if (check.Clear && points is null == coupon is null)
            check.Refuse("", points is null ? "asks for nothing." : "asks for both points and a coupon.", "Name points or a coupon; for both, send two redemptions.");
        return check.Clear ? new(customer, new Signal.RedemptionAsked(SignalIds.Redemption(id!, "ask"), rules.Now, id!, points ?? 0, coupon)) : Refused(customer);
    }

    Arrival Confirmation(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Confirmation, check);
        string? order = null;
        while (walk.Next(ref json) is { } member) order = check.Id(member, walk.Text(ref json, member));

        walk.Require();
        return check.Clear ? new(customer, new Signal.RedemptionSettled(SignalIds.Redemption(redemption, "confirm"), rules.Now, redemption, true, order)) : Refused(customer);
    }

    Arrival Cancellation(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Cancellation, check);
        while (walk.Next(ref json) is not null) json.Skip();
        return check.Clear ? new(customer, new Signal.RedemptionSettled(SignalIds.Redemption(redemption, "cancel"), rules.Now, redemption, false)) : Refused(customer);
    }

    Arrival Adjustment(ref Utf8JsonReader json)
    {
        var walk = new MemberWalk(Contracts.Adjustment, check);
        string? id = null, by = null, reason = null;
        int? points = null;

        while (walk.Next(ref json) is { } member)
        {
            switch (member)
            {
                case "id": id = check.Id(member, walk.Text(ref json, member)); break;
                case "points": points = Points(member, walk.Whole(ref json, member), -MostPoints); break;
                case "by": by = check.Line(member, walk.Text(ref json, member), Check.MostName); break;
                case "reason": reason = check.Line(member, walk.Text(ref json, member), MostReason); break;
            }
        }

        walk.Require();
        return check.Clear ? new(customer, new Signal.PointsAdjusted(SignalIds.Adjustment(id!), rules.Now, points!.Value, by!, reason!)) : Refused(customer);
    }

    int? Points(string member, int? points, int least)
    {
        if (points is 0 || points < least || points > MostPoints)
            check.Refuse(member, $"is {points}.", least > 0 ? "It is from 1 to 1,000,000,000." : "It is from -1,000,000,000 to 1,000,000,000, and not 0.");
        return points;
    }

    // It becomes part of an address.
    string? Addressable(string member, string? id) =>
        id is null || (!id.Contains('/') && !id.Contains('\\') && id.Trim('.') != "") ? id : check.Refuse(member, "cannot stand in an address.", "Leave out slashes, and do not write dots alone.");
}
