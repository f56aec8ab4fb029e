namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>
/// DeepLIFT with the rescale rule (Shrikumar et al. 2017, section 3.5.1). What flows back are multipliers m with Σ m·(x − reference) =
/// f(x) − f(reference). Linear operators pass them as they pass gradients; element-wise non-linear ones by Δout/Δin; products and
/// quotients of two tensors that both differ from their reference by the midpoint rule, which splits Δ(a·b) = ā·Δb + b̄·Δa without rest;
/// maxima by the winners of input and reference; Softmax as exp divided by a sum. Normalisations over a row are decomposed into these.
/// </summary>
internal sealed class DeepLiftFamily : IBackwardFamily
{
    /// <inheritdoc/>
    public bool NeedsReference => true;

    /// <inheritdoc/>
    public bool StartsFromOutput => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Decomposed { get; } =
    [
        "LayerNormalization", "InstanceNormalization", "GroupNormalization", "RMSNormalization", "MeanVarianceNormalization", "LpNormalization", "LRN",
        "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum",
    ];

    /// <inheritdoc/>
    public bool Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } multiplier || !Elementwise.IsStandard(context))
            return false;
        if (Elementwise.IsNonLinear(context))
            return Rescale(context, multiplier);
        switch (context.Node.OpType)
        {
            case "Mul" or "MatMul" or "Gemm" or "Conv" or "ConvTranspose" or "Einsum":
                return Midpoint.Product(context, multiplier);
            case "Div":
                return Midpoint.Quotient(context, multiplier);
            case "MaxPool" or "GlobalMaxPool" or "ReduceMax" or "Max":
                return Winners.Differentiate(context, multiplier, largest: true);
            case "ReduceMin" or "Min":
                return Winners.Differentiate(context, multiplier, largest: false);
            case "Where":
                return Choice.Differentiate(context, multiplier);
            case "Softmax" or "LogSoftmax" or "ReduceLogSumExp":
                return Exponentials.Differentiate(context, multiplier);
            case "TopK" or "ReduceProd" or "LpPool" or "GlobalLpPool":
                context.Warn($"{context.Node.OpType} has no DeepLIFT rule that adds up; its gradient is used, and the attributions need not sum to the difference.");
                return false;
            default:
                return false;
        }
    }

    private static bool Rescale(GradientContext context, string multiplier)
    {
        for (var i = 1; i < context.Node.Input.Count; i++)
        {
            if (context.Needs(i))
            {
                context.Warn($"{context.Node.OpType} with a computed parameter has no DeepLIFT rule that adds up; its gradient is used, and the attributions need not sum to the difference.");
                return false;
            }
        }

        if (!context.Needs(0))
            return true;
        var input = context.Input(0)!;
        var change = context.ReduceTo(context.Add("Mul", [multiplier, context.Difference(context.Output(0))]), input);
        var threshold = Slope.Threshold(context);
        context.Give(0, context.Multiplier(change, input, Slope.Of(context, multiplier), threshold));
        return true;
    }
}
