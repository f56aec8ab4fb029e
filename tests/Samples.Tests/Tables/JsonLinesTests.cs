namespace ExplainLsp.Samples.Tests.Tables;

public sealed class JsonLinesTests
{
    private static Table Parse(string text) => Table.Parse(text, "x.jsonl");

    [Fact]
    public void Parse_Objects_ColumnsInOrderOfFirstAppearance()
    {
        var table = Parse("{\"a\": 1, \"b\": \"x, \\\"y\\\"\"}\n\n{\"b\": null, \"c\": true, \"a\": 1.50}\r\n{\"at\": {\"city\": \"Köln\"}}");
        Assert.Equal(["a", "b", "c", "at.city"], table.Header.AsEnumerable());
        Assert.Equal(3, table.RowCount);
        Assert.Equal(["1", "x, \"y\"", "", ""], table.Row(0).ToArray());
        Assert.Equal(["1.50", "", "true", ""], table.Row(1).ToArray());
        Assert.Equal("Köln", table.Cell(2, 3));
        Assert.Equal((0, 2, 3), (table.LineOf(0), table.LineOf(1), table.LineOf(2)));
        Assert.Empty(table.Issues);
    }

    [Fact]
    public void CellAt_OnKeyOrValue_IsThatKeysCell()
    {
        // 😀 takes two UTF-16 characters, four bytes.
        const string Line = "{\"s\": \"😀\", \"age\": 42}";
        var table = Parse("{\"s\": \"\", \"age\": 1}\n" + Line);
        var value = Line.IndexOf("42", StringComparison.Ordinal);
        Assert.Equal(new TableCell(1, 1), table.CellAt(1, value + 1));
        Assert.Equal(new TableCell(1, 1), table.CellAt(1, Line.IndexOf("age", StringComparison.Ordinal)));
        Assert.Equal(new TableCell(1, 0), table.CellAt(1, Line.IndexOf("😀", StringComparison.Ordinal)));
        Assert.Null(table.CellAt(1, 0));
        Assert.Equal(new TextRange(1, value, 1, value + 2), table.CellRange(1, 1));
        Assert.Equal(1, table.RowAt(1));
    }

    [Theory]
    [InlineData("[1]", "Row 1 is no JSON object (line 2). Write {\"column\": value, …} on one line.")]
    [InlineData("{\"a\": 1", "Row 1 is no JSON object (line 2). Write {\"column\": value, …} on one line.")]
    [InlineData("{\"a\": 1} x", "Row 1 is no JSON object (line 2). Write {\"column\": value, …} on one line.")]
    [InlineData("nonsense", "Row 1 is no JSON object (line 2). Write {\"column\": value, …} on one line.")]
    [InlineData("{\"a\": [1, 2]}", "Row 1 holds a list in \"a\" (line 2). Write one value a key.")]
    public void Parse_LineThatIsNoRow_IsAnIssueAndTheOthersStay(string line, string message)
    {
        var table = Parse($"{{\"a\": 1, \"b\": 2}}\n{line}\n{{\"a\": 3, \"b\": 4}}");
        Assert.Equal(message, Assert.Single(table.Issues).Message);
        Assert.Equal(3, table.RowCount);
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("x", 2)], []);
        Assert.Equal([1, 2, 3, 4], (float[])encoder.Encode(table, [0, 2]).Batch.Tensors[0].Data);
        Assert.Equal(message, Assert.Throws<SampleException>(() => encoder.Encode(table, [1])).Message);
    }

    [Fact]
    public void Parse_Empty_IsAnIssue() => Assert.Contains("empty", Assert.Single(Parse("\n").Issues).Message, StringComparison.Ordinal);
}
