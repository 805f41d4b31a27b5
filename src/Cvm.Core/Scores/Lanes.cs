using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cvm;

/// <summary>Exponentials and logarithms of four numbers at once, to 15 digits. The framework's own are called, not inlined, and begin slowly
/// in a process that has just started; fits are over before that changes.</summary>
public static class Lanes
{
    const double PerLn2 = 1.4426950408889634074, Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10, Ln2 = 0.69314718055994530942;

    // Adding this leaves a number's nearest integer in its last bits.
    const double Shift = 6755399441055744;

    /// <summary>e^x; 0 below -708, and as if 709 above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var within = Vector256.Max(Vector256.Min(x, Vector256.Create(709.0)), Vector256.Create(-708.0));
        var shifted = within * PerLn2 + Vector256.Create(Shift);
        var twos = shifted - Vector256.Create(Shift);
        var r = within - twos * Ln2High - twos * Ln2Low; // at most ln(2) / 2 either way

        var sum = Vector256.Create(1 / 6227020800.0);
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 479001600.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 39916800.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 3628800.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 362880.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 40320.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 5040.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 720.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 120.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 24.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(1 / 6.0));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256.Create(0.5));
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256<double>.One);
        sum = Vector256.MultiplyAddEstimate(sum, r, Vector256<double>.One);

        var scaled = (sum.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-708.0)), Vector256<double>.Zero, scaled);
    }

    /// <summary>ln(1 + x) for x in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LogOnePlus(Vector256<double> x)
    {
        // ln y = 2 artanh((y - 1)/(y + 1)), with y = 1 + x or half of that, whichever is nearer to 1.
        var half = Vector256.GreaterThan(x, Vector256.Create(0.41421356237309505));
        var z = Vector256.ConditionalSelect(half, (x - Vector256<double>.One) / (x + Vector256.Create(3.0)), x / (x + Vector256.Create(2.0)));
        var square = z * z;

        var sum = Vector256.Create(2 / 23.0);
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 21.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 19.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 17.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 15.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 13.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 11.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 9.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 7.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 5.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2 / 3.0));
        sum = Vector256.MultiplyAddEstimate(sum, square, Vector256.Create(2.0));
        return sum * z + Vector256.ConditionalSelect(half, Vector256.Create(Ln2), Vector256<double>.Zero);
    }
}
