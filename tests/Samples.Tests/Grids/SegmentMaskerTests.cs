namespace ExplainLsp.Samples.Tests;

public sealed class SegmentMaskerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fill_EveryCoalition_IsElementByElement(bool isDouble)
    {
        var sample = Sample(isDouble, 2, 4, 6);
        foreach (var segmentation in new[] { Superpixels.Grid(sample.Grid, 6), Superpixels.Windows(sample.Grid, 1, 4), Superpixels.Windows(sample.Grid, 2, 1), Scattered(sample.Grid, 5) })
        {
            float[][] baselines = [new float[48], [.. Enumerable.Range(0, 48).Select(i => i / 3f)]];
            var masker = new SegmentMasker(sample, segmentation, baselines, "two rows");
            var count = 1 << Math.Min(segmentation.Count, 7);
            var random = new Random(5);
            var coalitions = Enumerable.Range(0, count * segmentation.Count).Select(_ => random.Next(2) == 1).ToArray();
            var batch = masker.Allocate(count);
            masker.Fill(coalitions, batch);

            Assert.Equal(count * 2, batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                for (var i = 0; i < 48; i++)
                {
                    var expected = coalitions[(row / 2 * segmentation.Count) + segmentation.Labels[i]] ? Value(sample.Tensor.Data, i) : baselines[row % 2][i];
                    Assert.Equal(expected, Value(batch.Tensors[0].Data, (row * 48) + i));
                }
            }
        }
    }

    [Fact]
    public void Fill_FullAndEmpty_AreSampleAndBaseline()
    {
        var sample = Sample(false, 1, 5, 5);
        var segmentation = Superpixels.Grid(sample.Grid, 4);
        float[] baseline = [.. Enumerable.Repeat(-1f, 25)];
        var masker = new SegmentMasker(sample, segmentation, [baseline], "minus one");
        var batch = masker.Allocate(2);
        masker.Fill([true, true, true, true, false, false, false, false], batch);

        var data = (float[])batch.Tensors[0].Data;
        Assert.Equal((float[])sample.Tensor.Data, data[..25]);
        Assert.Equal(baseline, data[25..]);
        Assert.Equal((4, 1, 100, "minus one"), (masker.Features.Count, masker.RowsPerCoalition, masker.BytesPerRow, masker.Description));
        Assert.Equal(sample.Tensor.RowShape.AsEnumerable(), batch.Tensors[0].RowShape.AsEnumerable());
    }

    [Fact]
    public void FillRows_OwnBaseline_IsThatOne()
    {
        var sample = Sample(false, 1, 2, 2);
        var masker = new SegmentMasker(sample, Superpixels.Pixels(sample.Grid), [[1, 1, 1, 1], [2, 2, 2, 2]], "two");
        var batch = masker.Allocate(2);
        masker.FillRows([true, false, false, false, false, false, false, true], [1, 0], batch);

        var values = (float[])sample.Tensor.Data;
        Assert.Equal(2, batch.Rows);
        Assert.Equal([values[0], 2, 2, 2, 1, 1, 1, values[3]], ((float[])batch.Tensors[0].Data)[..8]);
    }

    [Fact]
    public void Varying_SegmentEqualToTheBaseline_IsADummy()
    {
        var sample = TensorSample.Create(new NumpyArray([1, 2, 2], [0, 0, 1, double.NaN], "f8"), "t", null, Fixture.Input<float>("x", 1, 2, 2));
        var masker = new SegmentMasker(sample, Superpixels.Pixels(sample.Grid), [[0, 5, 1, float.NaN], [0, 0, 1, float.NaN]], "two");

        Assert.Equal([false, true, false, false], masker.Varying);
        Assert.Equal([false, true, false, false, false, false, false, false], masker.Differing.ToArray());
    }

    [Fact]
    public void Create_WrongLengths_AreRefused()
    {
        var sample = Sample(false, 1, 2, 2);
        var pixels = Superpixels.Pixels(sample.Grid);
        Assert.Throws<ArgumentException>(() => new SegmentMasker(sample, pixels, [], "none"));
        Assert.Throws<ArgumentException>(() => new SegmentMasker(sample, pixels, [new float[3]], "short"));
        Assert.Throws<ArgumentException>(() => new SegmentMasker(sample, pixels with { Count = 2 }, [new float[4]], "labels"));
        Assert.Throws<ArgumentException>(() => new SegmentMasker(sample, new Segmentation([0], 1, "one"), [new float[4]], "labels"));
    }

    private static Segmentation Scattered(GridShape grid, int count) =>
        new([.. Enumerable.Range(0, grid.Elements).Select(i => i * 7 % count)], count, "scattered");

    private static TensorSample Sample(bool isDouble, int channels, int height, int width)
    {
        var values = Enumerable.Range(0, channels * height * width).Select(i => Math.Cos(i)).ToArray();
        var input = isDouble ? Fixture.Input<double>("x", channels, height, width) : Fixture.Input<float>("x", channels, height, width);
        return TensorSample.Create(new NumpyArray([channels, height, width], values, "f8"), "t.npy", null, input);
    }

    private static double Value(Array data, int at) => data is float[] floats ? floats[at] : ((double[])data)[at];
}
