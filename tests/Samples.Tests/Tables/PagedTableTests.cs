using System.Globalization;
using System.Text;

namespace ExplainLsp.Samples.Tests.Tables;

/// <summary>A large file in small pages is the same table as its text in memory.</summary>
public sealed class PagedTableTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(257)]
    [InlineData(100_000)]
    public void Open_AnyPageSize_IsTheTextsTable(int pageBytes)
    {
        var text = new StringBuilder("\uFEFFa;b;c\r\n");
        for (var row = 0; row < 300; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row};\"quoted; \"\"{row}\"\"{(row % 7 == 0 ? "\n" : "")}\";{row * 0.25}{(row % 3 == 0 ? "\r\n" : "\n")}");
            if (row % 50 == 0)
                text.Append("\n5\" disk;\n");
        }
        using var folder = new TemporaryFolder();
        Same(Table.Parse(text.ToString()), PagedTable.Open(folder.Write("x.csv", text.ToString()), default, pageBytes));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Open_JsonLines_IsTheTextsTable(int pageBytes)
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(row => row % 40 == 17 ? "oops\n" : $"{{\"a\": {row}, \"k{row % 3}\": \"é{row}\"}}\n"));
        using var folder = new TemporaryFolder();
        Same(Table.Parse(text, "x.jsonl"), PagedTable.Open(folder.Write("x.jsonl", text), default, pageBytes));
    }

    [Fact]
    public void Cell_FileChangedMeanwhile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 100)));
        var table = PagedTable.Open(path, default, 64);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        Assert.Contains("changed while it was read", Assert.Throws<SampleException>(() => table.Cell(90, 0)).Message, StringComparison.Ordinal);
    }

    private static void Same(Table expected, PagedTable paged)
    {
        Assert.Equal(expected.Header.AsEnumerable(), paged.Header.AsEnumerable());
        Assert.Equal(expected.RowCount, paged.RowCount);
        foreach (var row in Enumerable.Range(0, expected.RowCount).Reverse())
        {
            Assert.Equal(expected.Row(row).ToArray(), paged.Row(row).ToArray());
            Assert.Equal(expected.LineOf(row), paged.LineOf(row));
            Assert.Equal(expected.ProblemOfRow(row), paged.ProblemOfRow(row));
        }
        var good = Enumerable.Range(0, expected.RowCount).Where(row => expected.ProblemOfRow(row) is null).ToArray();
        var encoder = TableEncoder.Bind(expected, [Fixture.Input<string>("a", 1)], []);
        Assert.Equal(encoder.Encode(expected, good).Batch.Tensors[0].Data, encoder.Encode(paged, good).Batch.Tensors[0].Data);
    }
}
