namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// The reductions. Elements that share a maximum or minimum share its gradient evenly, as PyTorch's <c>amax</c> does; the product is right
/// where factors are zero.
/// </summary>
internal sealed class ReduceRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } =
    [
        "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare",
        "ReduceProd",
    ];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var (input, output) = (context.Input(0)!, context.Output(0));
        var axes = Axes(context, out var none);
        if (!none && context.Integer("keepdims", 1) == 0)
        {
            gradient = Kept(context, gradient, axes);
            output = Kept(context, output, axes);
        }

        var result = Derivative(context, gradient, input, output, none ? null : Over);
        context.Give(0, result);

        string Over(string type, string tensor) => context.Add(type, [tensor, axes], ("keepdims", 1L));
    }

    // over: a reduction along this node's axes; null when the node reduces nothing and acts element by element.
    private static string Derivative(GradientContext context, string gradient, string input, string output, Func<string, string, string>? over)
    {
        switch (context.Node.OpType)
        {
            case "ReduceSum" or "ReduceMean":
                return over is null
                    ? gradient
                    : Reductions.Spread(context, gradient, input, output, Positions(context, input), context.Node.OpType == "ReduceMean");
            case "ReduceMax" or "ReduceMin":
                if (over is null)
                    return gradient;
                var best = context.Add("Cast", [context.Add("Equal", [input, output])], ("to", (long)context.Type(input)));
                return context.Times(best, context.Over(gradient, over("ReduceSum", best)));
            case "ReduceL1":
                return context.Times(context.Add("Sign", [input]), gradient);
            case "ReduceL2":
                return context.Times(input, context.OverOrZero(gradient, output));
            case "ReduceLogSum":
                return over is null
                    ? context.Over(gradient, input)
                    : context.ExpandedLike(context.Over(gradient, over("ReduceSum", input)), input);
            case "ReduceLogSumExp":
                return context.Times(context.Add("Exp", [context.Minus(input, output)]), gradient);
            case "ReduceSumSquare":
                return context.Times(context.Times(input, 2), gradient);
            default:
                return over is null ? gradient : context.Times(OtherFactors(context, input, over), gradient);
        }
    }

    // For each element the product of all others: by division where no factor is zero, else only the one zero has a slope.
    private static string OtherFactors(GradientContext context, string input, Func<string, string, string> over)
    {
        var (zero, one) = (context.Scalar(0, input), context.Scalar(1, input));
        var isZero = context.Add("Equal", [input, zero]);
        var zeros = over("ReduceSum", context.Add("Cast", [isZero], ("to", (long)context.Type(input))));
        var filled = context.Add("Where", [isZero, one, input]);
        var product = over("ReduceProd", filled);
        var single = context.Add("Where", [context.Add("Equal", [zeros, one]), product, zero]);
        var all = context.Add("Where", [context.Add("Equal", [zeros, zero]), product, zero]);
        return context.Add("Where", [isZero, single, context.Over(all, filled)]);
    }

    private static string Kept(GradientContext context, string tensor, string? axes) =>
        axes is null ? tensor : context.Add("Unsqueeze", [tensor, axes]);

    // The axes from the front; null where they or the rank are not known.
    private static int[]? Positions(GradientContext context, string input)
    {
        if (context.Shape(input) is not { } shape)
            return null;
        if (context.Input(1) is not { } axes)
            return [.. Enumerable.Range(0, shape.Length)];
        return context.Constant(axes) is not { } constant
            ? null
            : constant.Values.Length == 0
                ? [.. Enumerable.Range(0, shape.Length)]
                : [.. constant.Values.Select(axis => Formulas.Axis((long)axis, shape.Length))];
    }

    // The axes as a tensor; null for all of them.
    private static string? Axes(GradientContext context, out bool none)
    {
        none = false;
        if (context.Input(1) is not { } axes)
        {
            none = context.Integer("noop_with_empty_axes", 0) != 0;
            return null;
        }

        var empty = context.Constant(axes) is { } constant ? constant.Values.Length == 0 : context.Shape(axes) is [0];
        if (!empty)
            return axes;
        none = context.Integer("noop_with_empty_axes", 0) != 0;
        return null;
    }
}
