using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>What a person wrote into the form for points.</summary>
/// <param name="Id">Made with the form, so that sending it twice books once.</param>
/// <param name="Problem">Why it was not booked; null where it was not tried.</param>
public sealed record PointsDraft(string Id, string Points, string Reason, string? Problem)
{
    const int MostPoints = 1_000_000_000, MostLetters = 64;

    /// <summary>At most so many letters of a reason.</summary>
    public const int MostReason = 200;

    public static PointsDraft Blank => new(Guid.NewGuid().ToString("N"), "", "", null);

    /// <summary>The signal it makes; null where it makes none, with the problem in the draft.</summary>
    public static (PointsDraft Draft, Signal.PointsAdjusted? Asked) Read(IFormCollection form, string by, DateTimeOffset now)
    {
        var (points, reason, id) = (Tidy(form["points"]), Tidy(form["reason"]), Tidy(form["id"]));

        // A new id: who is refused may try the same again when there is more.
        var draft = Blank with { Points = Cut(points, 20), Reason = Cut(reason, MostReason) };
        var isWhole = int.TryParse(points.Replace('−', '-').Replace("+", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number);
        var problem = !isWhole || number == 0 || Math.Abs((long)number) > MostPoints ? T("Write points as a whole number, with a minus to take them off. At most a billion.")
            : reason.Length == 0 ? T("Write the reason: the customer's page tells it for good.")
            : reason.Length > MostReason ? T("The reason is longer than {0} letters. Shorten it.", MostReason)
            : null;
        if (problem is not null) return (draft with { Problem = problem }, null);

        var named = id.Length is > 0 and <= MostLetters ? id : draft.Id;
        return (draft, new Signal.PointsAdjusted(SignalIds.Adjustment(named), now, number, by, reason));
    }

    static string Tidy(string? text) => string.Concat((text ?? "").Where(letter => !char.IsControl(letter))).Trim();

    static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
