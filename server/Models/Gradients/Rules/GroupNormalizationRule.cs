namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>GroupNormalization</c> (Wu and He 2018). Until opset 20 scale and bias have one value a group, from 21 on one a channel; the length of
/// the scale tells them apart.
/// </summary>
internal sealed class GroupNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["GroupNormalization"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (input, scale) = (context.Input(0)!, context.Input(1)!);
        var shape = context.Shape(input) ?? throw context.NeedsShapes(input);
        if (shape[1] < 0)
            throw context.NeedsShapes(input);
        var groups = context.Integer("num_groups", 1);
        var length = context.Opset >= 21 ? shape[1] : groups;

        // [N, groups, channels a group, positions]
        var split = context.Integers(0, groups, shape[1] / groups, -1);
        var grouped = context.Add("Reshape", [input, split]);
        var arriving = context.Add("Reshape", [gradient, split]);
        var broadcast = length == groups ? context.Integers(groups, 1, 1) : context.Integers(groups, shape[1] / groups, 1);
        var (normalised, inverse) = Normalisation.Of(context, grouped, context.Number("epsilon", 1e-5f), centred: true, [2, 3]);
        if (context.Needs(0))
        {
            var scaled = context.Times(arriving, context.Add("Reshape", [scale, broadcast]));
            context.Give(0, context.ShapedLike(Normalisation.Backward(context, scaled, normalised, inverse, centred: true, [2, 3]), input));
        }

        long[] rest = length == groups ? [0, 2, 3] : [0, 3];
        if (context.Needs(1))
            context.Give(1, context.ShapedLike(context.Sum(context.Times(arriving, normalised), rest), scale));
        if (context.Needs(2))
            context.Give(2, context.ShapedLike(context.Sum(arriving, rest), context.Input(2)!));
    }
}
