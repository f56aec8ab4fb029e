namespace ExplainLsp.Models.Gradients.Backward.Relevance;

/// <summary>The ε rule for any operator that is linear, or homogeneous, in what it sums: R_in = x ⊙ ∂z/∂x · R/(z + ε·sign z), bias counted in z.</summary>
internal static class Proportional
{
    /// <summary>Splits relevance among the inputs in proportion to what they contribute.</summary>
    /// <param name="context">The node.</param>
    /// <param name="relevance">The relevance of its output.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="share">The part that each input's contributions stand for: a half where two factors share a product.</param>
    public static bool Split(GradientContext context, string relevance, double epsilon, double share = 1)
    {
        // A sum of squares is homogeneous of degree two.
        if (context.Node.OpType == "ReduceSumSquare")
            share /= 2;
        if (share != 1)
            relevance = context.Add("Mul", [relevance, context.Scalar(share, relevance)]);
        var parts = context.Plain([Divided(context, relevance, context.Output(0), epsilon)]);
        for (var i = 0; i < context.Node.Input.Count; i++)
        {
            if (context.Needs(i) && parts[i] is { } part)
                context.Give(i, context.Add("Mul", [context.Input(i), part]));
        }

        return true;
    }

    /// <summary>R/(z + ε·sign z), the sign of zero being positive.</summary>
    public static string Divided(GradientContext context, string relevance, string z, double epsilon)
    {
        var push = context.Scalar(epsilon, z);
        var sign = context.Add("Where", [context.Add("Less", [z, context.Scalar(0, z)]), context.Scalar(-epsilon, z), push]);
        return context.Add("Div", [relevance, context.Add("Add", [z, sign])]);
    }
}
