namespace ExplainLsp.Samples;

/// <summary>Where the lines of a text begin, with line breaks as the editor counts them: LF, CR LF, and a lone CR.</summary>
public sealed class TextLines
{
    private readonly List<int> starts = [0];
    private readonly int length;

    /// <summary>Finds the lines of a text.</summary>
    public TextLines(ReadOnlySpan<char> text)
    {
        length = text.Length;
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOfAny('\n', '\r');
            if (next < 0)
                break;
            at += next + BreakLength(text, at + next);
            starts.Add(at);
        }
    }

    /// <summary>Lines, 1 or more: a text that ends with a line break has an empty last line.</summary>
    public int Count => starts.Count;

    /// <summary>Characters that the line break at an offset takes: 2 for CR LF, 1 for LF or CR, 0 at the end of the text.</summary>
    public static int BreakLength(ReadOnlySpan<char> text, int at) =>
        at >= text.Length ? 0 : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : text[at] is '\r' or '\n' ? 1 : 0;

    /// <summary>The line that an offset lies on.</summary>
    public int LineOf(int offset)
    {
        var found = starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The offset of a line's first character.</summary>
    public int Start(int line) => starts[line];

    /// <summary>The offset of a position; positions past the end of a line lie on its break.</summary>
    public int OffsetOf(int line, int character)
    {
        var end = line + 1 < starts.Count ? starts[line + 1] : length;
        return Math.Min(starts[line] + character, end);
    }

    /// <summary>A stretch between two offsets as lines and characters.</summary>
    public TextRange Range(int start, int end)
    {
        var first = LineOf(start);
        var last = LineOf(end);
        return new TextRange(first, start - starts[first], last, end - starts[last]);
    }
}
