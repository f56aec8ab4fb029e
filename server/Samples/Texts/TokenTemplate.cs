using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>What stands around one text, or around two, and which segment each belongs to.</summary>
/// <param name="Single">For one text.</param>
/// <param name="Pair">For two.</param>
internal sealed record TokenTemplate(ImmutableArray<TemplatePart> Single, ImmutableArray<TemplatePart> Pair)
{
    /// <summary>Nothing around them: the text is segment 0, its pair segment 1.</summary>
    public static TokenTemplate Bare { get; } = new([TemplatePart.Of(0, 0)], [TemplatePart.Of(0, 0), TemplatePart.Of(1, 1)]);

    /// <summary>How many tokens it adds.</summary>
    public int Added(bool isPair) => (isPair ? Pair : Single).Sum(part => part.Tokens.Length);

    /// <summary>The texts in their places.</summary>
    public List<SequenceToken> Apply(List<SequenceToken> text, List<SequenceToken>? pair, bool withSpecial)
    {
        var whole = new List<SequenceToken>();
        foreach (var part in pair is null ? Single : Pair)
        {
            if (part.Sequence is { } sequence)
                whole.AddRange((sequence == 0 ? text : pair ?? []).Select(token => token with { TypeId = part.TypeId }));
            else if (withSpecial)
                whole.AddRange(part.Tokens.Select(token => new SequenceToken(token.Id, token.Text, part.TypeId, null, null)));
        }
        return whole;
    }
}

/// <summary>A part of a template: special tokens, or the place of a text.</summary>
/// <param name="Sequence">0 for the text, 1 for the pair; null for special tokens.</param>
/// <param name="Tokens">The special tokens.</param>
/// <param name="TypeId">The segment.</param>
internal sealed record TemplatePart(int? Sequence, ImmutableArray<(int Id, string Text)> Tokens, int TypeId)
{
    /// <summary>The place of a text.</summary>
    public static TemplatePart Of(int sequence, int typeId) => new(sequence, [], typeId);

    /// <summary>A special token.</summary>
    public static TemplatePart Of((int Id, string Text) token, int typeId) => new(null, [token], typeId);
}
