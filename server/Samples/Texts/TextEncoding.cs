using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>A text, or a pair of texts, as a model's token ids; all lists have one entry a token.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="AttentionMask">1 for tokens, 0 for padding.</param>
/// <param name="TypeIds">Which segment a token belongs to, in the model's numbering.</param>
/// <param name="Tokens">What the vocabulary calls them; for an unknown part of a Unigram word, the part itself.</param>
/// <param name="Sequences">0 for the text, 1 for the pair, null for tokens that the template or the padding put in.</param>
/// <param name="Spans">
/// The smallest stretch of the text (or the pair) that holds every character from which the token came, less white space at both ends:
/// a part of a character has the whole character, an unknown word the whole word. Null for tokens that show nothing of the text.
/// </param>
public sealed record TextEncoding(
    ImmutableArray<int> Ids, ImmutableArray<int> AttentionMask, ImmutableArray<int> TypeIds, ImmutableArray<string> Tokens,
    ImmutableArray<int?> Sequences, ImmutableArray<TextSpan?> Spans);
