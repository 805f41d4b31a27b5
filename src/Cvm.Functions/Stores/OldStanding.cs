using System.Globalization;

namespace Cvm.Functions;

/// <summary>Standings as packs held them before there were portraits. What they do not tell is unknown until the daily look at everybody has mended them; the
/// scores are such that the mark is the one that was written, so that nobody seems to have moved.</summary>
static class OldStanding
{
    public static Portrait Read(BinaryReader reader)
    {
        var (customer, first) = (reader.ReadString(), reader.Read7BitEncodedInt());
        var portrait = new Portrait
        {
            Customer = customer,
            First = first,
            Last = first + reader.Read7BitEncodedInt(),
            Days = reader.Read7BitEncodedInt(),
            Orders = reader.Read7BitEncodedInt(),
            Coupons = reader.Read7BitEncodedInt(),
            Troubles = reader.Read7BitEncodedInt(),
            Cases = reader.Read7BitEncodedInt(),
            Tasks = reader.Read7BitEncodedInt(),
            Emails = reader.Read7BitEncodedInt(),
            SmsSegments = reader.Read7BitEncodedInt(),
            PointsSpent = reader.Read7BitEncodedInt64(),
            Spent = reader.ReadDouble(),
            FirstSpent = reader.ReadDouble(),
            Refunded = reader.ReadDouble(),
            Discounts = reader.ReadDouble(),
        };
        return reader.ReadString() is { Length: > 0 } mark ? Scored(portrait, mark) : portrait;
    }

    // "00113 543 19 23": value, potential, relationship, need, stage; cell; chance in steps of 0.05; value to come in steps of a quarter.
    static Portrait Scored(Portrait portrait, string mark)
    {
        var parts = mark.Split(' ');
        var (alive, value) = (int.Parse(parts[^2], CultureInfo.InvariantCulture), int.Parse(parts[^1], CultureInfo.InvariantCulture));
        return portrait with
        {
            Value = (Band)(mark[0] - '0'),
            Potential = (Band)(mark[1] - '0'),
            Relationship = (Relationship)(mark[2] - '0'),
            Need = (Need)(mark[3] - '0'),
            Stage = (Stage)(mark[4] - '0'),
            Rfm = parts[1],
            Alive = alive / 20.0,
            Value365 = value == 0 ? 0 : Math.Pow(1.25, value - 0.5),
        };
    }
}
