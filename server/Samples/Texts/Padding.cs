namespace ExplainLsp.Samples;

/// <summary>How short texts are filled up.</summary>
/// <param name="Length">Tokens wanted; null for those of the text itself.</param>
/// <param name="MultipleOf">The length is rounded up to a multiple of this; null for none.</param>
/// <param name="FromLeft">Whether the filling stands in front.</param>
/// <param name="Id">Its id.</param>
/// <param name="TypeId">Its segment.</param>
/// <param name="Token">Its text.</param>
internal sealed record Padding(int? Length, int? MultipleOf, bool FromLeft, int Id, int TypeId, string Token)
{
    /// <summary>Fills up in place.</summary>
    public void Apply(List<SequenceToken> tokens)
    {
        var wanted = Length ?? tokens.Count;
        if (MultipleOf is > 0 and { } multiple && wanted % multiple != 0)
            wanted += multiple - (wanted % multiple);
        if (wanted <= tokens.Count)
            return;
        var filling = Enumerable.Repeat(new SequenceToken(Id, Token, TypeId, null, null, IsPadding: true), wanted - tokens.Count);
        tokens.InsertRange(FromLeft ? 0 : tokens.Count, filling);
    }
}
