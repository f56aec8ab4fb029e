namespace ExplainLsp.Samples;

/// <summary>Byte-pair encoding (Sennrich et al. 2016): characters, joined pair by pair in the order in which the pairs were learned.</summary>
internal sealed class BytePairModel : ITokenModel
{
    private readonly Vocabulary vocabulary;
    private readonly BytePairSettings settings;
    private readonly int? unknown;
    private readonly ByteFallback? bytes;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Joined)> merges;

    /// <exception cref="SampleException">A merge of pieces that the vocabulary lacks.</exception>
    public BytePairModel(Vocabulary vocabulary, IReadOnlyList<(string Left, string Right)> merges, BytePairSettings settings, string origin)
    {
        (this.vocabulary, this.settings) = (vocabulary, settings);
        unknown = settings.Unknown is { } token ? vocabulary.IdOf(token) : null;
        bytes = settings.ByteFallback ? new ByteFallback(vocabulary) : null;
        this.merges = new Dictionary<(int, int), (int, int)>(merges.Count);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var (left, right) = merges[rank];
            var joined = left + (right.StartsWith(settings.Prefix, StringComparison.Ordinal) ? right[settings.Prefix.Length..] : right);
            if (vocabulary.IdOf(left) is not { } leftId || vocabulary.IdOf(right) is not { } rightId || vocabulary.IdOf(joined) is not { } id)
                throw new SampleException($"{origin} joins \"{left}\" and \"{right}\", and its vocabulary lacks one of them or their sum. Export the tokenizer again.");
            this.merges[(leftId, rightId)] = (rank, id);
        }
    }

    public int? IdOf(string piece) => vocabulary.IdOf(piece);

    public string? PieceOf(int id) => vocabulary.PieceOf(id);

    public void Cut(ReadOnlySpan<AlignedRune> word, List<TokenPiece> into)
    {
        if (settings.IgnoreMerges && vocabulary.IdOf(AlignedRune.Join(word)) is { } whole)
        {
            into.Add(new TokenPiece(whole, vocabulary.PieceOf(whole)!, AlignedRune.Cover(word)));
            return;
        }
        var symbols = Symbols(word);
        Join(symbols);
        foreach (var symbol in symbols)
        {
            if (symbol.Id >= 0)
                into.Add(new TokenPiece(symbol.Id, vocabulary.PieceOf(symbol.Id)!, AlignedRune.Cover(word[symbol.Start..symbol.End])));
        }
    }

    private List<Symbol> Symbols(ReadOnlySpan<AlignedRune> word)
    {
        var symbols = new List<Symbol>(word.Length);
        var spelled = new List<(int Id, int Rune)>();
        for (var i = 0; i < word.Length; i++)
        {
            var text = (i > 0 ? settings.Prefix : "") + word[i].Value + (i == word.Length - 1 ? settings.Suffix : "");
            if (vocabulary.IdOf(text) is { } id)
            {
                symbols.Add(new Symbol(id, i, i + 1));
            }
            else if (bytes?.TryAdd(word.Slice(i, 1), spelled) == true)
            {
                foreach (var (unit, _) in spelled)
                    symbols.Add(new Symbol(unit, i, i + 1));
                spelled.Clear();
            }
            else if (unknown is { } unknownId)
            {
                if (settings.FuseUnknown && symbols is [.., var last] && last.Id == unknownId)
                    symbols[^1] = last with { End = i + 1 };
                else
                    symbols.Add(new Symbol(unknownId, i, i + 1));
            }
        }
        return symbols;
    }

    /// <summary>Joins the pair that was learned first, the leftmost of equals, until none is left. A joined symbol's right part stays behind with id −1.</summary>
    private void Join(List<Symbol> symbols)
    {
        var queue = new PriorityQueue<(int Left, int Right, int LeftId, int RightId, int Joined), (int Rank, int At)>();
        var (before, after) = (new int[symbols.Count], new int[symbols.Count]);
        for (var i = 0; i < symbols.Count; i++)
        {
            (before[i], after[i]) = (i - 1, i + 1);
            Offer(i - 1, i);
        }
        while (queue.TryDequeue(out var pair, out _))
        {
            var (left, right) = (symbols[pair.Left], symbols[pair.Right]);
            if (left.Id != pair.LeftId || right.Id != pair.RightId || after[pair.Left] != pair.Right)
                continue;
            symbols[pair.Left] = new Symbol(pair.Joined, left.Start, right.End);
            symbols[pair.Right] = right with { Id = -1 };
            after[pair.Left] = after[pair.Right];
            if (after[pair.Left] < symbols.Count)
                before[after[pair.Left]] = pair.Left;
            Offer(before[pair.Left], pair.Left);
            Offer(pair.Left, after[pair.Left]);
        }

        void Offer(int left, int right)
        {
            if (left >= 0 && right < symbols.Count && merges.TryGetValue((symbols[left].Id, symbols[right].Id), out var merge))
                queue.Enqueue((left, right, symbols[left].Id, symbols[right].Id, merge.Joined), (merge.Rank, left));
        }
    }

    private readonly record struct Symbol(int Id, int Start, int End);
}

/// <summary>How a byte-pair vocabulary is written and used.</summary>
/// <param name="Unknown">The unknown token; null to leave unknown characters out.</param>
/// <param name="Prefix">What marks a piece inside a word; empty for nothing.</param>
/// <param name="Suffix">What marks a word's last piece; empty for nothing.</param>
/// <param name="FuseUnknown">Whether unknown characters in a row are one token.</param>
/// <param name="ByteFallback">Whether unknown characters are spelled by their bytes.</param>
/// <param name="IgnoreMerges">Whether a word of the vocabulary is taken as it is.</param>
internal sealed record BytePairSettings(string? Unknown, string Prefix, string Suffix, bool FuseUnknown, bool ByteFallback, bool IgnoreMerges);
