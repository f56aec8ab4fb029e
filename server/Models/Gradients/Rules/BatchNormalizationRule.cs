namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>BatchNormalization</c> at inference: an affine function of each channel, its statistics given.</summary>
internal sealed class BatchNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["BatchNormalization"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        if (context.Integer("training_mode", 0) != 0)
            throw context.Refuse("it is in training mode, where every sample depends on the whole batch; export the model for inference");
        var rank = context.Rank(context.Input(0)!);
        var slope = Slope(context, rank);
        if (context.Needs(0))
            context.Give(0, context.Times(gradient, slope));
        if (context.Needs(2))
            context.Give(2, PerChannel(context, gradient, rank));
        if (context.Needs(1) || context.Needs(3) || context.Needs(4))
            Statistics(context, gradient, slope, rank);
    }

    private static void Statistics(GradientContext context, string gradient, string slope, int rank)
    {
        var variance = context.Plus(context.Input(4)!, context.Number("epsilon", 1e-5f));
        var centred = context.Minus(context.Input(0)!, Broadcast(context, context.Input(3)!, rank));
        var product = PerChannel(context, context.Times(gradient, centred), rank);
        if (context.Needs(1))
            context.Give(1, context.Over(product, context.Add("Sqrt", [variance])));
        if (context.Needs(3))
            context.Give(3, context.Add("Neg", [PerChannel(context, context.Times(gradient, slope), rank)]));
        if (context.Needs(4))
        {
            var scaled = context.Times(context.Times(product, context.Input(1)!), -0.5);
            context.Give(4, context.Times(scaled, context.Power(variance, -1.5)));
        }
    }

    // scale / √(variance + ε), shaped to broadcast over batch and positions.
    private static string Slope(GradientContext context, int rank)
    {
        var epsilon = context.Number("epsilon", 1e-5f);
        if (context.Constant(context.Input(1)!) is { } scale && context.Constant(context.Input(4)!) is { } variance)
        {
            var values = scale.Values.Select((value, channel) => value / Math.Sqrt(variance.Values[channel] + epsilon)).ToArray();
            return context.Numbers(values, [values.Length, .. Enumerable.Repeat(1L, Math.Max(rank - 2, 0))], context.Input(0)!);
        }

        var deviation = context.Add("Sqrt", [context.Plus(context.Input(4)!, epsilon)]);
        return Broadcast(context, context.Over(context.Input(1)!, deviation), rank);
    }

    private static string Broadcast(GradientContext context, string channels, int rank) =>
        rank <= 2 ? channels : context.Add("Unsqueeze", [channels, context.Integers([.. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)])]);

    private static string PerChannel(GradientContext context, string tensor, int rank) =>
        context.Add(
            "ReduceSum",
            [tensor, context.Integers([0, .. Enumerable.Range(2, Math.Max(rank - 2, 0)).Select(axis => (long)axis)])],
            ("keepdims", 0L));
}
