namespace Cvm.Engine;

/// <summary>A part of a template that is not plain text.</summary>
/// <param name="At">Offset in the template's text.</param>
abstract record TemplatePart(int At)
{
    /// <param name="End">Offset behind its braces.</param>
    public sealed record Output(Spoken Of, int At, int End) : TemplatePart(At);

    /// <param name="End">Offset behind its braces.</param>
    public sealed record Partial(string Name, int At, int End) : TemplatePart(At);

    /// <param name="Unless">The block stands where <paramref name="When"/> has no value.</param>
    public sealed record Block(bool Unless, Spoken When, ImmutableArray<TemplatePart> Then, ImmutableArray<TemplatePart> Else, int At) : TemplatePart(At);

    /// <summary>These parts and all within them, in the order of the text.</summary>
    public static IEnumerable<TemplatePart> Flat(ImmutableArray<TemplatePart> parts) =>
        parts.SelectMany(part => part is Block block ? Flat(block.Then).Concat(Flat(block.Else)).Prepend(block) : [part]);
}

/// <summary>Something between double braces that has a value.</summary>
abstract record Spoken(int At)
{
    /// <summary>The values it names.</summary>
    public IEnumerable<string> Names() => this switch
    {
        Name name => [name.Path],
        Call call => call.Arguments.Concat(call.Named.Select(pair => pair.Value)).SelectMany(said => said.Names()),
        _ => [],
    };

    public sealed record Name(string Path, int At) : Spoken(At);

    public sealed record Text(string Value, int At) : Spoken(At);

    public sealed record Number(string Written, int At) : Spoken(At);

    public sealed record Call(string Helper, ImmutableArray<Spoken> Arguments, ImmutableArray<(string Key, Spoken Value)> Named, int At) : Spoken(At);
}
