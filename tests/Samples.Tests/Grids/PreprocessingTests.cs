using System.Text.Json;

namespace ExplainLsp.Samples.Tests;

public sealed class PreprocessingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Peers
    {
        get
        {
            using var cases = JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden/preprocessing/cases.json")));
            return [.. cases.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.GetString()!)];
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Peers))]
    public void ReadHuggingFace_EveryProcessor_GivesTheSameTensor(string name)
    {
        var peer = NumpyFile.Read(Fixture.Path($"golden/preprocessing/{name}.npy"));
        var input = Fixture.Input<float>("pixel_values", [.. peer.Shape]);
        var preprocessing = ImagePreprocessing.ReadHuggingFace(Fixture.Path($"golden/preprocessing/{name}.json"), input);
        var sample = ImageSample.Create(Picture.Read(Fixture.Path("data/photos/flower.png")), preprocessing, input);

        Assert.Equal(peer.Shape.ToArray(), sample.Tensor.RowShape.ToArray());
        // One grey level is 1/255 over a deviation of 0.22 at the least; single precision alone gives 1e-6.
        Assert.All(((float[])sample.Tensor.Data).Zip(peer.Values), pair => Assert.InRange(pair.First - pair.Second, -2e-6, 2e-6));
    }

    [Theory]
    [InlineData("CLIPImageProcessor", ResampleFilter.Bicubic, ResizeMode.ShortestEdge, 224, 224)]
    [InlineData("CLIPImageProcessorFast", ResampleFilter.Bicubic, ResizeMode.ShortestEdge, 224, 224)]
    [InlineData("ViTImageProcessor", ResampleFilter.Bilinear, ResizeMode.Exact, 224, null)]
    [InlineData("DeiTFeatureExtractor", ResampleFilter.Bicubic, ResizeMode.Exact, 256, 224)]
    [InlineData("ConvNextFeatureExtractor", ResampleFilter.Bicubic, ResizeMode.Exact, 384, null)]
    [InlineData("SiglipImageProcessor", ResampleFilter.Bicubic, ResizeMode.Exact, 224, null)]
    public void ReadHuggingFace_NameAlone_TakesTheClassesDefaults(string type, ResampleFilter filter, ResizeMode resize, int size, int? crop)
    {
        var read = Read($$"""{ "image_processor_type": "{{type}}" }""");

        Assert.Equal((filter, resize, size, crop), (read.Filter, read.Resize, read.Height, read.CropHeight));
        Assert.Equal(3, read.Mean.Length);
    }

    [Fact]
    public void ReadHuggingFace_GreyModel_TakesGrey()
    {
        var read = ImagePreprocessing.ReadHuggingFace(Fixture.Path("models/fashion-cnn/preprocessor_config.json"), Fixture.Input<float>("pixel_values", 1, 28, 28));

        Assert.Equal((ChannelOrder.Grey, 28, 28), (read.Order, read.Height, read.Width));
        Assert.Equal([0.286], read.Mean.ToArray());
        Assert.Empty(read.Guesses);
    }

    [Theory]
    [InlineData("[1]", "must be one JSON object")]
    [InlineData("{ \"size\": ", "is not JSON (line 1)")]
    [InlineData("{}", "says nothing about images")]
    [InlineData("{ \"size\": -3 }", "size must be")]
    [InlineData("{ \"size\": 24, \"resample\": 9 }", "resample must be")]
    [InlineData("{ \"size\": 24, \"image_mean\": \"half\", \"image_std\": 1 }", "image_mean must be")]
    [InlineData("{ \"size\": 24, \"image_mean\": [0.5] }", "has no image_std")]
    [InlineData("{ \"size\": 24, \"do_resize\": 1 }", "do_resize must be")]
    [InlineData("{ \"do_resize\": true }", "has no size")]
    [InlineData("{ \"size\": 24, \"do_center_crop\": true }", "has no crop_size")]
    [InlineData("{ \"size\": 24, \"data_format\": \"sideways\" }", "has data_format sideways")]
    [InlineData("{ \"size\": 24, \"num_channels\": 4 }", "want 4 channels")]
    public void ReadHuggingFace_BrokenFile_SaysWhatAndWhere(string json, string part)
    {
        var error = Assert.Throws<SampleException>(() => Read(json));

        Assert.Contains("preprocessor_config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"size\": 24, \"num_channels\": 1 }", "1 channel", "takes 3")]
    [InlineData("{ \"size\": 20 }", "20 × 20 pixels", "takes 24 × 24")]
    [InlineData("{ \"size\": { \"shortest_edge\": 24 } }", "24 × 36 pixels", "takes 24 × 24")]
    [InlineData("{ \"size\": 24, \"image_mean\": [0.5, 0.5], \"image_std\": [1, 1] }", "2 means", "3 channels")]
    [InlineData("{ \"size\": 24, \"image_mean\": 0, \"image_std\": 0 }", "deviation of 0", "training pictures")]
    public void Create_PreprocessingAgainstTheModel_IsRefusedWithBothNumbers(string json, string first, string second)
    {
        var input = Fixture.Input<float>("x", 3, 24, 24);
        var error = Assert.Throws<SampleException>(() =>
            ImageSample.Create(Picture.Read(Fixture.Path("data/photos/flower.png")), ImagePreprocessing.ReadHuggingFace(folder.Write("preprocessor_config.json", json), input), input));

        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guess_Shapes_SayWhatTheyTake()
    {
        var photo = Picture.Read(Fixture.Path("data/photos/flower.png"));
        foreach (var (shape, row, order) in new (int[], int[], ChannelOrder)[]
        {
            ([3, 24, 30], [3, 24, 30], ChannelOrder.Rgb), ([24, 30, 3], [24, 30, 3], ChannelOrder.Rgb), ([1, 28, 28], [1, 28, 28], ChannelOrder.Grey),
            ([28, 28, 1], [28, 28, 1], ChannelOrder.Grey), ([28, 28], [28, 28], ChannelOrder.Grey), ([784], [784], ChannelOrder.Grey), ([1, 784], [1, 784], ChannelOrder.Grey),
            ([3, -1, -1], [3, 213, 320], ChannelOrder.Rgb), ([-1, -1, 3], [213, 320, 3], ChannelOrder.Rgb), ([-1, 24, 24], [3, 24, 24], ChannelOrder.Rgb),
        })
        {
            var input = Fixture.Input<float>("x", shape);
            var guess = ImagePreprocessing.Guess(input);
            var sample = ImageSample.Create(photo, guess, input);

            Assert.Equal(order, guess.Order);
            Assert.Equal(row, sample.Tensor.RowShape.ToArray());
            Assert.Contains("No preprocessing is known", Assert.Single(guess.Guesses), StringComparison.Ordinal);
            Assert.All((float[])sample.Tensor.Data, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void Guess_OpenSize_KeepsSmallPicturesAndShrinksLargeOnes()
    {
        var input = Fixture.Input<float>("x", 3, -1, -1);
        var large = new Picture(2000, 1000, 1, new byte[2_000_000]);

        Assert.Equal([3, 256, 512], ImageSample.Create(large, ImagePreprocessing.Guess(input), input).Tensor.RowShape.AsEnumerable());
    }

    [Theory]
    [InlineData(5, 24, 24)]
    [InlineData(10)]
    [InlineData(2, 3, 4, 5)]
    [InlineData]
    public void Guess_NoPicture_IsRefused(params int[] shape)
    {
        var error = Assert.Throws<SampleException>(() => ImagePreprocessing.Guess(Fixture.Input<float>("x", shape)));
        Assert.Contains(".npy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guess_WholeNumbers_IsRefused()
    {
        Assert.Throws<SampleException>(() => ImagePreprocessing.Guess(Fixture.Input<long>("x", 3, 24, 24)));
    }

    private ImagePreprocessing Read(string json) =>
        ImagePreprocessing.ReadHuggingFace(folder.Write("preprocessor_config.json", json), Fixture.Input<float>("x", 3, 24, 24));
}
