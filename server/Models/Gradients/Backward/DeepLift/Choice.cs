namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>
/// Where, when input and reference may choose differently: the change of the output is split between both candidates in proportion to how
/// much each of them changed. Where both choose the same, the chosen one takes the multiplier.
/// </summary>
internal static class Choice
{
    /// <summary>Treats a Where node.</summary>
    /// <returns>Whether a modified rule was needed.</returns>
    public static bool Differentiate(GradientContext context, string multiplier)
    {
        var condition = context.Input(0)!;
        if (!context.Differs(condition))
            return false;
        var output = context.Output(0);
        var same = context.Add("Equal", [condition, context.Reference(condition)]);
        var change = context.Add("Mul", [multiplier, context.Difference(output)]);
        var (first, second) = (Change(context, 1), Change(context, 2));
        var total = context.Add("Add", [context.Add("Abs", [first]), context.Add("Abs", [second])]);
        var tiny = context.Add("Less", [total, context.Scalar(Differences.Threshold, output)]);
        var share = context.Add("Div", [change, context.Add("Where", [tiny, context.Scalar(1, output), total])]);
        share = context.Add("Where", [tiny, context.Scalar(0, output), share]);
        for (var i = 1; i <= 2; i++)
        {
            if (!context.Needs(i))
                continue;
            var zero = context.Scalar(0, output);
            var chosen = i == 1 ? context.Add("Where", [condition, multiplier, zero]) : context.Add("Where", [condition, zero, multiplier]);
            var signed = context.Add("Mul", [share, context.Add("Sign", [i == 1 ? first : second])]);
            context.Give(i, context.ReduceTo(context.Add("Where", [same, chosen, signed]), context.Input(i)!));
        }

        return true;
    }

    private static string Change(GradientContext context, int input)
    {
        var tensor = context.Input(input)!;
        return context.Differs(tensor) ? context.Difference(tensor) : context.Scalar(0, tensor);
    }
}
