namespace ExplainLsp.Explainers.Trees;

/// <summary>What absent features mean at a leaf: a product game whose Shapley values depend on a row only through its pattern.</summary>
internal interface ILeafGame
{
    /// <summary>The share of the background that reaches the leaf: what its value counts in the base value.</summary>
    double Reach { get; }

    /// <summary>Adds the Shapley values of a leaf of value 1.</summary>
    /// <param name="pattern">One bit a feature of the path: whether the row passes.</param>
    /// <param name="values">One a feature of the path.</param>
    void AddValues(ulong pattern, Span<double> values);

    /// <summary>Adds the Shapley interaction indices (Fujimoto et al. 2006) of all pairs j &lt; k of the path, row by row of the upper triangle, of a leaf of value 1.</summary>
    void AddInteractions(ulong pattern, Span<double> pairs);
}
