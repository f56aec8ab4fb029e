namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>Expand</c> and <c>Tile</c>: the gradients of the copies are added up.</summary>
internal sealed class ExpandRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Expand", "Tile"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        context.Give(0, context.Node.OpType == "Expand" ? context.ReduceTo(gradient, input) : Untiled(context, gradient, input));
    }

    // The gradient seen as [repeats₀, size₀, repeats₁, size₁, …], summed over the repeats.
    private static string Untiled(GradientContext context, string gradient, string input)
    {
        var rank = context.Rank(input);
        var repeats = context.Add("Unsqueeze", [context.Input(1)!, context.Integers(1)]);
        var sizes = context.Add("Unsqueeze", [context.ShapeOf(input), context.Integers(1)]);
        var pairs = context.Add("Reshape", [context.Add("Concat", [repeats, sizes], ("axis", 1L)), context.Integers(-1)]);
        var split = context.Add("Reshape", [gradient, pairs], ("allowzero", 1L));
        var axes = context.Integers([.. Enumerable.Range(0, rank).Select(axis => 2L * axis)]);
        return context.Add("ReduceSum", [split, axes], ("keepdims", 0L));
    }
}
