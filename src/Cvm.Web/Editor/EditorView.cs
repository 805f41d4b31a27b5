using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>A journey being written.</summary>
public sealed record EditorView
{
    public required string Name { get; init; }

    /// <summary>As it stands in the text area.</summary>
    public required string Yaml { get; init; }

    /// <summary>The revision that the text is based on.</summary>
    public required int Based { get; init; }

    /// <summary>The draft that is kept now; null where there is none.</summary>
    public required Draft? Draft { get; init; }

    /// <summary>The version that is live; null where none is.</summary>
    public required int? Live { get; init; }

    public required CheckedDraft Checked { get; init; }

    /// <summary>The most that one person can get from what is live; null where that is not known.</summary>
    public Pressure? PressureNow { get; init; }

    /// <summary>That the version is taken; null where it is not.</summary>
    public required VersionAdvice? Advice { get; init; }

    public required Panel Show { get; init; }

    /// <summary>Played with the draft; null where they are not shown.</summary>
    public ImmutableArray<PlayedExample>? Examples { get; init; }

    /// <summary>The last rehearsal of this journey.</summary>
    public Rehearsing? Rehearsal { get; init; }

    /// <summary>A rehearsal of another journey that runs now.</summary>
    public Rehearsing? Other { get; init; }

    public int Days { get; init; } = 30;
    public bool History { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Login { get; init; }

    /// <summary>The name that was written, where nobody is logged in.</summary>
    public string? By { get; init; }

    /// <summary>Whether there is a page that publishes.</summary>
    public bool Publishes { get; init; }

    /// <summary>What was done, or what was not; null for nothing.</summary>
    public string? Told { get; init; }

    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The words that may stand in the text, by the place they may stand at: JSON.</summary>
    public required string Vocabulary { get; init; }

    public string Here => $"{Words.JourneyAddress(Name)}/edit";

    /// <summary>Somebody else's draft that came after what is written here; null where there is none.</summary>
    public Draft? Newer => Draft is { } draft && draft.Revision > Based ? draft : null;

    /// <summary>Whether what is written stands as a draft.</summary>
    public bool Saved => Draft is { } draft && draft.Yaml == Yaml && draft.Revision == Based;

    /// <summary>Whether the text is as the page began with it: nobody has written anything yet.</summary>
    public bool Untouched { get; init; }

    /// <summary>What the check says, in a line.</summary>
    public string Verdict => Mistakes + (Checked.Problems.Length - Checked.Mistakes) switch
    {
        0 => "",
        1 => T(", 1 warning"),
        var warnings => T(", {0} warnings", warnings),
    };

    string Mistakes => Checked.Mistakes switch
    {
        0 => T("No mistakes"),
        1 => T("1 mistake"),
        var mistakes => T("{0} mistakes", mistakes),
    };
}

/// <summary>Somebody saved first.</summary>
/// <param name="Mine">What was to be saved.</param>
/// <param name="By">Who wrote mine, where nobody is logged in.</param>
public sealed record ClashView(string Name, string Mine, Saving.Second Second, string? Login, string? By, string Zone, DateTimeOffset Now)
{
    public string Here => $"{Words.JourneyAddress(Name)}/edit";

    /// <summary>Where theirs is edited.</summary>
    public string Theirs => By is null ? Here : $"{Here}?by={Uri.EscapeDataString(By)}";

    public string Who => Second.By == "" ? T("Somebody") : Second.By;
}

/// <summary>A journey to be begun.</summary>
/// <param name="Wrong">What is wrong with the name; null for nothing.</param>
public sealed record NewJourneyView(string Name, string? From, ImmutableArray<string> Journeys, string? Wrong);
