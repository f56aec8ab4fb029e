using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Where a tensor's row keeps channels, height and width.</summary>
public enum GridLayout
{
    /// <summary>Channel, height, width.</summary>
    ChannelsFirst,

    /// <summary>Height, width, channel.</summary>
    ChannelsLast,

    /// <summary>Height and width without channels (a vector is one line).</summary>
    Plain,
}

/// <summary>The shape of one row of model input as a picture.</summary>
/// <param name="Channels">Channels, 1 or more.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Layout">Where they stand.</param>
public sealed record GridShape(int Channels, int Height, int Width, GridLayout Layout)
{
    /// <summary>Elements of a row.</summary>
    public int Elements => Channels * Height * Width;

    /// <summary>The place of an element in the row.</summary>
    public int IndexOf(int channel, int y, int x) => Layout == GridLayout.ChannelsLast
        ? (((y * Width) + x) * Channels) + channel
        : (((channel * Height) + y) * Width) + x;
}

/// <summary>A sample of numbers in a grid: an image as the model sees it, or a tensor from a file. Its one input is a floating point tensor.</summary>
public abstract class GridSample : Sample
{
    /// <summary>What it is called: <c>shirt.png</c>.</summary>
    public abstract string Name { get; }

    /// <summary>SHA-256 of the tensor's content, lower-case hex.</summary>
    public abstract string Sha256 { get; }

    /// <summary>One row of model input; its data is a <c>float[]</c> or <c>double[]</c>.</summary>
    public abstract InputTensor Tensor { get; }

    /// <summary>The row as a picture.</summary>
    public abstract GridShape Grid { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features => [];

    /// <inheritdoc/>
    public override InputBatch Encode() => new([Tensor], 1) { Rows = 1 };
}

/// <summary>Which feature each element of a row belongs to: superpixels, windows, channels, or what a mask file says.</summary>
/// <param name="Labels">One feature number an element of the row, in the row's own order; 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">Number of features.</param>
/// <param name="Description">What they are, in words: "49 superpixels (SLIC)".</param>
public sealed record Segmentation(ImmutableArray<int> Labels, int Count, string Description);
