namespace ExplainLsp.Models.Gradients;

/// <summary>The derivative of an operator, written as standard ONNX operators. One small class an operator or family, registered once in <see cref="GradientRuleCatalog"/>.</summary>
internal interface IGradientRule
{
    /// <summary>The operators it knows: <c>Relu</c>; of another domain <c>com.microsoft.Gelu</c>.</summary>
    IReadOnlyList<string> Operators { get; }

    /// <summary>
    /// Adds nodes that compute the gradients of the node's inputs from those of its outputs, and gives them to
    /// <see cref="GradientContext.Give"/>. Only inputs that <see cref="GradientContext.Needs"/> are asked for.
    /// </summary>
    void Differentiate(GradientContext context);
}
