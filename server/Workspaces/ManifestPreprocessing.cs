using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>What a manifest says of how pictures become model input; null for what it leaves out.</summary>
/// <param name="Range">Where it stands.</param>
public sealed record ManifestPreprocessing(TextRange Range)
{
    /// <summary>To what size the picture is brought.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>Pixels down and across; one number is both, or the shorter side.</summary>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>The centre that is kept, pixels down and across.</summary>
    public (int Height, int Width)? Crop { get; init; }

    /// <summary>How it is resized.</summary>
    public ResampleFilter? Filter { get; init; }

    /// <summary>What a level of 0 to 255 is multiplied with.</summary>
    public double? Scale { get; init; }

    /// <summary>What is subtracted then: one number, or one a channel.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>What is divided by at last: one number, or one a channel.</summary>
    public ImmutableArray<double> Deviation { get; init; } = [];

    /// <summary>What the channels mean.</summary>
    public ChannelOrder? Channels { get; init; }

    /// <summary>Where the row keeps its channels.</summary>
    public GridLayout? Layout { get; init; }

    /// <summary>These words over what is known without them.</summary>
    /// <param name="known">What the model's own file or its input says.</param>
    /// <param name="input">The model's input.</param>
    public ImagePreprocessing Over(ImagePreprocessing known, InputSpec input)
    {
        var resize = Resize ?? (Size is null ? known.Resize : known.Resize is ResizeMode.None or ResizeMode.Within ? ResizeMode.Exact : known.Resize);
        var replaced = known with
        {
            Origin = Manifest.FileName,
            Guesses = [],
            Resize = resize,
            Height = Size?.Height ?? known.Height,
            Width = Size?.Width ?? known.Width,
            Filter = Filter ?? known.Filter,
            // Words about the size replace the other file's crop as well: the two belong together.
            CropHeight = Crop?.Height ?? (Size is null && Resize is null ? known.CropHeight : null),
            CropWidth = Crop?.Width ?? (Size is null && Resize is null ? known.CropWidth : null),
            Scale = Scale ?? known.Scale,
            Offset = Scale is null ? known.Offset : 0,
            Mean = Mean.IsEmpty ? known.Mean : Mean,
            Deviation = Deviation.IsEmpty ? known.Deviation : Deviation,
            Order = Channels ?? known.Order,
            Layout = Layout ?? known.Layout,
        };
        return resize != ResizeMode.None && replaced.Height == 0 ? replaced with { Height = input.RowShape.Max(), Width = input.RowShape.Max() } : replaced;
    }
}
