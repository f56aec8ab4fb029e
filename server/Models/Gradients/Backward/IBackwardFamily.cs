namespace ExplainLsp.Models.Gradients.Backward;

/// <summary>A family of modified backward rules: a gradient method is a choice of rules on one machinery.</summary>
internal interface IBackwardFamily
{
    /// <summary>Whether the family compares with a reference: the engine then carries a second forward pass on references.</summary>
    bool NeedsReference { get; }

    /// <summary>Whether what flows back is relevance, which starts as the output's own value, instead of a derivative, which starts as one.</summary>
    bool StartsFromOutput { get; }

    /// <summary>Operators that the family's rules cannot treat whole; they are decomposed before.</summary>
    IReadOnlyList<string> Decomposed { get; }

    /// <summary>Treats a node by a modified rule.</summary>
    /// <returns>Whether it did; otherwise the plain gradient rule is used.</returns>
    bool Differentiate(GradientContext context);
}
