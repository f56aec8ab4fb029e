namespace ExplainLsp.Samples.Tests;

public sealed class RowSelectionTests
{
    [Theory]
    [InlineData("3", new[] { 3 })]
    [InlineData("0-2", new[] { 0, 1, 2 })]
    [InlineData("0-2,9", new[] { 0, 1, 2, 9 })]
    [InlineData(" 4 , 1 - 2 ", new[] { 4, 1, 2 })]
    [InlineData("all", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void TryParse_Selection_GivesRowsInOrder(string text, int[] expected)
    {
        Assert.True(RowSelection.TryParse(text, 10, out var rows, out _));
        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData("", "names no rows")]
    [InlineData("x", "names no rows")]
    [InlineData("-1", "names no rows")]
    [InlineData("1-", "names no rows")]
    [InlineData("1,,2", "names no rows")]
    [InlineData("99999999999", "names no rows")]
    [InlineData("5-2", "Write 2-5")]
    [InlineData("10", "Row 10 does not exist: the file has 10 rows, 0 to 9.")]
    [InlineData("8-12", "Row 10 does not exist")]
    public void TryParse_Nonsense_SaysWhatToWrite(string text, string message)
    {
        Assert.False(RowSelection.TryParse(text, 10, out _, out var error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_EmptyFile_SaysSo()
    {
        Assert.False(RowSelection.TryParse("all", 0, out _, out var error));
        Assert.Contains("no rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public void EvenSpread_FewRows_AllOfThem() => Assert.Equal(Enumerable.Range(0, 100), RowSelection.EvenSpread(100, 100));

    [Fact]
    public void EvenSpread_ManyRows_EqualSteps()
    {
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 5 * i), RowSelection.EvenSpread(500, 100));
        var odd = RowSelection.EvenSpread(143, 100);
        Assert.Equal(100, odd.Distinct().Count());
        Assert.All(odd.Zip(odd.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 2));
    }
}
