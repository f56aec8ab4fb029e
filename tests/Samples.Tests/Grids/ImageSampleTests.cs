namespace ExplainLsp.Samples.Tests;

public sealed class ImageSampleTests
{
    [Theory]
    [InlineData(ResampleFilter.Nearest)]
    [InlineData(ResampleFilter.Box)]
    [InlineData(ResampleFilter.Bilinear)]
    [InlineData(ResampleFilter.Hamming)]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    public void Resize_ConstantPicture_StaysConstant(ResampleFilter filter)
    {
        foreach (var (width, height) in new[] { (3, 5), (40, 9), (17, 17), (1, 1), (64, 2) })
        {
            var bytes = new byte[17 * 11 * 3];
            var words = new ushort[17 * 11];
            Array.Fill(bytes, (byte)173);
            Array.Fill(words, (ushort)50_001);
            Assert.All(Resized(new Picture(17, 11, 3, bytes), width, height, filter).Bytes.ToArray(), level => Assert.Equal(173, level));
            Assert.All(Resized(new Picture(17, 11, 1, words), width, height, filter).Words.ToArray(), level => Assert.Equal(50_001, level));
        }
    }

    [Theory]
    [InlineData(ResampleFilter.Bilinear)]
    [InlineData(ResampleFilter.Lanczos)]
    [InlineData(ResampleFilter.Nearest)]
    public void Resize_SameSize_IsThePicture(ResampleFilter filter)
    {
        var picture = Picture.Read(Fixture.Path("data/photos/china.png"));
        Assert.Equal(picture.Bytes.ToArray(), Resized(picture, picture.Width, picture.Height, filter).Bytes.ToArray());
    }

    [Theory]
    [InlineData(ResampleFilter.Box)]
    [InlineData(ResampleFilter.Bilinear)]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    [InlineData(ResampleFilter.Hamming)]
    public void Resize_Flipped_CommutesWithinOneLevel(ResampleFilter filter)
    {
        var picture = Picture.Read(Fixture.Path("data/photos/flower.png"));
        // A larger picture by the box filter decides ties to one side, in Pillow too.
        foreach (var (width, height) in filter == ResampleFilter.Box ? new[] { (50, 31) } : [(50, 31), (400, 300)])
        {
            var before = Flipped(Resized(picture, width, height, filter));
            var after = Resized(Flipped(picture), width, height, filter);
            Assert.True(before.Bytes.ToArray().Zip(after.Bytes.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second)) <= 1);
        }
    }

    [Fact]
    public void Resize_SixteenBits_FollowsEightBits()
    {
        var picture = Picture.Read(Fixture.Path("data/photos/china.png"));
        var deep = new Picture(picture.Width, picture.Height, 3, Array.ConvertAll(picture.Bytes.ToArray(), level => (ushort)(level * 257)));
        foreach (var filter in Enum.GetValues<ResampleFilter>())
        {
            var eight = Resized(picture, 61, 47, filter).Bytes.ToArray();
            var sixteen = Resized(deep, 61, 47, filter).Words.ToArray();
            Assert.All(eight.Zip(sixteen), pair => Assert.InRange((pair.Second / 257d) - pair.First, -1.01, 1.01));
        }
    }

    [Fact]
    public void Create_Layouts_HoldTheSameNumbers()
    {
        var picture = Picture.Read(Fixture.Path("data/photos/china.png"));
        var rgb = Of(picture, new ImagePreprocessing { Resize = ResizeMode.Exact, Height = 6, Width = 8 }, 3, 6, 8);
        var bgr = Of(picture, new ImagePreprocessing { Resize = ResizeMode.Exact, Height = 6, Width = 8, Order = ChannelOrder.Bgr, Layout = GridLayout.ChannelsLast }, 6, 8, 3);

        Assert.Equal(new GridShape(3, 6, 8, GridLayout.ChannelsFirst), rgb.Grid);
        Assert.Equal(new GridShape(3, 6, 8, GridLayout.ChannelsLast), bgr.Grid);
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < 48; i++)
                Assert.Equal(Values(rgb)[rgb.Grid.IndexOf(c, i / 8, i % 8)], Values(bgr)[bgr.Grid.IndexOf(2 - c, i / 8, i % 8)]);
        }
        Assert.Equal(rgb.ShownRgb.ToArray(), bgr.ShownRgb.ToArray());
        Assert.NotEqual(rgb.Sha256, bgr.Sha256);
    }

    [Fact]
    public void Create_MeanAndDeviation_AreOfTheModelsChannels()
    {
        var picture = new Picture(1, 1, 3, new byte[] { 10, 20, 30 });
        var sample = Of(picture, new ImagePreprocessing { Scale = 1, Mean = [1, 2, 3], Deviation = [1, 2, 3], Order = ChannelOrder.Bgr }, 3, 1, 1);

        Assert.Equal([29, 9, 7 / 3f], Values(sample));
    }

    [Fact]
    public void Create_DoubleInput_IsDouble()
    {
        var picture = new Picture(1, 1, 1, new ushort[] { 65_535 });
        var sample = ImageSample.Create(picture, new ImagePreprocessing { Order = ChannelOrder.Grey }, Fixture.Input<double>("x", 1, 1, 1));

        Assert.Equal([1.0], (double[])sample.Tensor.Data);
    }

    [Fact]
    public void Create_Letterbox_KeepsProportions()
    {
        var picture = new Picture(8, 4, 1, [.. Enumerable.Repeat((byte)200, 32)]);
        var sample = Of(picture, new ImagePreprocessing { Resize = ResizeMode.Letterbox, Height = 6, Width = 6, Scale = 1, Order = ChannelOrder.Grey, Padding = new PictureColour(7, 7, 7) }, 1, 6, 6);

        // 8 × 4 becomes 6 × 3, one line of padding above and two below.
        Assert.All(Values(sample)[..6], value => Assert.Equal(7, value));
        Assert.All(Values(sample)[24..], value => Assert.Equal(7, value));
        Assert.Equal(18, Values(sample).Count(value => value == 200));
        Assert.Equal(18, Values(sample).Count(value => value == 7));
    }

    [Fact]
    public void Create_Transparent_ShowsTheGround()
    {
        var picture = new Picture(1, 1, 1, new byte[] { 0 }, [0]);
        var white = Of(picture, new ImagePreprocessing { Scale = 1, Order = ChannelOrder.Grey }, 1, 1, 1);
        var black = Of(picture, new ImagePreprocessing { Scale = 1, Order = ChannelOrder.Grey, Ground = PictureColour.Black }, 1, 1, 1);

        Assert.Equal([255f], Values(white));
        Assert.Equal([0f], Values(black));
    }

    private static Picture Resized(Picture picture, int width, int height, ResampleFilter filter) =>
        ImageSample.Create(
            picture,
            new ImagePreprocessing { Resize = ResizeMode.Exact, Height = height, Width = width, Filter = filter, Order = picture.Channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb },
            Fixture.Input<float>("x", picture.Channels, height, width)).Shown;

    private static Picture Flipped(Picture picture)
    {
        var levels = new byte[picture.Bytes.Length];
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
                picture.Bytes.Slice(((y * picture.Width) + x) * 3, 3).CopyTo(levels.AsSpan(((y * picture.Width) + picture.Width - 1 - x) * 3));
        }
        return new Picture(picture.Width, picture.Height, 3, levels);
    }

    private static ImageSample Of(Picture picture, ImagePreprocessing preprocessing, params int[] shape) =>
        ImageSample.Create(picture, preprocessing, Fixture.Input<float>("x", shape));

    private static float[] Values(GridSample sample) => (float[])sample.Tensor.Data;
}
