namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>MeanVarianceNormalization</c>, y = (x − μ)/s with s = σ + 10⁻⁹: dx = (g − mean(g))/s − (x − μ)·mean(g·(x − μ))/(σ·s²). The axes may
/// hold the batch.
/// </summary>
internal sealed class MeanVarianceNormalizationRule : IGradientRule
{
    private const double Floor = 1e-9;

    public IReadOnlyList<string> Operators { get; } = ["MeanVarianceNormalization"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        var axes = context.IntegerList("axes") ?? [0, 2, 3];
        var deviations = context.Minus(input, context.Mean(input, axes));
        var sigma = context.Add("Sqrt", [context.Mean(context.Times(deviations, deviations), axes)]);
        var divisor = context.Plus(sigma, Floor);
        var direct = context.Over(context.Minus(gradient, context.Mean(gradient, axes)), divisor);
        var along = context.Mean(context.Times(gradient, deviations), axes);
        var factor = context.OverOrZero(along, context.Times(sigma, context.Times(divisor, divisor)));
        context.Give(0, context.Minus(direct, context.Times(deviations, factor)));
    }
}
