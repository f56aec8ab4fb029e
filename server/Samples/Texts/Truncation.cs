namespace ExplainLsp.Samples;

/// <summary>Which of two texts is cut.</summary>
internal enum TruncationStrategy
{
    /// <summary>The longer, until both are equally long.</summary>
    LongestFirst,

    /// <summary>The text.</summary>
    OnlyFirst,

    /// <summary>The pair.</summary>
    OnlySecond,
}

/// <summary>How long texts are cut.</summary>
/// <param name="MaxLength">Tokens allowed, special ones included.</param>
/// <param name="Strategy">Which text is cut.</param>
/// <param name="FromLeft">Whether the start goes, not the end.</param>
internal sealed record Truncation(int MaxLength, TruncationStrategy Strategy, bool FromLeft)
{
    /// <summary>Cuts texts in place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">Its pair; null for none.</param>
    /// <param name="room">Tokens allowed, special ones not counted.</param>
    /// <exception cref="SampleException">The text that may be cut is too short to make room.</exception>
    public void Apply(List<SequenceToken> text, List<SequenceToken>? pair, int room)
    {
        room = Math.Max(room, 0);
        var surplus = text.Count + (pair?.Count ?? 0) - room;
        if (surplus <= 0)
            return;
        if (Strategy == TruncationStrategy.LongestFirst)
        {
            var (first, second) = pair is null ? (room, 0) : Share(text.Count, pair.Count, room);
            Cut(text, first);
            if (pair is not null)
                Cut(pair, second);
            return;
        }
        var cut = Strategy == TruncationStrategy.OnlyFirst ? text : pair;
        if (cut is null || cut.Count <= surplus)
        {
            var which = Strategy == TruncationStrategy.OnlyFirst ? "first" : "second";
            throw new SampleException($"The text has {surplus} tokens more than the tokenizer allows, and only the {which} text may be cut. Shorten the other, or cut the longest first.");
        }
        Cut(cut, cut.Count - surplus);
    }

    /// <summary>The shorter text stays whole where it can; else both get half, the longer one the odd token.</summary>
    private static (int First, int Second) Share(int first, int second, int room)
    {
        var shorter = Math.Min(first, second);
        var longer = Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
            (shorter, longer) = (room / 2, (room / 2) + (room % 2));
        return first <= second ? (shorter, longer) : (longer, shorter);
    }

    private void Cut(List<SequenceToken> tokens, int length)
    {
        if (tokens.Count <= length)
            return;
        if (FromLeft)
            tokens.RemoveRange(0, tokens.Count - length);
        else
            tokens.RemoveRange(length, tokens.Count - length);
    }
}
