using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>A page for customers that says one thing, and what can be done about it.</summary>
public sealed record Notice
{
    public required LinkTexts Texts { get; init; }
    public required string Sender { get; init; }
    public required string Title { get; init; }
    public required ImmutableArray<string> Lines { get; init; }

    /// <summary>Something that deserves to stand out, such as the words that are agreed to.</summary>
    public string? Words { get; init; }

    public ImmutableArray<NoticeAct> Acts { get; init; } = [];

    /// <summary>Said in the end, quietly.</summary>
    public string? Small { get; init; }

    public static Notice Of(LinkTexts texts, Playbook playbook, string title, ImmutableArray<string> lines) =>
        new() { Texts = texts, Sender = playbook.Policies.Sender, Title = title, Lines = lines };

    internal IResult Show(int status = StatusCodes.Status200OK) => Site.Show<NoticePage>(this, status);
}

/// <summary>A button (which posts) or a link.</summary>
/// <param name="Grave">What cannot be undone.</param>
public sealed record NoticeAct(string Label, string Address, bool Button, bool Grave = false)
{
    /// <summary>What RFC 8058 has mail programs post; sent by our button, too, so that both are the same.</summary>
    public bool OneClick { get; init; }
}
