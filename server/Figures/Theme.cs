using SkiaSharp;

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

    /// <summary>The icon of what the model gets wrong.</summary>
    public string Caution { get; init; } = "#BF8803";

    /// <summary>Contributions towards the target.</summary>
    public required string Towards { get; init; }

    /// <summary>Contributions away from the target.</summary>
    public required string Away { get; init; }

    /// <summary>The first named series: disc, solid line.</summary>
    public required string Series1 { get; init; }

    /// <summary>The second named series: square, dashes 7 3.</summary>
    public required string Series2 { get; init; }

    /// <summary>The third named series: triangle, dashes 2 3.</summary>
    public required string Series3 { get; init; }

    /// <summary>The fourth named series: diamond, dashes 7 3 2 3.</summary>
    public required string Series4 { get; init; }

    /// <summary>Whether patterns and outlines must say what colours say elsewhere.</summary>
    public bool HighContrast => Kind is ThemeKind.HighContrastDark or ThemeKind.HighContrastLight;

    /// <summary>Whether marks are lighter than the ground.</summary>
    public bool Dark => Kind is ThemeKind.Dark or ThemeKind.HighContrastDark;

    private static readonly Theme[] Defaults =
    [
        new()
        {
            Kind = ThemeKind.Dark, Ground = "#1F1F1F", Ink = "#CCCCCC", Strong = "#FFFFFF", Ink2 = "#9D9D9D", Axis = "#6D6D6D",
            Neutral = "#6D6D6D", Grid = "#343434", Focus = "#0078D4", Border = "#2B2B2B", Caution = "#CCA700", Towards = "#EF9851", Away = "#5FB1EF",
            Series1 = "#59C7B4", Series2 = "#FDDB72", Series3 = "#BC3E79", Series4 = "#9769DC",
        },
        new()
        {
            Kind = ThemeKind.Light, Ground = "#FFFFFF", Ink = "#3B3B3B", Strong = "#1F1F1F", Ink2 = "#616161", Axis = "#8D8D8D",
            Neutral = "#8D8D8D", Grid = "#E7E7E7", Focus = "#005FB8", Border = "#E5E5E5", Towards = "#B65416", Away = "#206EBE",
            Series1 = "#05837E", Series2 = "#AF8F15", Series3 = "#600136", Series4 = "#6331A0",
        },
        new()
        {
            Kind = ThemeKind.HighContrastDark, Ground = "#000000", Ink = "#FFFFFF", Strong = "#FFFFFF", Ink2 = "#FFFFFF", Axis = "#FFFFFF",
            Neutral = "#999999", Grid = "#333333", Focus = "#F38518", Border = "#6FC3DF", Caution = "#FFD370", Towards = "#FFBB69", Away = "#6FD2FC",
            Series1 = "#6FEBCC", Series2 = "#E9C85E", Series3 = "#F471AA", Series4 = "#B688FE",
        },
        new()
        {
            Kind = ThemeKind.HighContrastLight, Ground = "#FFFFFF", Ink = "#292929", Strong = "#000000", Ink2 = "#292929", Axis = "#292929",
            Neutral = "#7F7F7F", Grid = "#E5E5E5", Focus = "#006BBD", Border = "#0F4A85", Caution = "#895503", Towards = "#943B12", Away = "#0F4EA3",
            Series1 = "#025956", Series2 = "#453602", Series3 = "#37001D", Series4 = "#6938A7",
        },
    ];

    /// <summary>The table of colours for a kind when the editor says nothing else; the ground is the panel's.</summary>
    public static Theme Default(ThemeKind kind) => Defaults[(int)kind];

    /// <summary>
    /// The editor's own colours. Missing or unreadable ones take the kind's default; axis, grid and neutral are mixed from ground and ink
    /// unless given; secondary text below 4.5:1 becomes ink. Direction and series colours are the user's choice and kept as they are.
    /// </summary>
    /// <param name="kind">The theme's kind.</param>
    /// <param name="tokens">
    /// <c>ground</c>, <c>ink</c>, <c>strong</c>, <c>ink2</c>, <c>axis</c>, <c>neutral</c>, <c>grid</c>, <c>focus</c>, <c>border</c>, <c>caution</c>,
    /// <c>towards</c>, <c>away</c>, <c>series1</c> … <c>series4</c>, each <c>#RGB</c>, <c>#RRGGBB</c> or <c>#RRGGBBAA</c> (blended onto
    /// the ground). Others are ignored.
    /// </param>
    public static Theme FromTokens(ThemeKind kind, IReadOnlyDictionary<string, string> tokens)
    {
        var fallback = Default(kind);
        var ground = Token("ground", Colour.Parse(fallback.Ground), Colour.Parse(fallback.Ground));
        // A ground of the other lightness (a dark hover in a light theme) would hide the kind's own ink.
        var ink = Token("ink", Legible(Colour.Parse(fallback.Ink), ground), ground);
        var towardsEnd = fallback.Dark ? SKColors.White : SKColors.Black;
        var derived = tokens.ContainsKey("ground") || tokens.ContainsKey("ink");

        var ink2 = Token("ink2", Colour.Parse(fallback.Ink2), ground);
        if (Colour.Contrast(ink2, ground) < 4.5) ink2 = ink;

        return fallback with
        {
            Ground = Colour.Hex(ground),
            Ink = Colour.Hex(ink),
            Strong = Colour.Hex(Token("strong", derived ? Colour.Mix(ink, towardsEnd, 0.5) : Colour.Parse(fallback.Strong), ground)),
            Ink2 = Colour.Hex(ink2),
            Axis = Colour.Hex(Token("axis", Mixed(fallback.Axis, fallback.HighContrast ? 1 : fallback.Dark ? 0.45 : 0.58, 3), ground)),
            Neutral = Colour.Hex(Token("neutral", Mixed(fallback.Neutral, fallback.HighContrast ? 0.6 : fallback.Dark ? 0.45 : 0.58, 3), ground)),
            Grid = Colour.Hex(Token("grid", Mixed(fallback.Grid, kind == ThemeKind.HighContrastDark ? 0.2 : 0.12, 1), ground)),
            Focus = Colour.Hex(Token("focus", Colour.Parse(fallback.Focus), ground)),
            Border = Colour.Hex(Token("border", Colour.Parse(fallback.Border), ground)),
            Caution = Colour.Hex(Token("caution", Colour.Parse(fallback.Caution), ground)),
            Towards = Colour.Hex(Token("towards", Colour.Parse(fallback.Towards), ground)),
            Away = Colour.Hex(Token("away", Colour.Parse(fallback.Away), ground)),
            Series1 = Colour.Hex(Token("series1", Colour.Parse(fallback.Series1), ground)),
            Series2 = Colour.Hex(Token("series2", Colour.Parse(fallback.Series2), ground)),
            Series3 = Colour.Hex(Token("series3", Colour.Parse(fallback.Series3), ground)),
            Series4 = Colour.Hex(Token("series4", Colour.Parse(fallback.Series4), ground)),
        };

        SKColor Token(string name, SKColor otherwise, SKColor onto) =>
            tokens.TryGetValue(name, out var text) && Colour.TryParse(text, onto, out var colour) ? colour : otherwise;

        SKColor Mixed(string table, double share, double contrast)
        {
            if (!derived) return Colour.Parse(table);
            while (share < 1 && Colour.Contrast(Colour.Mix(ground, ink, share), ground) < contrast) share += 0.02;
            return Colour.Mix(ground, ink, Math.Min(share, 1));
        }
    }

    private static SKColor Legible(SKColor ink, SKColor ground) =>
        Colour.Contrast(ink, ground) >= 4.5 ? ink
        : Colour.Contrast(SKColors.White, ground) > Colour.Contrast(SKColors.Black, ground) ? SKColors.White : SKColors.Black;
}
