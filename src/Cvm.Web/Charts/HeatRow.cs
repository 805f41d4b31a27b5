using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>A row of a heat map.</summary>
/// <param name="Values"><see cref="double.NaN"/> where there is none.</param>
/// <param name="Size">How many it is made of, as it is written.</param>
public sealed record HeatRow(ChartPlace Place, ImmutableArray<double> Values, string? Size = null);
