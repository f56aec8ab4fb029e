namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>LayerNormalization</c> (Ba et al. 2016), and without centring <c>RMSNormalization</c> and ONNX Runtime's <c>SimplifiedLayerNormalization</c>.</summary>
internal sealed class LayerNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization"];

    public void Differentiate(GradientContext context)
    {
        for (var output = 1; output < context.Node.Output.Count; output++)
        {
            if (context.Node.Output[output].Length > 0 && context.Gradient(output) is not null)
                throw context.Refuse("its statistics are used as outputs, and only the normalised output has a gradient here");
        }

        if (context.Gradient(0) is not { } gradient)
            return;
        var (input, scale) = (context.Input(0)!, context.Input(1));
        var rank = context.Rank(input);
        var first = Formulas.Axis(context.Integer("axis", -1), rank);
        var axes = Enumerable.Range(first, rank - first).Select(axis => (long)axis).ToArray();
        var centred = context.Node.OpType == "LayerNormalization";
        if (context.Needs(0) || (scale is not null && context.Needs(1)))
        {
            var (normalised, inverse) = Normalisation.Of(context, input, context.Number("epsilon", 1e-5f), centred, axes);
            if (scale is not null && context.Needs(1))
                context.Give(1, context.ReduceTo(context.Times(gradient, normalised), scale));
            if (context.Needs(0))
            {
                var scaled = scale is null ? gradient : context.Times(gradient, scale);
                context.Give(0, Normalisation.Backward(context, scaled, normalised, inverse, centred, axes));
            }
        }

        if (centred && context.Input(2) is { } bias && context.Needs(2))
            context.Give(2, context.ReduceTo(gradient, bias));
    }
}
