namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>
/// Softmax, LogSoftmax and ReduceLogSumExp. L(x) = ln Σ exp(x) is exp by the rescale rule, a sum, and ln by the rescale rule; Softmax is
/// exp(x − L) by the rescale rule. exp is taken relative to the larger maximum of input and reference, so that nothing overflows.
/// </summary>
internal static class Exponentials
{
    // Below this the derivative half-way is nearer to the quotient than its rounding in single precision.
    private const double Near = 1e-3;

    /// <summary>Treats the node.</summary>
    public static bool Differentiate(GradientContext context, string multiplier)
    {
        if (!context.Needs(0))
            return true;
        var x = context.Input(0)!;
        if (!context.Differs(x))
            return false;
        if (context.Node.OpType == "ReduceLogSumExp")
        {
            var dimensions = context.Input(1) ?? throw context.Refuse("it sums over all dimensions at once, which DeepLIFT's rule does not treat here");
            var whole = context.Integer("keepdims", 1) == 1 ? multiplier : context.Add("Unsqueeze", [multiplier, dimensions]);
            context.Give(0, context.Add("Mul", [whole, Multipliers(context, x, dimensions)]));
            return true;
        }

        var axes = context.Integers(context.Integer("axis", -1));
        if (context.Node.OpType == "Softmax")
            multiplier = Rescaled(context, multiplier, x, axes);

        // y = x − L, so x takes the multiplier itself and, through L, its sum with the sign turned.
        var total = context.Add("ReduceSum", [multiplier, axes], ("keepdims", 1L));
        context.Give(0, context.Add("Sub", [multiplier, context.Add("Mul", [total, Multipliers(context, x, axes)])]));
        return true;
    }

    /// <summary>The rescale rule at exp(u), u = x − L.</summary>
    private static string Rescaled(GradientContext context, string multiplier, string x, string axes)
    {
        var y = context.Output(0);
        var u = context.Add("Sub", [x, Logarithm(context, x, axes)]);
        var reference = context.Reference(x);
        var other = context.Add("Sub", [reference, Logarithm(context, reference, axes)]);
        var ratio = context.Quotient(context.Difference(y), context.Add("Sub", [u, other]), ExpBetween(context, u, other), context.Scalar(Near, y));
        return context.Add("Mul", [multiplier, ratio]);
    }

    /// <summary>The multipliers of L with respect to x.</summary>
    private static string Multipliers(GradientContext context, string x, string axes)
    {
        var reference = context.Reference(x);
        var near = context.Scalar(Near, x);
        var top = context.Add("ReduceMax", [context.Add("Max", [x, reference]), axes], ("keepdims", 1L));
        var (u, other) = (context.Add("Sub", [x, top]), context.Add("Sub", [reference, top]));
        var (e, before) = (context.Add("Exp", [u]), context.Add("Exp", [other]));
        var rise = context.Quotient(context.Add("Sub", [e, before]), context.Add("Sub", [u, other]), ExpBetween(context, u, other), near);

        var (sum, sumBefore) = (Sum(context, e, axes), Sum(context, before, axes));
        var change = context.Add("Sub", [Logarithm(context, x, axes), Logarithm(context, reference, axes)]);
        var total = context.Add("Add", [sum, sumBefore]);
        var halfway = context.Add("Div", [context.Scalar(2, x), total]);
        var slope = context.Quotient(change, context.Add("Sub", [sum, sumBefore]), halfway, context.Add("Mul", [near, total]));
        return context.Add("Mul", [rise, slope]);
    }

    /// <summary>L, without overflow.</summary>
    private static string Logarithm(GradientContext context, string x, string axes)
    {
        var top = context.Add("ReduceMax", [x, axes], ("keepdims", 1L));
        var sum = Sum(context, context.Add("Exp", [context.Add("Sub", [x, top])]), axes);
        return context.Add("Add", [context.Add("Log", [sum]), top]);
    }

    private static string ExpBetween(GradientContext context, string u, string other) =>
        context.Add("Exp", [context.Add("Mul", [context.Add("Add", [u, other]), context.Scalar(0.5, u)])]);

    private static string Sum(GradientContext context, string x, string axes) => context.Add("ReduceSum", [x, axes], ("keepdims", 1L));
}
