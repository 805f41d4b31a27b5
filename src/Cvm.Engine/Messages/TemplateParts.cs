namespace Cvm.Engine;

/// <summary>A part of a template that is not plain text.</summary>
/// <param name="At">Offset in the template's text.</param>
abstract record TemplatePart(int At)
{
    public sealed record Output(Spoken Of, int At) : TemplatePart(At);

    /// <param name="Unless">The block stands where <paramref name="When"/> has no value.</param>
    public sealed record Block(bool Unless, Spoken When, ImmutableArray<TemplatePart> Then, ImmutableArray<TemplatePart> Else, int At) : TemplatePart(At);
}

/// <summary>Something between double braces that has a value.</summary>
abstract record Spoken(int At)
{
    public sealed record Name(string Path, int At) : Spoken(At);

    public sealed record Text(string Value, int At) : Spoken(At);

    public sealed record Number(string Written, int At) : Spoken(At);

    public sealed record Call(string Helper, ImmutableArray<Spoken> Arguments, ImmutableArray<(string Key, Spoken Value)> Named, int At) : Spoken(At);
}
