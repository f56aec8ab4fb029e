namespace ExplainLsp.Figures;

/// <summary>The kind of a colour theme.</summary>
public enum ThemeKind
{
    /// <summary>Light marks on a dark ground.</summary>
    Dark,

    /// <summary>Dark marks on a light ground.</summary>
    Light,

    /// <summary>High contrast on black.</summary>
    HighContrastDark,

    /// <summary>High contrast on white.</summary>
    HighContrastLight,
}

/// <summary>
/// The editor's colours as hex (<c>#RRGGBB</c>). Figures have a transparent ground; <see cref="Ground"/> only serves mixes and rings.
/// </summary>
public sealed record Theme
{
    /// <summary>The kind.</summary>
    public required ThemeKind Kind { get; init; }

    /// <summary>The surface behind the figure.</summary>
    public required string Ground { get; init; }

    /// <summary>Text and lines.</summary>
    public required string Ink { get; init; }

    /// <summary>The thing that is explained.</summary>
    public required string Strong { get; init; }

    /// <summary>Secondary text.</summary>
    public required string Ink2 { get; init; }

    /// <summary>Axes.</summary>
    public required string Axis { get; init; }

    /// <summary>Unsigned marks: "N other columns", histograms, importance.</summary>
    public required string Neutral { get; init; }

    /// <summary>Grid lines.</summary>
    public required string Grid { get; init; }

    /// <summary>The current value, the selection.</summary>
    public required string Focus { get; init; }

    /// <summary>Borders.</summary>
    public required string Border { get; init; }

    /// <summary>Contributions towards the target.</summary>
    public required string Towards { get; init; }

    /// <summary>Contributions away from the target.</summary>
    public required string Away { get; init; }

    /// <summary>The table of colours for a kind when the editor says nothing else.</summary>
    public static Theme Default(ThemeKind kind) => throw new NotImplementedException(kind.ToString());
}
