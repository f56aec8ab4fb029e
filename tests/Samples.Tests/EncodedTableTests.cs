namespace ExplainLsp.Samples.Tests;

public sealed class EncodedTableTests
{
    private static EncodedTable Mixed()
    {
        var table = Table.Parse("a,b,c,s,n\n1,10,5,red,3\n2,,6,blue,3\n4,30,7,blue,4\n8,50,8,,5\n");
        var encoder = TableEncoder.Bind(
            table, [Fixture.Input<float>("a", 1), Fixture.Input<double>("b", 1), Fixture.Input<string>("s", 1), Fixture.Input<long>("n", 1)], []);
        return encoder.Encode(table, [0, 1, 2, 3], "x.csv");
    }

    [Fact]
    public void Statistics_NumbersWithMissing_AsNumpyGives()
    {
        // numpy: mean, std, quantile([10, 30, 50], q) with its default linear interpolation.
        var b = Mixed().Statistics(1);
        Assert.Equal(30, b.Mean);
        Assert.Equal(16.329931618554522, b.StandardDeviation, 14);
        Assert.Equal((10, 30, 50), (b.Minimum, b.Median, b.Maximum));
        Assert.Equal(20, b.Quantile(0.25));
        Assert.Equal(46, b.Quantile(0.9), 12);
        Assert.Equal((4, 1), (b.Count, b.Missing));

        var a = Mixed().Statistics(0);
        Assert.Equal((1.75, 3, 5), (a.Quantile(0.25), a.Quantile(0.5), a.Quantile(0.75)));
    }

    [Fact]
    public void Statistics_Texts_CountDistinctValues()
    {
        var s = Mixed().Statistics(2);
        Assert.Equal([new CategoryCount("blue", 2), new CategoryCount("red", 1)], s.Categories.AsEnumerable());
        Assert.Equal(1, s.Missing);
        Assert.True(double.IsNaN(s.Mean) && double.IsNaN(s.Minimum) && double.IsNaN(s.StandardDeviation));
    }

    [Fact]
    public void Statistics_AllMissing_AreNaN()
    {
        var table = Table.Parse("x,y\n,1\nNA,2\n");
        var known = TableEncoder.Bind(table, [Fixture.Input<float>("x", 1)], []).Encode(table, [0, 1]).Statistics(0);
        Assert.True(double.IsNaN(known.Mean) && double.IsNaN(known.Maximum));
        Assert.Equal(2, known.Missing);
    }

    [Fact]
    public void Means_FloatsAverageOthersMostFrequent()
    {
        var means = Mixed().Means();
        Assert.Equal(1, means.RowCount);
        Assert.Equal(3.75, means.Number(0, 0));
        Assert.Equal(30, means.Number(0, 1));
        Assert.Equal("blue", means.Text(0, 2));
        Assert.Equal("blue", ((string[])means.Batch.Tensors[2].Data)[0]);
        Assert.Equal(3, means.Number(0, 3));
        Assert.Equal("the mean of 4 rows of x.csv", means.Description);
    }

    [Fact]
    public void Means_IsABackgroundOfOneRow()
    {
        var table = Mixed();
        var masker = new BackgroundMasker(new TableRow(table, 3), table.Means());
        var batch = masker.Allocate(1);
        masker.Fill([false, true, true, true], batch);
        Assert.Equal(3.75f, ((float[])batch.Tensors[0].Data)[0]);
        Assert.Equal(50, ((double[])batch.Tensors[1].Data)[0]);
    }

    [Fact]
    public void CopyColumn_Permutation_MovesOneColumnOnly()
    {
        var table = Mixed();
        var batch = table.Allocate(4);
        table.CopyRange(0, 4, batch);
        table.CopyColumn(0, [3, 2, 1, 0], batch);
        table.CopyColumn(2, [1, 0, 3, 2], batch);

        Assert.Equal([8f, 4f, 2f, 1f], (float[])batch.Tensors[0].Data);
        Assert.Equal(["blue", "red", "", "blue"], (string[])batch.Tensors[2].Data);
        Assert.Equal([3L, 3L, 4L, 5L], (long[])batch.Tensors[3].Data);
        Assert.Equal(1, table.Number(0, 0));
    }

    [Fact]
    public void SetColumn_StretchOfAWideTensor_LeavesTheRest()
    {
        var text = Table.Parse("a,b\n1,2\n3,4\n5,6\n");
        var table = TableEncoder.Bind(text, [Fixture.Input<float>("X", 2)], []).Encode(text, [0, 1, 2]);
        var batch = table.Allocate(4);
        table.CopyRows([2, 0, 0], batch, 1);
        table.SetColumn(batch, 1, 2, 2, 9.5);

        Assert.Equal([0f, 0f, 5f, 6f, 1f, 9.5f, 1f, 9.5f], (float[])batch.Tensors[0].Data);
        Assert.Throws<ArgumentException>(() => table.SetColumn(batch, 1, 0, 1, "x"));
    }

    [Fact]
    public void RepeatRowAndSelect_TakeRowsByIndex()
    {
        var table = Mixed();
        var batch = table.Allocate(3);
        table.RepeatRow(1, 2, batch, 1);
        Assert.Equal(["", "blue", "blue"], (string[])batch.Tensors[2].Data);

        var some = table.Select([3, 0], "2 rows");
        Assert.Equal([3, 0], some.RowNumbers.AsEnumerable());
        Assert.Equal("red", some.Text(1, 2));
        Assert.Equal([8f, 1f], (float[])some.Batch.Tensors[0].Data);
        Assert.Equal(2, some.Batch.Rows);
    }

    [Fact]
    public void TableRow_Features_AreCellsAsWritten()
    {
        var row = new TableRow(Mixed(), 2);
        Assert.Equal([new Feature("a", "4"), new Feature("b", "30"), new Feature("s", "blue"), new Feature("n", "4")], row.Features);
        Assert.Equal([30d], (double[])row.Encode().Tensors[1].Data);
    }
}
