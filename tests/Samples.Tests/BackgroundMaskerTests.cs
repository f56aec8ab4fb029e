namespace ExplainLsp.Samples.Tests;

public sealed class BackgroundMaskerTests
{
    private static readonly InputSpec[] mixed =
    [
        Fixture.Input<float>("f", 1), Fixture.Input<double>("d", 1), Fixture.Input<long>("l", 1), Fixture.Input<int>("i"), Fixture.Input<bool>("b", 1),
        Fixture.Input<string>("s", 1),
    ];

    private const string MixedText = "s,f,d,l,i,b\nx,1.5,2.5,3,4,true\ny,5.5,,7,8,0\nz,NaN,10.5,11,4,1\n";

    [Fact]
    public void Fill_FullCoalition_IsTheSampleInEveryRow()
    {
        var masker = Mixed();
        var batch = masker.Allocate(1);
        masker.Fill(Enumerable.Repeat(true, 6).ToArray(), batch);

        Assert.Equal(2, batch.Rows);
        for (var row = 0; row < 2; row++)
            Assert.Equal(RowOf(masker.Sample.Encode(), 0), RowOf(batch, row));
    }

    [Fact]
    public void Fill_EmptyCoalition_IsTheBackground()
    {
        var masker = Mixed();
        var batch = masker.Allocate(1);
        masker.Fill(new bool[6], batch);

        Assert.Equal(RowOf(masker.Background.Batch, 0), RowOf(batch, 0));
        Assert.Equal(RowOf(masker.Background.Batch, 1), RowOf(batch, 1));
        Assert.Equal([5.5f, double.NaN, 7L, 8, false, "y"], RowOf(batch, 0));
        Assert.Equal([float.NaN, 10.5, 11L, 4, true, "z"], RowOf(batch, 1));
    }

    [Fact]
    public void Fill_EveryCoalitionOfMixedColumns_CellByCell()
    {
        var masker = Mixed();
        var coalitions = Enumerable.Range(0, 64).SelectMany(mask => Enumerable.Range(0, 6).Select(bit => (mask >> bit & 1) == 1)).ToArray();
        var batch = masker.Allocate(64);
        masker.Fill(coalitions, batch);

        Assert.Equal(128, batch.Rows);
        var columns = masker.Background.Encoder.Columns;
        var sample = RowOf(masker.Sample.Encode(), 0);
        for (var mask = 0; mask < 64; mask++)
        {
            for (var k = 0; k < 2; k++)
            {
                var background = RowOf(masker.Background.Batch, k);
                var expected = new object[6];
                for (var feature = 0; feature < 6; feature++)
                    expected[columns[feature].Input] = (mask >> feature & 1) == 1 ? sample[columns[feature].Input] : background[columns[feature].Input];
                Assert.Equal(expected, RowOf(batch, (mask * 2) + k));
            }
        }
    }

    [Fact]
    public void Fill_OneWideTensor_CellByCell()
    {
        var table = Table.Read(Fixture.Path("data/breast-cancer/test.csv"));
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("X", 30)], ["target"]);
        var masker = new BackgroundMasker(new TableRow(encoder.Encode(table, [3]), 0), encoder.Encode(table, [10, 11, 12]));
        var random = new Random(1);
        var coalitions = Enumerable.Range(0, 20 * 30).Select(_ => random.Next(2) == 1).ToArray();
        var batch = masker.Allocate(25);
        masker.Fill(coalitions, batch);

        var data = (float[])batch.Tensors[0].Data;
        Assert.Equal(60, batch.Rows);
        for (var c = 0; c < 20; c++)
        {
            for (var k = 0; k < 3; k++)
            {
                for (var f = 0; f < 30; f++)
                {
                    var expected = coalitions[(c * 30) + f] ? masker.Sample.Table.Number(0, f) : masker.Background.Number(k, f);
                    Assert.Equal((float)expected, data[(((c * 3) + k) * 30) + f]);
                }
            }
        }
    }

    [Fact]
    public void Fill_SmallerBlockAfterLarger_SetsRows()
    {
        var masker = Mixed();
        var batch = masker.Allocate(4);
        masker.Fill(new bool[24], batch);
        Assert.Equal(8, batch.Rows);
        masker.Fill(new bool[6], batch);
        Assert.Equal(2, batch.Rows);
    }

    [Fact]
    public void Varying_ConstantAndMissingColumns_AreDummies()
    {
        var table = Table.Parse("a,b,c\n1,,3\n1,NaN,4\n1,2,3\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("X", 3)], []);
        var masker = new BackgroundMasker(new TableRow(encoder.Encode(table, [0]), 0), encoder.Encode(table, [0, 1]));

        Assert.Equal([false, false, true], masker.Varying);
    }

    [Fact]
    public void Constructor_NoBackground_IsRefused()
    {
        var table = Table.Parse("a\n1\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("a", 1)], []);
        Assert.ThrowsAny<ArgumentException>(() => new BackgroundMasker(new TableRow(encoder.Encode(table, [0]), 0), encoder.Encode(table, [])));
    }

    [Fact]
    public void BytesPerRow_FloatTensor_FourBytesAColumn()
    {
        var table = Table.Parse("a,b\n1,2\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("X", 2)], []);
        var masker = new BackgroundMasker(new TableRow(encoder.Encode(table, [0]), 0), encoder.Encode(table, [0], "x.csv"));

        Assert.Equal(8, masker.BytesPerRow);
        Assert.Equal("1 row of x.csv", masker.Description);
    }

    private static BackgroundMasker Mixed()
    {
        var table = Table.Parse(MixedText);
        var encoder = TableEncoder.Bind(table, mixed, []);
        return new BackgroundMasker(new TableRow(encoder.Encode(table, [0]), 0), encoder.Encode(table, [1, 2]));
    }

    private static object[] RowOf(InputBatch batch, int row) => [.. batch.Tensors.Select(tensor => tensor.Data.GetValue(row)!)];
}
