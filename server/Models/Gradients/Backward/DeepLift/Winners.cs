namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>
/// Maxima and minima, as Captum and SHAP treat max pooling, with overlapping windows added up. Where the maximum grew, the input's winner
/// grew at least as much and takes the change; where it shrank, the reference's winner shrank at least as much and takes it. So no quotient
/// is larger than one, and the changes add up.
/// </summary>
internal static class Winners
{
    /// <summary>Treats a maximum or minimum over a window, a dimension, or several tensors.</summary>
    public static bool Differentiate(GradientContext context, string multiplier, bool largest)
    {
        var output = context.Output(0);
        if (!context.Differs(output))
            return false;
        var change = context.Difference(output);
        var zero = context.Scalar(0, output);
        var grown = context.Add("Mul", [multiplier, context.Add("Max", [change, zero])]);
        var shrunk = context.Add("Mul", [multiplier, context.Add("Min", [change, zero])]);
        var here = context.Plain([largest ? grown : shrunk]);
        var there = context.Pullback(context.ReferenceNode, [largest ? shrunk : grown]);
        var plain = context.Plain([multiplier]);
        for (var i = 0; i < context.Node.Input.Count; i++)
        {
            if (!context.Needs(i) || here[i] is not { } mine || there[i] is not { } theirs)
                continue;
            context.Give(i, context.Multiplier(context.Add("Add", [mine, theirs]), context.Input(i)!, plain[i]));
        }

        return true;
    }
}
