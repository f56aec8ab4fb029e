namespace ExplainLsp.Samples;

/// <summary>A preprocessing from nothing but the input's shape.</summary>
internal static class PreprocessingGuess
{
    // A model of any size runs on any photo, but a map of twelve megapixels takes hours and shows no more.
    private const int LongestSide = 512;

    public static ImagePreprocessing Of(InputSpec input)
    {
        var form = InputForm.Of(input);
        var channels = form.Channels < 0 ? 3 : form.Channels;
        if (channels is not (1 or 3))
        {
            throw new SampleException(
                $"The input {input.Name} takes {channels} channels a picture; a picture has 1 (grey) or 3 (red, green, blue). Name a tensor file (.npy) instead.");
        }
        var sized = form is { Height: > 0, Width: > 0 };
        var colours = channels == 1 ? "grey" : "RGB";
        var size = sized ? $"resized to {form.Height} × {form.Width} (bilinear)" : $"at its own size (at most {LongestSide} pixels)";
        var flat = form.IsFlat ? $", read row by row into {ShapeWords.Of(input.RowShape)} numbers" : "";
        return new ImagePreprocessing
        {
            Resize = sized ? ResizeMode.Exact : ResizeMode.Within,
            Height = sized ? form.Height : LongestSide,
            Width = sized ? form.Width : LongestSide,
            Order = channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb,
            Layout = form.Layout,
            Guesses =
            [
                $"No preprocessing is known for this model, so the picture was taken as {colours}, {size}, levels scaled to 0 to 1{flat}. " +
                "Predictions may be off if the model was trained otherwise. Add preprocessor_config.json beside the model, or preprocessing to explain.json.",
            ],
        };
    }
}
