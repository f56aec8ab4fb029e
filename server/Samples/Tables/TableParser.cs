using System.Text;
using CsvHelper;

namespace ExplainLsp.Samples;

/// <summary>A record's place in the text: offsets of its first character and past its last, without the line break.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset past its last character.</param>
/// <param name="Fields">Number of fields.</param>
/// <param name="Malformed">What is wrong with its quotes, if anything.</param>
internal readonly record struct TableRecord(int Start, int End, int Fields, CsvMalformedReason? Malformed);

/// <summary>
/// Splits a text into records with CsvHelper and finds where each stands in UTF-16. A quote that never ends would swallow the rest of
/// the file: that record is cut at its line, and parsing goes on with the next.
/// </summary>
internal static class TableParser
{
    // Each unterminated quote parses the rest of the text again; beyond these, line breaks end every record.
    private const int MostRestarts = 8;

    public static List<TableRecord> Parse(string text, char delimiter)
    {
        var records = new List<TableRecord>();
        var at = text is ['\uFEFF', ..] ? 1 : 0;
        for (var restarts = 0; at < text.Length; restarts++)
            at = ParseFrom(text, at, delimiter, restarts < MostRestarts, records);
        return records;
    }

    /// <summary>Parses from an offset to the end, or to the line after a quote that does not end; returns where it stopped.</summary>
    private static int ParseFrom(string text, int start, char delimiter, bool quotesSpanLines, List<TableRecord> records)
    {
        CsvMalformedReason? malformed = null;
        using var reader = CsvReader.FromText(start == 0 ? text : text[start..], new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            SkipEmptyLines = false,
            DetectSeparatorHint = false,
            AllowLineBreaksInQuotes = quotesSpanLines,
            OnMalformedRecord = record => malformed = record.Reason,
        });
        var at = start;
        while (true)
        {
            malformed = null;
            if (!reader.Read())
                return text.Length;
            var end = at + Encoding.UTF8.GetCharCount(reader.RawRecord);
            var fields = reader.FieldCount;
            var stop = false;
            if (malformed is CsvMalformedReason.UnterminatedQuote && text.AsSpan(at..end).IndexOfAny('\n', '\r') is >= 0 and var lineEnd)
            {
                end = at + lineEnd;
                fields = CountFields(text, at, end, delimiter);
                stop = true;
            }
            if (!text.AsSpan(at..end).IsWhiteSpace() || (delimiter == '\t' && fields > 1))
                records.Add(new TableRecord(at, end, fields, malformed));
            at = end + TextLines.BreakLength(text, end);
            if (stop)
                return at;
        }
    }

    private static int CountFields(ReadOnlySpan<char> text, int start, int end, char delimiter)
    {
        var count = 1;
        for (var at = RawField.End(text, start, end, delimiter); at < end; at = RawField.End(text, at + 1, end, delimiter))
            count++;
        return count;
    }

    /// <summary>The most frequent of comma, semicolon, tab and bar outside quotes in the first line that is not blank; comma when there is none.</summary>
    public static char GuessDelimiter(ReadOnlySpan<char> text)
    {
        foreach (var line in text.TrimStart('\uFEFF').EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;
            ReadOnlySpan<char> candidates = [',', ';', '\t', '|'];
            Span<int> counts = stackalloc int[candidates.Length];
            var quoted = false;
            foreach (var c in line)
            {
                if (c == '"')
                    quoted = !quoted;
                else if (!quoted && candidates.IndexOf(c) is >= 0 and var which)
                    counts[which]++;
            }
            var best = 0;
            for (var i = 1; i < counts.Length; i++)
            {
                if (counts[i] > counts[best])
                    best = i;
            }
            return candidates[best];
        }
        return ',';
    }
}
