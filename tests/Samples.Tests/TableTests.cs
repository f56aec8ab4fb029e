using System.Text;
using CsvHelper;

namespace ExplainLsp.Samples.Tests;

public sealed class TableTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Parse_AnyLineBreak_RowsAndLinesAgree(string lineBreak)
    {
        var table = Table.Parse(string.Join(lineBreak, "a,b", "1,2", "", "3,4", ""));

        Assert.Equal(["a", "b"], table.Header.ToArray());
        Assert.Equal(2, table.RowCount);
        Assert.Equal(["3", "4"], table.Row(1).ToArray());
        Assert.Equal(new TextRange(3, 0, 3, 3), table.RowRange(1));
        Assert.Equal(new TextRange(3, 2, 3, 3), table.CellRange(1, 1));
        Assert.Equal([-1, 0, null, 1, null, null], Enumerable.Range(0, 6).Select(table.RowAt));
        Assert.Empty(table.Issues);
    }

    [Fact]
    public void Parse_QuotedLineBreaksAndQuotes_CellKnowsItsLines()
    {
        var table = Table.Parse("name,note\n\"first\nsecond\",\"say \"\"hi\"\", ok\"\nx,y\n");

        Assert.Equal(["first\nsecond", "say \"hi\", ok"], table.Row(0).ToArray());
        Assert.Equal(new TextRange(1, 0, 2, 7), table.CellRange(0, 0));
        Assert.Equal(new TextRange(2, 8, 2, 24), table.CellRange(0, 1));
        Assert.Equal(0, table.RowAt(1));
        Assert.Equal(0, table.RowAt(2));
        Assert.Equal(1, table.RowAt(3));
        Assert.Equal(new TableCell(0, 0), table.CellAt(2, 3));
        Assert.Equal(new TableCell(0, 1), table.CellAt(2, 12));
        Assert.Empty(table.Issues);
    }

    [Fact]
    public void CellAt_SurrogatePairsBefore_CountsUtf16()
    {
        var table = Table.Parse("😀,b\n𝒳😀,2\n");

        Assert.Equal("😀", table.Header[0]);
        Assert.Equal(new TextRange(1, 5, 1, 6), table.CellRange(0, 1));
        Assert.Equal(new TableCell(0, 1), table.CellAt(1, 5));
        Assert.Equal(new TableCell(-1, 1), table.CellAt(0, 3));
    }

    [Fact]
    public void Parse_LoneSurrogate_PlacesStay()
    {
        var table = Table.Parse("a,b\n\uD800,2\n3,4\n");

        Assert.Equal(new TextRange(1, 2, 1, 3), table.CellRange(0, 1));
        Assert.Equal(["3", "4"], table.Row(1).ToArray());
    }

    [Fact]
    public void Parse_ByteOrderMark_IsNoPartOfTheName()
    {
        var table = Table.Parse("\uFEFFage,sex\r\n1,2\r\n");

        Assert.Equal(["age", "sex"], table.Header.ToArray());
        Assert.Equal(["1", "2"], table.Row(0).ToArray());
        Assert.Equal(new TextRange(1, 0, 1, 1), table.CellRange(0, 0));
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3", ',')]
    [InlineData("a;b;c\n1,5;2;3", ';')]
    [InlineData("a\tb\tc\n1\t2\t3", '\t')]
    [InlineData("a|b|c\n1|2|3", '|')]
    [InlineData("\"x,y,z\";b;c\n1;2;3", ';')]
    [InlineData("\n\na;b;c\n1;2;3", ';')]
    public void Parse_NoDelimiterGiven_GuessesFromTheHeader(string text, char delimiter)
    {
        var table = Table.Parse(text);

        Assert.Equal(delimiter, table.Delimiter);
        Assert.Equal(3, table.Header.Length);
        Assert.Empty(table.Issues);
    }

    [Fact]
    public void Parse_DelimiterGiven_IsTaken() => Assert.Equal(["a;b", "c"], Table.Parse("a;b|c\n1;2|3", '|').Header.ToArray());

    [Fact]
    public void Parse_OneColumn_NoDelimiterNeeded()
    {
        var table = Table.Parse("x\n1\n\n2");

        Assert.Equal(2, table.RowCount);
        Assert.Equal("2", table.Cell(1, 0));
    }

    [Fact]
    public void Parse_EmptyText_IsAnIssue()
    {
        var table = Table.Parse("");

        Assert.Empty(table.Header);
        Assert.Equal(0, table.RowCount);
        Assert.Equal("The file is empty. Add a header line and rows.", Assert.Single(table.Issues).Message);
        Assert.Null(table.RowAt(0));
        Assert.Null(table.CellAt(0, 0));
    }

    [Fact]
    public void Parse_HeaderOnly_IsAnIssue()
    {
        var table = Table.Parse("a,b\n");

        Assert.Equal(["a", "b"], table.Header.ToArray());
        Assert.Contains("no rows", Assert.Single(table.Issues).Message, StringComparison.Ordinal);
        Assert.Equal(new TableCell(-1, 1), table.CellAt(0, 2));
    }

    [Fact]
    public void Parse_TooFewAndTooManyFields_NamesRowLineAndCounts()
    {
        var table = Table.Parse("a,b,c\n1,2,3\n\n4,5\n6,7,8,9\n");

        Assert.Equal(["Row 1 has 2 fields, the header has 3 (line 4). Fix the row, or quote a field that holds the delimiter.",
            "Row 2 has 4 fields, the header has 3 (line 5). Fix the row, or quote a field that holds the delimiter."],
            table.Issues.Select(issue => issue.Message));
        Assert.Equal([(1, 3), (2, 4)], table.Issues.Select(issue => (issue.Row!.Value, issue.Line)));
        Assert.Equal("9", table.Cell(2, 3));
        Assert.Equal("", table.Cell(1, 2));
        Assert.Equal(new TextRange(3, 3, 3, 3), table.CellRange(1, 2));
    }

    [Fact]
    public void Parse_LastRowHalfTyped_OtherRowsStay()
    {
        var table = Table.Parse("a,b,c\n1,2,3\n4,");

        Assert.Equal(["4", ""], table.Row(1).ToArray());
        Assert.Equal(1, Assert.Single(table.Issues).Row);
        Assert.Equal(["1", "2", "3"], table.Row(0).ToArray());
        Assert.Equal(new TableCell(1, 1), table.CellAt(2, 2));
    }

    [Fact]
    public void Parse_QuoteThatDoesNotEnd_TakesOneLineOnly()
    {
        var table = Table.Parse("a,b\n1,\"open\n2,3\n4,\"x\ny\"\n");

        // The open quote closes at the next one, so the text after it is found wrong too; what follows stands.
        Assert.Equal(["4", "x\ny"], Table.Parse("a,b\n1,2\n4,\"x\ny\"\n").Row(1).ToArray());
        Assert.NotEmpty(table.Issues);

        var last = Table.Parse("a,b\n1,\"open\n2,3\n4,5\n");
        Assert.Equal(3, last.RowCount);
        Assert.Equal(["2", "3"], last.Row(1).ToArray());
        Assert.Equal("Row 0 has a quote that does not end (line 2). Close the quote, or double it to write one.", Assert.Single(last.Issues).Message);
        Assert.Equal(2, last.RowAt(3));
    }

    [Fact]
    public void Parse_QuoteBeingTypedAtTheEnd_IsAnIssue()
    {
        var table = Table.Parse("a,b\n1,\"");

        Assert.Equal(["1", ""], table.Row(0).ToArray());
        Assert.Contains("quote that does not end", Assert.Single(table.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NothingButOpenQuotes_EndsQuickly()
    {
        var table = Table.Parse("a,b\n" + string.Concat(Enumerable.Repeat("\"\"\"\n", 2001)));

        Assert.NotEmpty(table.Issues);
    }

    [Fact]
    public void Parse_TextAfterClosingQuote_IsAnIssue()
    {
        var table = Table.Parse("a,b\n\"x\"y,2\n3,4");

        Assert.Equal(["xy", "2"], table.Row(0).ToArray());
        Assert.Contains("after a closing quote (line 2)", Assert.Single(table.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RepeatedName_IsAnIssue() =>
        Assert.Equal("The column name \"a\" stands twice in the header (line 1). Rename one of them.", Assert.Single(Table.Parse("a,a\n1,2\n").Issues).Message);

    [Fact]
    public void Parse_FiftyThousandRows_RowAndLineAgree()
    {
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 31).Select(i => $"column {i}"))).Append('\n');
        var lineOfRow = new List<int>();
        var line = 1;
        for (var row = 0; row < 50_000; row++)
        {
            if (row % 1000 == 999)
            {
                text.Append('\n');
                line++;
            }
            lineOfRow.Add(line);
            for (var column = 0; column < 31; column++)
                text.Append(column == 0 ? "" : ",").Append(row % 500 == 7 && column == 3 ? "\"two\r\nlines\"" : $"{row}.{column}");
            line += row % 500 == 7 ? 2 : 1;
            text.Append('\n');
        }
        var table = Table.Parse(text.ToString());

        Assert.Equal(50_000, table.RowCount);
        Assert.Empty(table.Issues);
        for (var row = 0; row < table.RowCount; row += 13)
        {
            Assert.Equal(lineOfRow[row], table.LineOf(row));
            Assert.Equal(row, table.RowAt(lineOfRow[row]));
            Assert.Equal($"{row}.30", table.Cell(row, 30));
            var place = table.CellRange(row, 5);
            Assert.Equal(new TableCell(row, 5), table.CellAt(place.StartLine, place.StartCharacter));
        }
    }

    [Fact]
    public void Row_RandomTexts_AgreesWithTheParser()
    {
        var random = new Random(5);
        string[] letters = ["a", "b", "\"", "\"", ",", ",", "\n", "\r", "😀", "é", " "];
        for (var trial = 0; trial < 3000; trial++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => letters[random.Next(letters.Length)]));
            var unterminated = false;
            using var reader = CsvReader.FromText(text, new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                DetectSeparatorHint = false,
                OnMalformedRecord = record => unterminated |= record.Reason == CsvMalformedReason.UnterminatedQuote,
            });
            var expected = new List<string[]>();
            while (reader.Read())
            {
                if (!string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(reader.RawRecord)))
                    expected.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
            }
            var table = Table.Parse(text, ',');
            for (var line = 0; line < 42; line++)
                table.CellAt(line, 3);
            if (unterminated)
                continue;
            Assert.Equal(expected.Count, table.RowCount + (table.Header.IsEmpty ? 0 : 1));
            for (var row = -1; row < table.RowCount && expected.Count > 0; row++)
                Assert.Equal(expected[row + 1], row < 0 ? [.. table.Header] : table.Row(row).ToArray());
        }
    }

    [Fact]
    public void Sha256_SameText_SameKey()
    {
        Assert.Equal(Table.Parse("a\n1").Sha256, Table.Parse("a\n1").Sha256);
        Assert.NotEqual(Table.Parse("a\n1").Sha256, Table.Parse("a\n2").Sha256);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Table.Parse("abc").Sha256);
    }

    [Fact]
    public void Read_Utf16File_IsRead()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "größe;b\n1;2\n", Encoding.Unicode);
            Assert.Equal(["größe", "b"], Table.Read(path).Header.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_MissingFileFolderOrBinary_SaysWhatToDo()
    {
        Assert.Contains("does not exist", Assert.Throws<SampleException>(() => Table.Read("/nowhere/x.csv")).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<SampleException>(() => Table.Read(Path.GetTempPath())).Message, StringComparison.Ordinal);
        var model = Fixture.Path("models/wine-logreg/model.onnx");
        Assert.Contains("not a text file", Assert.Throws<SampleException>(() => Table.Read(model)).Message, StringComparison.Ordinal);
    }
}
