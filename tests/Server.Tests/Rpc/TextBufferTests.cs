using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Tests.Rpc;

/// <summary>An edited buffer reads like a plain string that was edited the slow way.</summary>
public class TextBufferTests
{
    private static readonly string[] Fragments = ["a", "bc,", "\n", "\r\n", "\r", "\"x\ny\"", "é", "\U0001F600", "漢字", ";\t", new string('z', 700), "\r\n\r\n", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Replace_RandomEdits_SameAsPlainText(int seed)
    {
        var random = new Random(seed);
        var text = Text(random, seed * 60);
        var buffer = TextBuffer.From(text);
        for (var step = 0; step < 400; step++)
        {
            var range = new LspRange(Place(random, text), Place(random, text));
            var replacement = Text(random, random.Next(random.Next(10) == 0 ? 60 : 4));
            var (first, second) = (NaiveOffset(text, range.Start), NaiveOffset(text, range.End));
            text = text[..Math.Min(first, second)] + replacement + text[Math.Max(first, second)..];
            buffer = buffer.Replace(range, replacement);
            Assert.Equal(text, buffer.ToString());
            Assert.Equal(text.Length, buffer.Length);
        }
    }

    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("ab\r\ncd", 0, 9, 2)]
    [InlineData("ab\r\ncd", 1, 0, 4)]
    [InlineData("ab\rcd", 1, 1, 4)]
    [InlineData("ab\n\r\ncd", 2, 1, 6)]
    [InlineData("ab\n", 1, 5, 3)]
    [InlineData("ab", 7, 0, 2)]
    [InlineData("\U0001F600x", 0, 2, 2)]
    public void OffsetOf_KnownText_CountsUtf16(string text, int line, int character, int offset) =>
        Assert.Equal(offset, TextBuffer.From(text).OffsetOf(new Position(line, character)));

    [Fact]
    public void Replace_CarriageReturnAndLineFeedMeet_AreOneBreak()
    {
        var buffer = TextBuffer.From(new string('x', 20_000) + "\r" + new string('y', 20_000))
            .Replace(new LspRange(new Position(1, 0), new Position(1, 0)), "\n");

        Assert.Equal(20_002, buffer.OffsetOf(new Position(1, 0)));
        Assert.Equal(buffer.Length, buffer.OffsetOf(new Position(2, 0)));
    }

    [Fact]
    public void Replace_OldVersion_StaysAsItWas()
    {
        var before = TextBuffer.From("a\nb");
        _ = before.Replace(new LspRange(new Position(0, 0), new Position(1, 1)), "");

        Assert.Equal("a\nb", before.ToString());
    }

    private static string Text(Random random, int fragments) =>
        string.Concat(Enumerable.Range(0, fragments).Select(_ => Fragments[random.Next(Fragments.Length)]));

    private static Position Place(Random random, string text) =>
        new(random.Next(text.Count(character => character is '\n' or '\r') + 2), random.Next(random.Next(5) == 0 ? 40_000 : 12));

    private static int NaiveOffset(string text, Position position)
    {
        var (line, offset) = (0, 0);
        while (line < position.Line)
        {
            if (offset >= text.Length)
            {
                return text.Length;
            }

            var character = text[offset++];
            if (character == '\r' && offset < text.Length && text[offset] == '\n')
            {
                offset++;
            }

            line += character is '\r' or '\n' ? 1 : 0;
        }

        var column = 0;
        while (column < position.Character && offset < text.Length && text[offset] is not ('\r' or '\n'))
        {
            offset++;
            column++;
        }

        return offset;
    }
}
