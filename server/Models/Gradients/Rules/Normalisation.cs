namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// The derivative that layer, instance and group normalisation share. With x̂ = (x − μ)/σ over some axes:
/// dx = (dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂))/σ; without centring the middle term falls away (Ba et al. 2016; Zhang and Sennrich 2019).
/// </summary>
internal static class Normalisation
{
    /// <summary>x̂ and 1/σ.</summary>
    /// <param name="context">The node.</param>
    /// <param name="input">x.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="centred">Whether μ is taken off.</param>
    /// <param name="axes">The axes that are normalised over.</param>
    public static (string Normalised, string Inverse) Of(GradientContext context, string input, double epsilon, bool centred, long[] axes)
    {
        var deviations = centred ? context.Minus(input, context.Mean(input, axes)) : input;
        var variance = context.Mean(context.Times(deviations, deviations), axes);
        var inverse = context.Add("Reciprocal", [context.Add("Sqrt", [context.Plus(variance, epsilon)])]);
        return (context.Times(deviations, inverse), inverse);
    }

    /// <summary>dx of dx̂.</summary>
    public static string Backward(GradientContext context, string gradient, string normalised, string inverse, bool centred, long[] axes)
    {
        var along = context.Mean(context.Times(gradient, normalised), axes);
        var rest = context.Minus(gradient, context.Times(normalised, along));
        if (centred)
            rest = context.Minus(rest, context.Mean(gradient, axes));
        return context.Times(rest, inverse);
    }
}
