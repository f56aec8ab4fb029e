using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ExplainLsp.Samples;

/// <summary>A picture as a model sees it.</summary>
public sealed class ImageSample : GridSample
{
    private ImageSample(Picture picture, ImagePreprocessing preprocessing, Picture shown, InputTensor tensor, GridShape grid)
    {
        (Picture, Preprocessing, Tensor, Grid) = (picture, preprocessing, tensor, grid);
        Shown = shown;
        ShownRgb = shown.ToRgbBytes();
        Sha256 = TensorHash.Of(tensor);
    }

    /// <summary>The picture as it was read, at its own size.</summary>
    public Picture Picture { get; }

    /// <summary>How it became model input.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>The picture after resize and crop, before scaling: what the model was shown. Grey, or red, green, blue.</summary>
    public Picture Shown { get; }

    /// <summary><see cref="Shown"/> in red, green and blue bytes, <see cref="GridShape.Height"/> × <see cref="GridShape.Width"/> × 3, for drawing.</summary>
    public ImmutableArray<byte> ShownRgb { get; }

    /// <inheritdoc/>
    public override string Name => Picture.Name;

    /// <inheritdoc/>
    public override string Sha256 { get; }

    /// <inheritdoc/>
    public override InputTensor Tensor { get; }

    /// <inheritdoc/>
    public override GridShape Grid { get; }

    /// <summary>Makes a picture model input.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="preprocessing">How.</param>
    /// <param name="input">The model's input, of <c>float</c> or <c>double</c>; its open dimensions take the picture's size.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    /// <exception cref="SampleException">The preprocessing contradicts the model's input: channels, height, width, or element type.</exception>
    public static ImageSample Create(Picture picture, ImagePreprocessing preprocessing, InputSpec input, CancellationToken cancellation = default)
    {
        var form = InputForm.Of(input, preprocessing);
        var shown = PictureFitting.Fit(picture, preprocessing, cancellation);
        var grid = form.Check(shown, preprocessing, picture.Name);
        var tensor = PictureScaling.ToTensor(shown, preprocessing, grid, input);
        return new ImageSample(picture, preprocessing, shown, tensor, grid);
    }
}
