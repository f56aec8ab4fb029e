namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>Transpose</c>: by the inverse permutation.</summary>
internal sealed class TransposeRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Transpose"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        if (context.IntegerList("perm") is not { } permutation)
        {
            // Left out it reverses all axes, which is its own inverse.
            context.Give(0, context.Add("Transpose", [gradient]));
            return;
        }

        var inverse = new long[permutation.Length];
        for (var axis = 0; axis < permutation.Length; axis++)
            inverse[permutation[axis]] = axis;
        context.Give(0, context.Add("Transpose", [gradient], ("perm", inverse)));
    }
}
