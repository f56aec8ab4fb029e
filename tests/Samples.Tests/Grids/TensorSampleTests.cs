namespace ExplainLsp.Samples.Tests;

public sealed class TensorSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(new[] { 2, 3, 4 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    public void Read_WithOrWithoutBatchDimension_IsTheRow(int[] shape)
    {
        var values = Enumerable.Range(0, 24).Select(i => i / 7f).ToArray();
        NumpyFile.Write(folder.Path("x.npy"), values, shape);
        var sample = TensorSample.Read(folder.Path("x.npy"), Fixture.Input<float>("x", 2, -1, 4));

        Assert.Equal([2, 3, 4], sample.Tensor.RowShape.AsEnumerable());
        Assert.Equal(values, (float[])sample.Tensor.Data);
        Assert.Equal(new GridShape(2, 3, 4, GridLayout.ChannelsFirst), sample.Grid);
        Assert.Equal("x.npy", sample.Name);
        Assert.Equal(1, sample.Encode().Rows);
    }

    [Fact]
    public void Read_OtherShape_IsRefusedWithBoth()
    {
        var error = Assert.Throws<SampleException>(() => TensorSample.Read(Fixture.Path("data/arrays/f4.npy"), Fixture.Input<float>("pixel_values", 3, 24, 24)));
        Assert.Equal("f4.npy has shape 2 × 3 × 4, the input pixel_values takes 3 × 24 × 24 a row. Save an array of that shape.", error.Message);
    }

    [Fact]
    public void Read_ArchiveOfSeveral_TakesTheInputsName()
    {
        var sample = TensorSample.Read(Fixture.Path("data/arrays/two.npz"), Fixture.Input<float>("pixel_values", 2, 3, 4));
        Assert.Equal(-5f, ((float[])sample.Tensor.Data)[0]);
        Assert.Throws<SampleException>(() => TensorSample.Read(Fixture.Path("data/arrays/two.npz"), Fixture.Input<float>("x", 2, 3, 4)));
    }

    [Fact]
    public void ReadRows_Batch_IsOneSampleARow()
    {
        var rows = TensorSample.ReadRows(Fixture.Path("data/arrays/f8.npy"), Fixture.Input<double>("x", 3, 4));

        Assert.Equal(["f8.npy[0]", "f8.npy[1]"], rows.Select(row => row.Name));
        Assert.Equal(Enumerable.Range(7, 12).Select(value => (double)value), (double[])rows[1].Tensor.Data);
        Assert.NotEqual(rows[0].Sha256, rows[1].Sha256);
    }

    [Fact]
    public void Sha256_SameContent_IsTheSame()
    {
        var input = Fixture.Input<float>("x", 2, 3, 4);
        Assert.Equal(
            TensorSample.Read(Fixture.Path("data/arrays/f4.npy"), input).Sha256,
            TensorSample.Read(Fixture.Path("data/arrays/fortran.npy"), input).Sha256);
    }

    [Fact]
    public void Read_IntegerInput_IsRefused()
    {
        var error = Assert.Throws<SampleException>(() => TensorSample.Read(Fixture.Path("data/arrays/i8.npy"), Fixture.Input<long>("ids", 2, 3, 4)));
        Assert.Contains("ids does not take floating point numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyArray_IsRefused()
    {
        Assert.Throws<SampleException>(() => TensorSample.Read(Fixture.Path("data/arrays/empty.npy"), Fixture.Input<float>("x", -1, 3)));
    }
}
