namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>
/// An operator written as simpler standard ones that compute the same numbers, before the graph is differentiated. One class an operator or
/// family, registered once in <see cref="DecompositionCatalog"/>.
/// </summary>
internal interface IDecomposition
{
    /// <summary>The operators it knows: <c>LSTM</c>; of another domain <c>com.microsoft.FusedMatMul</c>.</summary>
    IReadOnlyList<string> Operators { get; }

    /// <summary>Adds the nodes that take the node's place and gives each of its outputs.</summary>
    /// <returns>Whether it was decomposed; the node stays as it is where not.</returns>
    bool Decompose(DecompositionContext context);
}
