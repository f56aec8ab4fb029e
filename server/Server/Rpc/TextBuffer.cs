using System.Collections.Immutable;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// An immutable text that is cheap to edit: pieces of a few thousand characters that know how many line breaks they hold. An edit makes
/// new pieces only where it falls; the others are shared with the version before. Lines end at LF, CRLF or CR, as LSP has it, and a CRLF
/// never straddles two pieces.
/// </summary>
public sealed class TextBuffer
{
    private const int PieceLength = 16 * 1024;

    private readonly ImmutableArray<Piece> _pieces;
    private readonly Lazy<string> _text;

    private TextBuffer(ImmutableArray<Piece> pieces)
    {
        _pieces = pieces;
        Length = pieces.Sum(piece => piece.Text.Length);
        _text = new Lazy<string>(() => string.Concat(_pieces.Select(piece => piece.Text)));
    }

    /// <summary>UTF-16 code units.</summary>
    public int Length { get; }

    /// <summary>A text as a buffer.</summary>
    public static TextBuffer From(string text) => new([.. Split(text)]);

    /// <summary>The whole text; put together once, when first asked for.</summary>
    public override string ToString() => _text.Value;

    /// <summary>The text with a range replaced. Positions past a line's end mean its end, past the last line the end of the text.</summary>
    /// <param name="range">What to replace, in UTF-16 positions; a reversed range is put in order.</param>
    /// <param name="replacement">What stands there afterwards.</param>
    public TextBuffer Replace(LspRange range, string replacement)
    {
        var (start, end) = (OffsetOf(range.Start), OffsetOf(range.End));
        return Replace(Math.Min(start, end), Math.Max(start, end), replacement);
    }

    /// <summary>The offset of a position, clipped to its line and to the text.</summary>
    public int OffsetOf(Position position)
    {
        var (remaining, offset, index) = (position.Line, 0, 0);
        while (index < _pieces.Length && remaining > _pieces[index].LineBreaks)
        {
            remaining -= _pieces[index].LineBreaks;
            offset += _pieces[index].Text.Length;
            index++;
        }

        if (index == _pieces.Length)
        {
            return Length;
        }

        var lineStart = LineBreaks.EndOfNth(_pieces[index].Text, remaining);
        return offset + lineStart + CharactersInLine(index, lineStart, position.Character);
    }

    /// <summary>A line without its break; empty past the end.</summary>
    /// <param name="line">Its number, from 0.</param>
    public string Line(int line)
    {
        var start = OffsetOf(new Position(line, 0));
        return ToString()[start..OffsetOf(new Position(line, int.MaxValue))];
    }

    private int CharactersInLine(int index, int start, int wanted)
    {
        var taken = 0;
        for (; index < _pieces.Length && taken < wanted; index++, start = 0)
        {
            var rest = _pieces[index].Text.AsSpan(start);
            var lineEnd = rest.IndexOfAny('\r', '\n');
            if (lineEnd >= 0)
            {
                return Math.Min(wanted, taken + lineEnd);
            }

            taken += rest.Length;
        }

        return Math.Min(wanted, taken);
    }

    private TextBuffer Replace(int start, int end, string replacement)
    {
        var (first, firstOffset) = PieceAt(start);
        var (last, lastOffset) = PieceAt(end);
        var head = first < _pieces.Length ? _pieces[first].Text.AsSpan(0, start - firstOffset) : [];
        var tail = last < _pieces.Length ? _pieces[last].Text.AsSpan(end - lastOffset) : [];

        // A neighbour joins in when it is short or when a CR and an LF would otherwise meet at the border.
        var before = first > 0 && Joins(_pieces[first - 1].Text, head.Length > 0 ? head : replacement.Length > 0 ? replacement : tail) ? 1 : 0;
        var next = Math.Min(last + 1, _pieces.Length);
        var lastText = tail.Length > 0 ? tail : replacement.Length > 0 ? replacement : head;
        var after = next < _pieces.Length && Joins(lastText, _pieces[next].Text) ? 1 : 0;

        var middle = string.Concat(
            string.Concat(before > 0 ? _pieces[first - 1].Text : "", head), replacement, tail, after > 0 ? _pieces[next].Text : "");
        var pieces = ImmutableArray.CreateBuilder<Piece>(_pieces.Length + 2);
        pieces.AddRange(_pieces.AsSpan()[..(first - before)]);
        pieces.AddRange(Split(middle));
        pieces.AddRange(_pieces.AsSpan()[(next + after)..]);
        return new TextBuffer(pieces.ToImmutable());
    }

    private static bool Joins(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length + right.Length < PieceLength / 4 || (left.EndsWith("\r") && right.StartsWith("\n"));

    private (int Index, int Offset) PieceAt(int offset)
    {
        var (index, start) = (0, 0);
        while (index < _pieces.Length && start + _pieces[index].Text.Length < offset)
        {
            start += _pieces[index].Text.Length;
            index++;
        }

        return (index, start);
    }

    private static IEnumerable<Piece> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PieceLength, text.Length);
            if (end < text.Length && text[end] == '\n' && text[end - 1] == '\r')
            {
                end++;
            }

            var piece = text[start..end];
            yield return new Piece(piece, LineBreaks.Count(piece));
            start = end;
        }
    }

    private sealed record Piece(string Text, int LineBreaks);
}
