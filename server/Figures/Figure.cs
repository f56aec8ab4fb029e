using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>A rendered picture with what a person who cannot see it needs.</summary>
/// <param name="Bytes">The file, transparent ground: PNG rendered at the scale that was asked for, or SVG.</param>
/// <param name="Width">Width in CSS pixels (at 1x).</param>
/// <param name="Height">Height in CSS pixels (at 1x).</param>
/// <param name="AltText">The picture in words, under 400 characters.</param>
/// <param name="Regions">Marks that can be focused, in reading order.</param>
public sealed record Figure(byte[] Bytes, int Width, int Height, string AltText, ImmutableArray<FigureRegion> Regions)
{
    /// <summary>
    /// What <see cref="Bytes"/> holds: <c>image/png</c>, <c>image/webp</c> for a photograph that would be too large as PNG, or
    /// <c>image/svg+xml</c>.
    /// </summary>
    public string MediaType { get; init; } = "image/png";
}

/// <summary>A mark that the keyboard can walk to: the whole row of a bar, so that it is large enough to aim at.</summary>
/// <param name="X">Left, CSS pixels.</param>
/// <param name="Y">Top, CSS pixels.</param>
/// <param name="Width">Width, CSS pixels.</param>
/// <param name="Height">Height, CSS pixels.</param>
/// <param name="Feature">The feature that it shows; null for the remainder.</param>
/// <param name="Label">What it shows, in words.</param>
public sealed record FigureRegion(double X, double Y, double Width, double Height, string? Feature, string Label)
{
    /// <summary>Rows of the file that it stands for, by number from 0; empty for none.</summary>
    public ImmutableArray<int> Rows { get; init; } = [];
}

/// <summary>How much stands around a figure's body.</summary>
public enum Chrome
{
    /// <summary>Header row and body, for hovers.</summary>
    Hover,

    /// <summary>Header row, body and legend; the panel shows title and receipt as text.</summary>
    Panel,

    /// <summary>Title, header row, body, legend and receipt, for exports and the command line.</summary>
    Full,
}

/// <summary>How a figure is wanted.</summary>
/// <param name="Theme">Colours.</param>
/// <param name="Chrome">What stands around the body.</param>
/// <param name="Scale">Device pixels a CSS pixel, 1 to 4; 2 by default.</param>
/// <param name="Receipt">
/// Parts of the receipt and title that an explanation does not hold: model name, sample in words, hashes. Empty for hovers.
/// </param>
public sealed record FigureStyle(Theme Theme, Chrome Chrome, double Scale, FigureContext Receipt)
{
    /// <summary>Width in CSS pixels; null for the figure's own width. Kept within 320 to 1,200.</summary>
    public double? Width { get; init; }

    /// <summary>Whether the figure becomes an SVG document, for exports.</summary>
    public bool Vector { get; init; }

    /// <summary>Rows of the file that are selected, by number from 0: their marks get a ring.</summary>
    public ImmutableHashSet<int> Selected { get; init; } = [];
}

/// <summary>What a figure's title and receipt say beside the explanation itself.</summary>
/// <param name="ModelName">"adult-gbm".</param>
/// <param name="SampleName">"test.csv, row 13"; empty for hovers.</param>
/// <param name="ModelHash">SHA-256 of the model in hex, or empty.</param>
/// <param name="DataHash">SHA-256 of the data in hex, or empty.</param>
/// <param name="Version">This product's version, or empty.</param>
public sealed record FigureContext(string ModelName, string SampleName, string ModelHash, string DataHash, string Version)
{
    /// <summary>Nothing but the explanation is known.</summary>
    public static FigureContext None { get; } = new("", "", "", "", "");

    /// <summary>The method's name as the field writes it, "KernelSHAP"; empty for its id.</summary>
    public string MethodTitle { get; init; } = "";

    /// <summary>
    /// What the target's numbers are. Null to guess from the target: a probability when its space says so, a value when it is named
    /// like its output, else a logit. Say it whenever the model's output is known: only log-odds get a probability axis.
    /// </summary>
    public TargetScale? Scale { get; init; }

    /// <summary>The unit of a regression's value, "mg/dl"; empty for the target's name.</summary>
    public string Unit { get; init; } = "";
}
