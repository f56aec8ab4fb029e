namespace ExplainLsp.Samples.Tests.Tables;

/// <summary>Parquet files written by DuckDB and Arrow files written by Apache Arrow for JavaScript (<c>fixtures/tables</c>): what went in comes out.</summary>
public sealed class ColumnarFileTests
{
    private static Table Read(string name) => Table.Read(Fixture.Path("tables/" + name));

    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("brotli")]
    [InlineData("lz4_raw")]
    [InlineData("uncompressed")]
    public void Read_Parquet_GivesEveryTypeOfEveryCodec(string codec)
    {
        var table = Read($"mixed-{codec}.parquet");
        Assert.Equal(["i", "f", "d", "n", "s", "b", "m", "day", "time", "list"], table.Header.AsEnumerable());
        Assert.Equal(4, table.RowCount);
        Assert.Equal("1|0.1|0.1|9007199254740993|red|true|12.50|2024-01-31|2024-01-31T12:30:00", Row(table, 0, 9));
        Assert.Equal("2|-0.5|1E+300||grün, \"x\"|false|-0.01|1969-12-31|2024-02-29T00:00:00.25", Row(table, 1, 9));
        Assert.Equal("3|||-7|||||", Row(table, 2, 9));
        Assert.Equal("4|3.4028235E+38|5E-324|0|red|true|0.00|2000-02-29|1999-12-31T23:59:59", Row(table, 3, 9));
        Assert.Null(table.LineOf(0));
    }

    [Theory]
    [InlineData("mixed.arrow")]
    [InlineData("mixed.arrows")]
    public void Read_Arrow_GivesEveryType(string name)
    {
        var table = Read(name);
        Assert.Equal(["i", "f", "d", "n", "s", "b", "c", "day", "list"], table.Header.AsEnumerable());
        Assert.Equal("1|0.1|0.1|9007199254740993|red|true|low|2024-01-31", Row(table, 0, 8));
        Assert.Equal("2|-0.5|1E+300||grün, \"x\"|false|high|1969-12-31", Row(table, 1, 8));
        Assert.Equal("3|||-7||||", Row(table, 2, 8));
        Assert.Equal("4|3.4028235E+38|5E-324|0|red|true|low|2000-02-29", Row(table, 3, 8));
    }

    [Theory]
    [InlineData("batches.arrow")]
    [InlineData("batches.arrows")]
    public void Cell_OfAnyBatchInAnyOrder_IsItsOwn(string name)
    {
        var table = Read(name);
        Assert.Equal(20, table.RowCount);
        foreach (var row in new[] { 19, 0, 5, 4, 7, 6, 12, 0 })
        {
            Assert.Equal((row / 8.0).ToString(System.Globalization.CultureInfo.InvariantCulture), table.Cell(row, 0));
            Assert.Equal((row * 3).ToString(System.Globalization.CultureInfo.InvariantCulture), table.Cell(row, 1));
        }
    }

    [Theory]
    [InlineData("mixed-snappy.parquet", 9)]
    [InlineData("mixed.arrow", 8)]
    public void Cell_OfAColumnOfLists_IsRefusedByName(string name, int column)
    {
        var table = Read(name);
        Assert.Contains("\"list\"", table.ProblemOf(column), StringComparison.Ordinal);
        Assert.Contains("\"list\"", Assert.Throws<SampleException>(() => table.Cell(0, column)).Message, StringComparison.Ordinal);
        Assert.False(table.IsNumeric(column));
    }

    [Fact]
    public void Encode_Parquet_KeepsWholeNumbersAndTexts()
    {
        var table = Read("mixed-zstd.parquet");
        var encoder = TableEncoder.Bind(
            table,
            [Fixture.Input<double>("d", 1), Fixture.Input<float>("f", 1), Fixture.Input<string>("s", 1), Fixture.Input<long>("i", 1), Fixture.Input<bool>("b", 1)], []);
        var rows = encoder.Encode(table, [0, 1, 3]);
        Assert.Equal([0.1, 1e300, double.Epsilon], (double[])rows.Batch.Tensors[0].Data);
        Assert.Equal([0.1f, -0.5f, float.MaxValue], (float[])rows.Batch.Tensors[1].Data);
        Assert.Equal(["red", "grün, \"x\"", "red"], (string[])rows.Batch.Tensors[2].Data);
        Assert.Equal([1L, 2L, 4L], (long[])rows.Batch.Tensors[3].Data);
        Assert.Equal([true, false, true], (bool[])rows.Batch.Tensors[4].Data);
        var whole = TableEncoder.Bind(table, [Fixture.Input<long>("n", 1)], []);
        Assert.Equal(9007199254740993, ((long[])whole.Encode(table, [0]).Batch.Tensors[0].Data)[0]);
        Assert.Equal(
            "Row 1, column n: the empty cell is missing, and the model takes whole numbers here. Write a whole number.",
            Assert.Throws<CellException>(() => whole.Encode(table, [1])).Message);
    }

    [Theory]
    [InlineData("mixed-snappy.parquet")]
    [InlineData("mixed.arrow")]
    [InlineData("mixed.arrows")]
    public void Read_FileCutShort_SaysSoInOneSentence(string name)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Fixture.Path("tables/" + name));
        for (var length = 0; length < whole.Length; length += 61)
        {
            var path = folder.Write(name, whole[..length]);
            var error = Record.Exception(() => ReadAll(Table.Read(path)));
            // A stream of Arrow's may end after any whole batch: what is there is read.
            if (error is not null || !name.EndsWith(".arrows", StringComparison.Ordinal))
                Assert.Matches($"^{name} .*\\.$", Assert.IsType<SampleException>(error).Message);
        }
    }

    [Theory]
    [InlineData("x.parquet", "no Parquet file")]
    [InlineData("x.arrow", "no Arrow file")]
    [InlineData("x.feather", "no Arrow file")]
    public void Read_SomethingElse_SaysWhatItIsNot(string name, string expected)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(expected, Assert.Throws<SampleException>(() => Table.Read(folder.Write(name, "a,b\n1,2\n3,4\n5,6\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<SampleException>(() => Table.Read(folder.Path("y" + name))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mixed-snappy.parquet")]
    [InlineData("mixed.arrow")]
    public void Read_DamagedInside_NeverThrowsAnythingElse(string name)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var bytes = File.ReadAllBytes(Fixture.Path("tables/" + name));
            for (var i = 0; i < 8; i++)
                bytes[random.Next(8, bytes.Length - 8)] = (byte)random.Next(256);
            var path = folder.Write(name, bytes);
            if (Record.Exception(() => ReadAll(Table.Read(path))) is { } error)
                Assert.IsAssignableFrom<SampleException>(error);
        }
    }

    private static string Row(Table table, int row, int columns) => string.Join('|', Enumerable.Range(0, columns).Select(column => table.Cell(row, column)));

    private static void ReadAll(Table table)
    {
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var column in Enumerable.Range(0, table.Header.Length).Where(column => table.ProblemOf(column) is null))
                table.Cell(row, column);
        }
    }
}
