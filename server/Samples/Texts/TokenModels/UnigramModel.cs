namespace ExplainLsp.Samples;

/// <summary>Unigram (Kudo 2018): of all ways to cut a word, the one whose pieces have the largest sum of log probabilities; unknown characters in a row are one piece.</summary>
internal sealed class UnigramModel : ITokenModel
{
    // SentencePiece's: an unknown character is this much less likely than the least likely piece.
    private const double UnknownPenalty = 10;

    private readonly Vocabulary vocabulary;
    private readonly double[] scores;
    private readonly int unknown;
    private readonly double unknownScore;
    private readonly ByteFallback? bytes;

    /// <param name="vocabulary">Pieces.</param>
    /// <param name="scores">Log probability by id.</param>
    /// <param name="unknown">The unknown token's id.</param>
    /// <param name="byteFallback">Whether unknown parts are spelled by their bytes.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int unknown, bool byteFallback)
    {
        (this.vocabulary, this.scores, this.unknown) = (vocabulary, scores, unknown);
        unknownScore = scores.Min() - UnknownPenalty;
        bytes = byteFallback ? new ByteFallback(vocabulary) : null;
    }

    public int? IdOf(string piece) => vocabulary.IdOf(piece);

    public string? PieceOf(int id) => vocabulary.PieceOf(id);

    public void Cut(ReadOnlySpan<AlignedRune> word, List<TokenPiece> into)
    {
        var (starts, ids) = Best(word);
        var parts = new List<(int Start, int End, int Id)>();
        for (var end = word.Length; end > 0; end = starts[end])
            parts.Add((starts[end], end, ids[end]));
        parts.Reverse();
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, end, id) = parts[i];
            while (id == unknown && i + 1 < parts.Count && parts[i + 1].Id == unknown)
                end = parts[++i].End;
            Add(word[start..end], id, into);
        }
    }

    /// <summary>By end of a piece, in characters: where the best cut's last piece starts, and its id.</summary>
    private (int[] Starts, int[] Ids) Best(ReadOnlySpan<AlignedRune> word)
    {
        var text = AlignedRune.Join(word);
        var (starts, ids, best) = (new int[word.Length + 1], new int[word.Length + 1], new double[word.Length + 1]);
        Array.Fill(best, double.NegativeInfinity, 1, word.Length);
        var offset = 0;
        for (var start = 0; start < word.Length; start++)
        {
            var (length, knowsCharacter) = (0, false);
            for (var end = start + 1; end <= word.Length; end++)
            {
                length += word[end - 1].Value.Utf16SequenceLength;
                if (length > vocabulary.Longest)
                    break;
                if (!vocabulary.ByText.TryGetValue(text.AsSpan(offset, length), out var id))
                    continue;
                knowsCharacter |= end == start + 1;
                Offer(start, end, id, scores[id]);
            }
            if (!knowsCharacter)
                Offer(start, start + 1, unknown, unknownScore);
            offset += word[start].Value.Utf16SequenceLength;
        }
        return (starts, ids);

        void Offer(int start, int end, int id, double score)
        {
            var sum = best[start] + score;
            if (sum > best[end])
                (best[end], starts[end], ids[end]) = (sum, start, id);
        }
    }

    private void Add(ReadOnlySpan<AlignedRune> part, int id, List<TokenPiece> into)
    {
        var spelled = new List<(int Id, int Rune)>();
        if (id == unknown && bytes?.TryAdd(part, spelled) == true)
        {
            foreach (var (unit, rune) in spelled)
                into.Add(new TokenPiece(unit, vocabulary.PieceOf(unit)!, AlignedRune.Cover(part.Slice(rune, 1))));
        }
        else
        {
            into.Add(new TokenPiece(id, AlignedRune.Join(part), AlignedRune.Cover(part)));
        }
    }
}
