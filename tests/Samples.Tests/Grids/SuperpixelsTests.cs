namespace ExplainLsp.Samples.Tests;

public sealed class SuperpixelsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("china")]
    [InlineData("flower")]
    public void Quickshift_Photo_IsScikitImages(string name)
    {
        var peer = NumpyFile.Read(Fixture.Path($"golden/superpixels/{name}-quickshift.npz"));
        Assert.Equal(1, Agreement(Superpixels.Quickshift(Photo($"data/pictures/{name}-160.png")), peer.Values), 2);
    }

    [Theory]
    [InlineData("china")]
    [InlineData("flower")]
    public void Slic_Photo_IsScikitImages(string name)
    {
        var peer = NumpyFile.Read(Fixture.Path($"golden/superpixels/{name}-slic.npz"));
        Assert.Equal(1, Agreement(Superpixels.Slic(Photo($"data/pictures/{name}-160.png"), 60), peer.Values), 2);
    }

    [Fact]
    public void Every_Method_NumbersWithoutGapsAndSharesChannels()
    {
        foreach (var sample in new GridSample[] { Photo("data/pictures/rgb.jpg"), Last(Photo("data/pictures/rgb.jpg")), Tensor(2, 9, 7), Tensor(1, 1, 12) })
        {
            foreach (var segmentation in new[]
            {
                Superpixels.Quickshift(sample), Superpixels.Slic(sample, 6), Superpixels.Grid(sample.Grid, 6), Superpixels.Windows(sample.Grid, 4, 3), Superpixels.Pixels(sample.Grid),
            })
            {
                Assert.Equal(sample.Grid.Elements, segmentation.Labels.Length);
                Assert.Equal(Enumerable.Range(0, segmentation.Count), segmentation.Labels.Distinct().Order());
                for (var y = 0; y < sample.Grid.Height; y++)
                {
                    for (var x = 0; x < sample.Grid.Width; x++)
                        Assert.Single(Enumerable.Range(0, sample.Grid.Channels).Select(c => segmentation.Labels[sample.Grid.IndexOf(c, y, x)]).Distinct());
                }
            }
        }
    }

    [Fact]
    public void Slic_Regions_AreConnected()
    {
        foreach (var (segments, compactness) in new[] { (5, 1.0), (40, 10), (200, 30) })
        {
            var sample = Photo("data/pictures/flower-160.png");
            var segmentation = Superpixels.Slic(sample, segments, compactness);
            Assert.Equal(segmentation.Count, Pieces(segmentation, sample.Grid));
        }
    }

    [Fact]
    public void Quickshift_FlatPicture_IsFewRegionsAndTheSameEachTime()
    {
        var flat = Tensor(1, 28, 28, _ => 0.5f);
        var first = Superpixels.Quickshift(flat);

        Assert.InRange(first.Count, 1, 4);
        Assert.Equal(first.Labels.AsEnumerable(), Superpixels.Quickshift(flat).Labels.AsEnumerable());
    }

    [Fact]
    public void Quickshift_TwoColours_AreNotMixed()
    {
        var halves = Tensor(1, 20, 20, i => i % 20 < 10 ? 0 : 1);
        var segmentation = Superpixels.Quickshift(halves, maxDistance: 15);

        Assert.Empty(Labels(segmentation, halves.Grid, 0, 10).Intersect(Labels(segmentation, halves.Grid, 10, 20)));
    }

    [Theory]
    [InlineData(28, 28, 16, 16)]
    [InlineData(28, 28, 49, 49)]
    [InlineData(224, 224, 100, 100)]
    [InlineData(10, 40, 4, 4)]
    [InlineData(1, 12, 5, 5)]
    [InlineData(2, 2, 100, 4)]
    public void Grid_Cells_AreAsManyAndNearlyEqual(int height, int width, int cells, int expected)
    {
        var segmentation = Superpixels.Grid(new GridShape(1, height, width, GridLayout.ChannelsFirst), cells);
        var sizes = segmentation.Labels.GroupBy(label => label).Select(group => group.Count()).ToArray();

        Assert.Equal(expected, segmentation.Count);
        Assert.True(sizes.Max() <= 2 * sizes.Min() || sizes.Min() >= (height * width / expected) - height - width);
    }

    [Fact]
    public void Windows_LastOnes_AreSmaller()
    {
        var segmentation = Superpixels.Windows(new GridShape(1, 3, 5, GridLayout.ChannelsFirst), 2, 2);
        Assert.Equal([0, 0, 1, 1, 2, 0, 0, 1, 1, 2, 3, 3, 4, 4, 5], segmentation.Labels.AsEnumerable());
    }

    [Theory]
    [InlineData(new[] { 2, 3 })]
    [InlineData(new[] { 1, 2, 3 })]
    [InlineData(new[] { 1, 1, 2, 3 })]
    public void Read_LabelAPixel_IsRenumberedInOrder(int[] shape)
    {
        NumpyFile.Write(folder.Path("mask.npy"), [7, 7, -1, 30, 7, -1], shape);
        var segmentation = Superpixels.Read(folder.Path("mask.npy"), Tensor(2, 2, 3));

        Assert.Equal(3, segmentation.Count);
        Assert.Equal([1, 1, 0, 2, 1, 0, 1, 1, 0, 2, 1, 0], segmentation.Labels.AsEnumerable());
    }

    [Fact]
    public void Read_LabelAnElement_IsTakenAsItIs()
    {
        NumpyFile.Write(folder.Path("mask.npy"), [0, 0, 1, 1, 2, 2, 3, 3], [2, 2, 2]);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], Superpixels.Read(folder.Path("mask.npy"), Tensor(2, 2, 2)).Labels.AsEnumerable());
    }

    [Fact]
    public void Read_WrongShapeOrFractions_IsRefused()
    {
        NumpyFile.Write(folder.Path("shape.npy"), new float[6], [3, 2]);
        NumpyFile.Write(folder.Path("half.npy"), [0, 0.5f, 1, 1, 1, 1], [2, 3]);

        Assert.Contains("has shape 3 × 2, the sample takes 2 × 3", Assert.Throws<SampleException>(() => Superpixels.Read(folder.Path("shape.npy"), Tensor(1, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("half.npy holds 0.5", Assert.Throws<SampleException>(() => Superpixels.Read(folder.Path("half.npy"), Tensor(1, 2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Words_AreTheMethods()
    {
        var sample = Photo("data/pictures/flower-160.png");

        Assert.EndsWith("superpixels (quickshift)", Superpixels.Parse("quickshift", sample).Description, StringComparison.Ordinal);
        Assert.EndsWith("superpixels (SLIC)", Superpixels.Parse("SLIC", sample, 30).Description, StringComparison.Ordinal);
        Assert.Equal("49 regions (6 × 8 grid)".Length, Superpixels.Parse("grid", sample).Description.Length);
        Assert.Contains("not known", Assert.Throws<SampleException>(() => Superpixels.Parse("felzenszwalb", sample)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Method_Cancelled_Stops()
    {
        var sample = Tensor(1, 64, 64);
        Assert.Throws<OperationCanceledException>(() => Superpixels.Quickshift(sample, cancellation: new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => Superpixels.Slic(sample, cancellation: new CancellationToken(true)));
    }

    /// <summary>The adjusted Rand index of two partitions (Hubert and Arabie 1985): 1 where they are the same.</summary>
    private static double Agreement(Segmentation segmentation, double[] labels)
    {
        var pairs = segmentation.Labels.Take(labels.Length).Zip(labels).ToArray();
        double Choose2(IEnumerable<int> counts) => counts.Sum(count => count * (count - 1d) / 2);
        var (both, first, second) = (
            Choose2(pairs.GroupBy(pair => pair).Select(group => group.Count())),
            Choose2(pairs.GroupBy(pair => pair.First).Select(group => group.Count())),
            Choose2(pairs.GroupBy(pair => pair.Second).Select(group => group.Count())));
        var expected = first * second / (pairs.Length * (pairs.Length - 1d) / 2);
        return (both - expected) / (((first + second) / 2) - expected);
    }

    private static int Pieces(Segmentation segmentation, GridShape grid)
    {
        var seen = new bool[grid.Height * grid.Width];
        var pieces = 0;
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start])
                continue;
            pieces++;
            var open = new Stack<int>([start]);
            seen[start] = true;
            while (open.TryPop(out var at))
            {
                foreach (var (dy, dx) in new[] { (0, 1), (1, 0), (0, -1), (-1, 0) })
                {
                    var (y, x) = ((at / grid.Width) + dy, (at % grid.Width) + dx);
                    var other = (y * grid.Width) + x;
                    if (y < 0 || x < 0 || y >= grid.Height || x >= grid.Width || seen[other] || segmentation.Labels[other] != segmentation.Labels[at])
                        continue;
                    seen[other] = true;
                    open.Push(other);
                }
            }
        }
        return pieces;
    }

    private static IEnumerable<int> Labels(Segmentation segmentation, GridShape grid, int from, int to) =>
        Enumerable.Range(0, grid.Height).SelectMany(y => Enumerable.Range(from, to - from).Select(x => segmentation.Labels[grid.IndexOf(0, y, x)])).Distinct();

    private static ImageSample Photo(string path)
    {
        var input = Fixture.Input<float>("x", 3, -1, -1);
        return ImageSample.Create(Picture.Read(Fixture.Path(path)), ImagePreprocessing.Guess(input), input);
    }

    private static ImageSample Last(ImageSample sample)
    {
        var input = Fixture.Input<float>("x", -1, -1, 3);
        return ImageSample.Create(sample.Picture, ImagePreprocessing.Guess(input), input);
    }

    private static TensorSample Tensor(int channels, int height, int width, Func<int, float>? value = null)
    {
        var values = Enumerable.Range(0, channels * height * width).Select(i => (double)(value?.Invoke(i) ?? MathF.Sin(i))).ToArray();
        return TensorSample.Create(new NumpyArray([channels, height, width], values, "f8"), "t.npy", null, Fixture.Input<float>("x", channels, height, width));
    }
}
