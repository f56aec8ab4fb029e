using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>To what size a picture is brought.</summary>
public enum ResizeMode
{
    /// <summary>The picture keeps its size.</summary>
    None,

    /// <summary>To <c>Height</c> × <c>Width</c>, whatever its proportions.</summary>
    Exact,

    /// <summary>The shorter side becomes <c>Height</c>; proportions are kept.</summary>
    ShortestEdge,

    /// <summary>A picture whose longer side is above <c>Height</c> is scaled down to it; a smaller one keeps its size.</summary>
    Within,

    /// <summary>Into <c>Height</c> × <c>Width</c> with its proportions kept, the rest filled with the padding colour (letterbox).</summary>
    Letterbox,
}

/// <summary>What the channels of the model's input mean, in order.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Grey alone.</summary>
    Grey,
}

/// <summary>
/// From a picture to a row of model input: flatten alpha, grey or colour, resize, crop the centre, then (level × scale + offset − mean) /
/// deviation. 16-bit levels count as 0 to 255 with fractions. Sizes are pixels.
/// </summary>
public sealed record ImagePreprocessing
{
    /// <summary>To what size the picture is brought.</summary>
    public ResizeMode Resize { get; init; }

    /// <summary>Pixels down, or the shorter side.</summary>
    public int Height { get; init; }

    /// <summary>Pixels across.</summary>
    public int Width { get; init; }

    /// <summary>The longest that the longer side may get with <see cref="ResizeMode.ShortestEdge"/>; null for no limit.</summary>
    public int? LongestEdge { get; init; }

    /// <summary>How it is resized.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bilinear;

    /// <summary>The centre that is kept, pixels down; null where nothing is cropped. A smaller picture is padded with zero levels.</summary>
    public int? CropHeight { get; init; }

    /// <summary>The centre that is kept, pixels across.</summary>
    public int? CropWidth { get; init; }

    /// <summary>What a level of 0 to 255 is multiplied with.</summary>
    public double Scale { get; init; } = 1 / 255d;

    /// <summary>What is added after <see cref="Scale"/>.</summary>
    public double Offset { get; init; }

    /// <summary>What is subtracted then: one number, or one a channel in the order of the model's channels.</summary>
    public ImmutableArray<double> Mean { get; init; } = [0];

    /// <summary>What is divided by at last: one number, or one a channel in the order of the model's channels.</summary>
    public ImmutableArray<double> Deviation { get; init; } = [1];

    /// <summary>What the channels mean.</summary>
    public ChannelOrder Order { get; init; }

    /// <summary>Where the row keeps its channels.</summary>
    public GridLayout Layout { get; init; }

    /// <summary>What lies under transparent pixels.</summary>
    public PictureColour Ground { get; init; } = PictureColour.White;

    /// <summary>What fills a letterbox.</summary>
    public PictureColour Padding { get; init; }

    /// <summary>Where it is from, for messages: <c>preprocessor_config.json</c>, <c>explain.json</c>, "the input's shape".</summary>
    public string Origin { get; init; } = "the input's shape";

    /// <summary>What was guessed, one sentence each, for warnings; empty where everything is told.</summary>
    public ImmutableArray<string> Guesses { get; init; } = [];

    /// <summary>1 for grey, else 3.</summary>
    public int Channels => Order == ChannelOrder.Grey ? 1 : 3;

    /// <summary>A level of 0 to 255 as the model sees it in a channel of its input.</summary>
    public double Scaled(double level, int channel) =>
        ((level * Scale) + Offset - Of(Mean, channel)) / Of(Deviation, channel);

    /// <summary>
    /// Guesses from the input's shape: its size, grey for one channel and RGB for three, levels scaled to 0 to 1. <see cref="Guesses"/> says so.
    /// </summary>
    /// <exception cref="SampleException">No picture fits into such an input.</exception>
    public static ImagePreprocessing Guess(InputSpec input) => PreprocessingGuess.Of(input);

    /// <summary>Reads a Hugging Face <c>preprocessor_config.json</c>. What the file leaves out is as Hugging Face has it, or as the input says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The model's input, which decides what the file leaves out.</param>
    /// <exception cref="SampleException">Missing, unreadable, no preprocessing of images, or against the input.</exception>
    public static ImagePreprocessing ReadHuggingFace(string path, InputSpec input) => HuggingFacePreprocessing.Read(path, input);

    /// <summary>The file that someone edits to change it.</summary>
    internal string Target => Origin.EndsWith(".json", StringComparison.Ordinal) ? Origin : "explain.json";

    private static double Of(ImmutableArray<double> numbers, int channel) => numbers.Length == 1 ? numbers[0] : numbers[channel];
}
