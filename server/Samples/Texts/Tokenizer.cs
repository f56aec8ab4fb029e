using System.Text.RegularExpressions;

namespace ExplainLsp.Samples;

/// <summary>
/// Turns texts into a model's token ids as Hugging Face's tokenizers do: added tokens are found, the rest is normalised, cut into words,
/// the words into pieces; then cut to length, put into the template and filled up. Every token knows its place in the text. Immutable.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerParts parts;
    private readonly AddedTokens written;
    private readonly AddedTokens normalized;

    internal Tokenizer(TokenizerParts parts)
    {
        this.parts = parts;
        written = new AddedTokens(parts.Added.Where(token => !token.Normalized), null);
        normalized = new AddedTokens(parts.Added.Where(token => token.Normalized), parts.Normalizer);
    }

    /// <summary>The token of an id; null when there is none.</summary>
    public string? TokenOf(int id) => parts.Added.FirstOrDefault(token => token.Id == id)?.Content ?? parts.Model.PieceOf(id);

    /// <summary>The id of a token; null when there is none.</summary>
    public int? IdOf(string token) => parts.Added.FirstOrDefault(added => added.Content == token)?.Id ?? parts.Model.IdOf(token);

    /// <summary>Encodes a text, or a pair of texts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">Its pair; null for none (an empty one is a pair).</param>
    /// <param name="addSpecialTokens">Whether the template's own tokens are put in.</param>
    /// <exception cref="SampleException">It cannot be cut as the tokenizer says.</exception>
    public TextEncoding Encode(string text, string? pair = null, bool addSpecialTokens = true)
    {
        var first = Tokens(text, 0);
        var second = pair is null ? null : Tokens(pair, 1);
        var template = parts.Template;
        parts.Truncation?.Apply(first, second, parts.Truncation.MaxLength - (addSpecialTokens ? template.Added(pair is not null) : 0));
        var whole = template.Apply(first, second, addSpecialTokens);
        parts.Padding?.Apply(whole);
        return new TextEncoding(
            [.. whole.Select(token => token.Id)],
            [.. whole.Select(token => token.IsPadding ? 0 : 1)],
            [.. whole.Select(token => token.TypeId)],
            [.. whole.Select(token => token.Text)],
            [.. whole.Select(token => token.Sequence)],
            [.. whole.Select(token => token.Span)]);
    }

    private List<SequenceToken> Tokens(string text, int sequence)
    {
        var tokens = new List<SequenceToken>();
        try
        {
            var runes = AlignedRune.Of(text);
            foreach (var (range, token) in written.Find(runes))
            {
                if (token is not null)
                    Add(AsWritten(token, runes.AsSpan(range)));
                else
                    AddPlain(runes[range], range.Start.Value == 0);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SampleException("The tokenizer's own pattern takes too long on this text. Explain a shorter part of it.");
        }
        return tokens;

        void AddPlain(AlignedRune[] plain, bool isFirst)
        {
            var runes = parts.Normalizer?.Apply(plain) ?? plain;
            var pieces = new List<TokenPiece>();
            foreach (var (range, token) in normalized.Find(runes))
            {
                if (token is not null)
                {
                    Add(AsWritten(token, runes.AsSpan(range)));
                    continue;
                }
                var piece = new TextPiece(runes.AsMemory(range), isFirst && range.Start.Value == 0);
                foreach (var word in parts.PreTokenizer?.Split(piece) ?? [piece])
                    parts.Model.Cut(word.Runes.Span, pieces);
                pieces.ForEach(Add);
                pieces.Clear();
            }
        }

        void Add(TokenPiece piece) =>
            tokens.Add(new SequenceToken(piece.Id, piece.Text, 0, sequence, piece.Span is { } span ? Trim(text, span) : null));
    }

    /// <summary>An added token is called as the text writes it, the white space that it takes included.</summary>
    private static TokenPiece AsWritten(AddedToken token, ReadOnlySpan<AlignedRune> runes) =>
        new(token.Id, AlignedRune.Join(runes), AlignedRune.Cover(runes));

    /// <summary>A stretch without the white space at its ends; null when that is all.</summary>
    private static TextSpan? Trim(string text, TextSpan span)
    {
        // No white space lies beyond U+FFFF.
        var (start, end) = (span.Start, span.End);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        return start == end ? null : new TextSpan(start, end);
    }
}

/// <summary>What a tokenizer is made of.</summary>
internal sealed record TokenizerParts(
    IReadOnlyList<AddedToken> Added, INormalizer? Normalizer, IPreTokenizer? PreTokenizer, ITokenModel Model, TokenTemplate Template,
    Truncation? Truncation, Padding? Padding);
