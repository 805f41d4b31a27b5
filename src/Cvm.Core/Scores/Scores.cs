using System.Globalization;

namespace Cvm;

/// <summary>What a customer is worth and how they are doing, as of the last sweep that found something to have moved.</summary>
public sealed record Scores
{
    public static Scores Unknown { get; } = new();

    /// <summary>The day they speak of; null before the first sweep.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>What they were worked out with: the model of repeat buying and the day it was fitted, such as <c>bg-nbd 2027-03-01</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Recency, frequency and money among all customers, as the field writes it: 543.</summary>
    public string? Rfm { get; init; }

    /// <summary>The named segment of recency and frequency.</summary>
    public string? Segment { get; init; }

    public Stage Stage { get; init; }

    /// <summary>Probability, in [0, 1], of still being a customer.</summary>
    public double Alive { get; init; }

    /// <summary>Orders to be expected within 90 days, and within a year.</summary>
    public double Orders90 { get; init; }
    public double Orders365 { get; init; }

    /// <summary>Margin to be expected from them, discounted.</summary>
    public double Value90 { get; init; }
    public double Value365 { get; init; }

    /// <summary>Within a year it will lie between these two with 80 % probability, if the model holds.</summary>
    public double Low365 { get; init; }
    public double High365 { get; init; }

    /// <summary>How much of this is the customer's own history: A to D, see <see cref="Evidence"/>.</summary>
    public string? Grade { get; init; }

    public Band Value { get; init; }
    public Band Potential { get; init; }
    public Relationship Relationship { get; init; }
    public Need Need { get; init; }

    /// <summary>Margin so far, less discounts, points, service and messages.</summary>
    public decimal Contribution { get; init; }

    /// <summary>Everything in it that a journey or a person would call different, in short. Scores with the same mark are not worth a turn: a
    /// chance of still being there moves a little every day.</summary>
    public string Mark => MarkOf(Rfm ?? "", Stage, Alive, Value365, Value, Potential, Relationship, Need);

    /// <inheritdoc cref="Mark"/>
    /// <remarks>The chance counts in steps of 0.05, the value to come in steps of a quarter.</remarks>
    public static string MarkOf(string rfm, Stage stage, double alive, double value365, Band value, Band potential, Relationship relationship, Need need) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)value}{(int)potential}{(int)relationship}{(int)need}{(int)stage} {rfm} {Step(alive)} {(value365 < 1 ? 0 : 1 + (int)(Math.Log(value365) / Math.Log(1.25)))}");

    /// <summary>The value band that a mark tells of; null for no mark.</summary>
    public static Band? ValueOf(string mark) => mark == "" ? null : (Band)(mark[0] - '0');

    // 0.35 is a step of its own, although 0.35 * 20 is a little less than 7.
    static int Step(double alive) => (int)Math.Floor(Math.Round(alive * 20, 9));
}

/// <summary>What caring for a customer has taken so far.</summary>
public sealed record Effort(int Cases = 0, int Tasks = 0, int Emails = 0, int SmsSegments = 0)
{
    public static Effort None { get; } = new();
}
