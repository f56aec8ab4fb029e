namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>Pad</c>: with a constant the gradient loses its margin again (a pad by the negative amounts); reflected, repeated or wrapped elements
/// add up at the element that they are copies of.
/// </summary>
internal sealed class PadRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Pad"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !(context.Needs(0) || (context.Input(2) is not null && context.Needs(2))))
            return;
        var input = context.Input(0)!;
        var mode = context.Text("mode", "constant");
        if (mode != "constant")
        {
            if (context.Needs(0))
                context.Give(0, Copies(context, gradient, input, mode));
            return;
        }

        var back = context.Constant(context.Input(1)!) is { } pads
            ? context.Integers([.. pads.Values.Select(pad => -(long)pad)])
            : context.Add("Neg", [context.Input(1)!]);
        var inner = context.Add("Pad", [gradient, back, null, context.Input(3)]);
        if (context.Needs(0))
            context.Give(0, inner);
        if (context.Input(2) is { } value && context.Needs(2))
        {
            var margin = context.Minus(context.Add("ReduceSum", [gradient], ("keepdims", 0L)), context.Add("ReduceSum", [inner], ("keepdims", 0L)));
            context.Give(2, context.ShapedLike(margin, value));
        }
    }

    private static string Copies(GradientContext context, string gradient, string input, string mode)
    {
        var numbers = context.Add("Pad", [context.Numbered(input), context.Input(1), null, context.Input(3)], ("mode", mode));
        return context.Scattered(gradient, numbers, input, add: true);
    }
}
