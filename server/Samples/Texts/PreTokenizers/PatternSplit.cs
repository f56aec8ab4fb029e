namespace ExplainLsp.Samples;

/// <summary>Cuts at every match of a pattern.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="behaviour">What becomes of the matches.</param>
/// <param name="invert">Whether what lies between the matches counts as matching, and the matches do not.</param>
internal sealed class PatternSplit(RuneRegex pattern, SplitBehaviour behaviour, bool invert) : IPreTokenizer
{
    public IEnumerable<TextPiece> Split(TextPiece piece)
    {
        var parts = pattern.Split(piece.Runes.Span).ConvertAll(part => (part.Range, IsMatch: part.IsMatch != invert));
        var ranges = behaviour switch
        {
            SplitBehaviour.Removed => parts.Where(part => !part.IsMatch).Select(part => part.Range),
            SplitBehaviour.Isolated => parts.Select(part => part.Range),
            SplitBehaviour.MergedWithPrevious => Merge(parts, (before, after) => after && !before),
            SplitBehaviour.MergedWithNext => Merge(parts, (before, after) => before && !after),
            _ => Merge(parts, (before, after) => before == after),
        };
        return ranges.Select(piece.Slice);
    }

    private static List<Range> Merge(List<(Range Range, bool IsMatch)> parts, Func<bool, bool, bool> joins)
    {
        var merged = new List<Range>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0 && joins(parts[i - 1].IsMatch, parts[i].IsMatch))
                merged[^1] = merged[^1].Start..parts[i].Range.End;
            else
                merged.Add(parts[i].Range);
        }
        return merged;
    }
}
