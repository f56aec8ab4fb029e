namespace ExplainLsp.Samples;

/// <summary>What a model's input says about the pictures that it takes; −1 where it leaves a number open.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Layout">Where they stand.</param>
/// <param name="IsFlat">Whether a row is one line of numbers, so that height and width are a guess.</param>
internal sealed record InputForm(string Name, int Channels, int Height, int Width, GridLayout Layout, bool IsFlat)
{
    /// <summary>Reads an input's shape; the preprocessing's layout decides where the shape can be read in both ways.</summary>
    /// <exception cref="SampleException">No picture fits into such an input.</exception>
    public static InputForm Of(InputSpec input, ImagePreprocessing? preprocessing = null)
    {
        if (input.ElementType != typeof(float) && input.ElementType != typeof(double))
            throw new SampleException($"The input {input.Name} takes {Words(input.ElementType)}, and a picture becomes floating point numbers. Name a model whose input is float or double.");
        var shape = input.RowShape.ToList();
        while (shape.Count > 3 && shape[0] == 1)
            shape.RemoveAt(0);
        return shape switch
        {
            [var a, var b, var c] => Spatial(input, a, b, c, preprocessing),
            [1, var line] when Side(line) is { } side => new InputForm(input.Name, 1, side, side, GridLayout.Plain, true),
            [var height, var width] => new InputForm(input.Name, 1, height, width, GridLayout.Plain, false),
            [var length] when Side(length) is { } side => new InputForm(input.Name, 1, side, side, GridLayout.Plain, true),
            [var length] when length % 3 == 0 && Side(length / 3) is { } side => new InputForm(input.Name, 3, side, side, preprocessing?.Layout ?? GridLayout.ChannelsFirst, true),
            _ => throw new SampleException($"The input {input.Name} has shape {ShapeWords.Of(input.RowShape)} a row, which is no picture. Name a tensor file (.npy) instead."),
        };
    }

    private static InputForm Spatial(InputSpec input, int a, int b, int c, ImagePreprocessing? preprocessing)
    {
        var first = new InputForm(input.Name, a, b, c, GridLayout.ChannelsFirst, false);
        var last = new InputForm(input.Name, c, a, b, GridLayout.ChannelsLast, false);
        if (preprocessing is not null && preprocessing.Layout != GridLayout.Plain)
        {
            var (told, other) = preprocessing.Layout == GridLayout.ChannelsFirst ? (first, last) : (last, first);
            // A preprocessing file that names no layout means channels first; the model knows better.
            return !told.CanBe(preprocessing.Channels) && other.CanBe(preprocessing.Channels) ? other : told;
        }
        return !first.IsPicture && last.IsPicture ? last : first;
    }

    /// <summary>The grid of a fitted picture.</summary>
    /// <exception cref="SampleException">The preprocessing contradicts the input.</exception>
    public GridShape Check(Picture shown, ImagePreprocessing preprocessing, string name)
    {
        var channels = preprocessing.Channels;
        if (Channels > 0 && Channels != channels)
        {
            throw new SampleException(
                $"{preprocessing.Origin} makes {Count(channels, "channel")} of a picture, the input {Name} takes {Channels}. Set the channels in {preprocessing.Target}.");
        }
        CheckNumbers(preprocessing, channels);
        if ((Height > 0 && Height != shown.Height) || (Width > 0 && Width != shown.Width))
        {
            throw new SampleException(
                $"{preprocessing.Origin} makes {name} {shown.Height} × {shown.Width} pixels (height × width), the input {Name} takes {Open(Height)} × {Open(Width)}. " +
                $"Set the size in {preprocessing.Target}.");
        }
        return new GridShape(channels, shown.Height, shown.Width, Layout);
    }

    private static void CheckNumbers(ImagePreprocessing preprocessing, int channels)
    {
        foreach (var (what, numbers) in new[] { ("means", preprocessing.Mean), ("deviations", preprocessing.Deviation) })
        {
            if (numbers.Length != 1 && numbers.Length != channels)
                throw new SampleException($"{preprocessing.Origin} has {numbers.Length} {what} for {Count(channels, "channel")}. Write one, or one a channel.");
        }
        if (preprocessing.Deviation.Contains(0))
            throw new SampleException($"{preprocessing.Origin} divides by a deviation of 0. Write the deviation of the training pictures.");
    }

    private bool CanBe(int channels) => Channels < 0 || Channels == channels;

    private bool IsPicture => Channels is 1 or 3;

    private static int? Side(int length)
    {
        var side = (int)Math.Round(Math.Sqrt(Math.Max(length, 0)));
        return side >= 4 && side * side == length ? side : null;
    }

    private static string Open(int dimension) => dimension > 0 ? $"{dimension}" : "any";

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static string Words(Type type) => type == typeof(string) ? "texts" : type == typeof(bool) ? "truth values" : "whole numbers";
}
