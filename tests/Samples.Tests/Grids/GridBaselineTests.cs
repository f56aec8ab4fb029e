namespace ExplainLsp.Samples.Tests;

public sealed class GridBaselineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parse_Words_AreRowsOfModelInput()
    {
        var sample = Photo(new ImagePreprocessing { Scale = 1, Mean = [10, 20, 30], Deviation = [2, 4, 5] });

        Assert.All(GridBaseline.Parse("zero", sample).Row, value => Assert.Equal(0, value));
        Assert.All(GridBaseline.Parse("-1.5", sample).Row, value => Assert.Equal(-1.5f, value));
        var (black, white) = (GridBaseline.Parse("black", sample).Row, GridBaseline.Parse("white", sample).Row);
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(new[] { -5f, -5, -6 }[c], black[sample.Grid.IndexOf(c, 3, 4)]);
            Assert.Equal(new[] { 122.5f, 58.75f, 45 }[c], white[sample.Grid.IndexOf(c, 3, 4)]);
        }
    }

    [Fact]
    public void Parse_Mean_IsEachChannels()
    {
        var sample = Tensor(2, 2, 2, [1, 2, 3, 4, 10, 20, 30, 40]);
        Assert.Equal([2.5f, 2.5f, 2.5f, 2.5f, 25, 25, 25, 25], GridBaseline.Parse("mean", sample).Row);
    }

    [Fact]
    public void Parse_SegmentMean_IsEachRegionsAndChannels()
    {
        var sample = Tensor(2, 2, 2, [1, 2, 3, 4, 10, 20, 30, 40]);
        var baseline = GridBaseline.Parse("segment-mean", sample, Superpixels.Windows(sample.Grid, 1, 2));

        Assert.Equal([1.5f, 1.5f, 3.5f, 3.5f, 15, 15, 35, 35], baseline.Row);
        Assert.Throws<SampleException>(() => GridBaseline.Parse("segment-mean", sample));
    }

    [Fact]
    public void Parse_Blur_IsScipys()
    {
        var peer = NumpyFile.Read(Fixture.Path("golden/pictures/rgb-blurred.npy"));
        var input = Fixture.Input<float>("x", 3, -1, -1);
        var sample = ImageSample.Create(Picture.Read(Fixture.Path("data/pictures/rgb.bmp")), ImagePreprocessing.Guess(input), input);
        var baseline = GridBaseline.Parse("blur", sample, sigma: 2.5);

        Assert.Equal("a blurred copy (sigma 2.5 pixels)", baseline.Description);
        Assert.All(baseline.Row.Zip(peer.Values), pair => Assert.InRange(pair.First - pair.Second, -1e-6, 1e-6));
    }

    [Fact]
    public void Parse_BlurOfAConstant_IsTheConstant()
    {
        var sample = Tensor(1, 3, 3, [.. Enumerable.Repeat(4.25, 9)]);
        Assert.All(GridBaseline.Parse("blur", sample, sigma: 40).Row, value => Assert.Equal(4.25f, value, 1e-5f));
        Assert.Throws<SampleException>(() => GridBaseline.Parse("blur", sample, sigma: 0));
    }

    [Fact]
    public void Parse_Files_GoThroughThePreprocessing()
    {
        var sample = Photo(new ImagePreprocessing { Scale = 1, Mean = [1] });
        var row = Enumerable.Range(0, sample.Grid.Elements).Select(i => (float)i).ToArray();
        NumpyFile.Write(folder.Path("base.npy"), row, [3, sample.Grid.Height, sample.Grid.Width]);

        Assert.Equal(row, GridBaseline.Parse("base.npy", sample, folder: folder.Path("")).Row);
        Assert.Equal((float[])sample.Tensor.Data, GridBaseline.Parse(Fixture.Path("data/pictures/rgb.bmp"), sample).Row);
    }

    [Fact]
    public void Parse_Unknown_SaysWhatThereIs()
    {
        var tensor = Tensor(1, 2, 2, [1, 2, 3, 4]);

        Assert.Contains("Write zero, mean, segment-mean, blur", Refused("grey", tensor), StringComparison.Ordinal);
        Assert.Contains("needs an image", Refused("white", tensor), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refused("nowhere.png", Photo(new ImagePreprocessing())), StringComparison.Ordinal);
        Assert.Contains("takes 1 × 2 × 2 a row", Refused(Fixture.Path("data/arrays/f4.npy"), tensor), StringComparison.Ordinal);
        Assert.Contains("is an image and t.npy is a tensor", Refused(Fixture.Path("data/pictures/rgb.bmp"), tensor), StringComparison.Ordinal);
    }

    private static string Refused(string words, GridSample sample) => Assert.Throws<SampleException>(() => GridBaseline.Parse(words, sample)).Message;

    private static ImageSample Photo(ImagePreprocessing preprocessing) =>
        ImageSample.Create(Picture.Read(Fixture.Path("data/pictures/rgb.bmp")), preprocessing, Fixture.Input<float>("x", 3, -1, -1));

    private static TensorSample Tensor(int channels, int height, int width, double[] values) =>
        TensorSample.Create(new NumpyArray([channels, height, width], values, "f8"), "t.npy", null, Fixture.Input<float>("x", channels, height, width));
}
