using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Tests.Engine;

/// <summary>Rows for other programs: text is never a formula, numbers stay numbers.</summary>
public sealed class ResultTableTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("plain", "plain")]
    public void Csv_Text_IsDefused(string text, string expected)
    {
        var table = new ResultTable();
        table.Add([ResultCell.Of("x", text), ResultCell.Of("n", -0.5)]);
        Assert.Equal($"x,n\r\n{expected},-0.5\r\n", table.Csv());
    }

    [Fact]
    public void Parquet_NumbersTextsAndMissing_ReadBack()
    {
        var table = new ResultTable();
        table.Add([ResultCell.Of("name", "a"), ResultCell.Of("value", -0.1)]);
        table.Add([ResultCell.Of("value", double.NaN), ResultCell.Of("name", (string?)null), ResultCell.Of("more", 1e-300)]);
        using var folder = new TemporaryFolder();
        var read = Table.Read(folder.Write("x.parquet", table.Parquet()));
        Assert.Equal(["name", "value", "more"], read.Header.AsEnumerable());
        Assert.Equal(["a", "-0.1", ""], read.Row(0).ToArray());
        Assert.Equal(["", "", "1E-300"], read.Row(1).ToArray());
        Assert.True(read.IsNumeric(1));
    }
}
