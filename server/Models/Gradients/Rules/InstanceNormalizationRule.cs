namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>InstanceNormalization</c> (Ulyanov et al. 2016): each channel of each sample by itself.</summary>
internal sealed class InstanceNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["InstanceNormalization"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var rank = context.Rank(context.Input(0)!);
        var axes = Enumerable.Range(2, rank - 2).Select(axis => (long)axis).ToArray();
        var (normalised, inverse) = Normalisation.Of(context, context.Input(0)!, context.Number("epsilon", 1e-5f), centred: true, axes);
        var channelsOnly = context.Integers([0, .. axes]);
        if (context.Needs(0))
        {
            var scale = axes.Length == 0
                ? context.Input(1)!
                : context.Add("Unsqueeze", [context.Input(1)!, context.Integers([.. axes.Select(axis => axis - 1)])]);
            context.Give(0, Normalisation.Backward(context, context.Times(gradient, scale), normalised, inverse, centred: true, axes));
        }

        if (context.Needs(1))
            context.Give(1, context.Add("ReduceSum", [context.Times(gradient, normalised), channelsOnly], ("keepdims", 0L)));
        if (context.Needs(2))
            context.Give(2, context.Add("ReduceSum", [gradient, channelsOnly], ("keepdims", 0L)));
    }
}
