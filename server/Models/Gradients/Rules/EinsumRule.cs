namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// Einsum: the gradient of an operand is the Einsum of the output's gradient with the other operands, transposed to the operand's labels.
/// Labels that only this operand has were summed over: the gradient is the same along them.
/// </summary>
internal sealed class EinsumRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Einsum"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var operands = context.Node.Input.ToArray();
        var ranks = operands.Select(operand => context.Shape(operand)?.Length ?? throw context.NeedsShapes(operand)).ToArray();
        var text = context.Text("equation", string.Empty);
        var equation = EinsumEquation.Parse(text, ranks) ?? throw context.Refuse($"its equation {text} does not fit its inputs");
        if (equation.HasDiagonal)
            throw context.Refuse($"its equation {text} takes a diagonal (a label twice in one operand)");
        for (var i = 0; i < operands.Length; i++)
        {
            if (context.Needs(i))
                context.Give(i, Backward(context, equation, operands, i, gradient));
        }
    }

    private static string Backward(GradientContext context, EinsumEquation equation, string[] operands, int operand, string gradient)
    {
        var labels = equation.Operands[operand];
        var others = Enumerable.Range(0, operands.Length).Where(i => i != operand).ToArray();
        var known = equation.Output + string.Concat(others.Select(i => equation.Operands[i]));
        var kept = string.Concat(labels.Where(known.Contains));
        var transposed = $"{string.Join(',', others.Select(i => equation.Operands[i]).Prepend(equation.Output))}->{kept}";
        var result = context.Add("Einsum", [gradient, .. others.Select(i => operands[i])], ("equation", transposed));
        var missing = Enumerable.Range(0, labels.Length).Where(i => !known.Contains(labels[i])).Select(i => (long)i).ToArray();
        if (missing.Length > 0)
        {
            var unsqueezed = context.Add("Unsqueeze", [result, context.Integers(missing)]);
            result = context.Add("Expand", [unsqueezed, context.ShapeOf(operands[operand])]);
        }

        // A dimension of 1 was broadcast against the other operands.
        return context.ReduceTo(result, operands[operand]);
    }
}
