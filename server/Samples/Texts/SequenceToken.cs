namespace ExplainLsp.Samples;

/// <summary>A token on its way into a <see cref="TextEncoding"/>.</summary>
internal readonly record struct SequenceToken(int Id, string Text, int TypeId, int? Sequence, TextSpan? Span, bool IsPadding = false);
