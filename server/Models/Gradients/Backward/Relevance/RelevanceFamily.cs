namespace ExplainLsp.Models.Gradients.Backward.Relevance;

/// <summary>
/// Layer-wise relevance propagation. What flows back is relevance, which starts as the output's own value and is split among what made it.
/// Weighted layers use the rule that was chosen: ε (Bach et al. 2015), γ (Montavon et al. 2019), z⁺ (Montavon et al. 2017), or by depth.
/// All else has one rule: sums, means, pools and affine normalisations split by ε; element-wise non-linear operators pass relevance; maxima
/// give it to the winner; what only moves elements moves it. Two tensors that both carry relevance share that of their product equally, a
/// quotient gives all to its numerator, and Softmax uses its first-order Taylor rule (AttnLRP, Achtibat et al. 2024). Normalisations over a
/// row are decomposed, so that their deviation counts as a constant factor.
/// </summary>
/// <param name="rules">Which, with ε and γ.</param>
internal sealed class RelevanceFamily(BackwardRules rules) : IBackwardFamily
{
    /// <inheritdoc/>
    public bool NeedsReference => false;

    /// <inheritdoc/>
    public bool StartsFromOutput => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Decomposed { get; } =
        ["LayerNormalization", "InstanceNormalization", "GroupNormalization", "RMSNormalization", "MeanVarianceNormalization", "LpNormalization", "LRN"];

    /// <inheritdoc/>
    public bool Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } relevance || !Elementwise.IsStandard(context))
            return false;
        if (Elementwise.IsNonLinear(context))
            return Pass(context, relevance, context.Needs(0) ? 0 : 1);
        switch (context.Node.OpType)
        {
            case "Conv" or "ConvTranspose" or "Gemm" or "MatMul" or "Einsum":
                return Weighted(context, relevance);
            case "Mul":
                return Factors(context, relevance);
            case "Div":
                return Pass(context, relevance, context.Needs(0) ? 0 : 1);
            case "Softmax":
                return Softmax(context, relevance);
            case "LogSoftmax" or "Neg":
                return Pass(context, relevance, 0);
            case "Add" or "Sub" or "Sum" or "Mean" or "AveragePool" or "GlobalAveragePool" or "LpPool" or "GlobalLpPool" or "ReduceSum" or "ReduceMean"
                or "ReduceL1" or "ReduceL2" or "ReduceSumSquare" or "BatchNormalization" or "CumSum" or "Resize" or "Upsample":
                return Proportional.Split(context, relevance, rules.Epsilon);
            default:
                return false;
        }
    }

    private bool Weighted(GradientContext context, string relevance)
    {
        var needed = Enumerable.Range(0, Math.Min(2, context.Node.Input.Count)).Where(context.Needs).ToArray();
        if (needed.Length > 1 || context.Node.OpType == "Einsum")
            return Proportional.Split(context, relevance, rules.Epsilon, 1.0 / Math.Max(needed.Length, 1));
        var kind = needed.Length == 1 ? Kind(context.Position) : BackwardKind.LrpEpsilon;
        return kind switch
        {
            BackwardKind.LrpGamma => SignedContributions.Gamma(context, relevance, needed[0], rules),
            BackwardKind.LrpZPlus => SignedContributions.Positive(context, relevance, needed[0], rules),
            _ => Proportional.Split(context, relevance, rules.Epsilon),
        };
    }

    /// <summary>The composite's rule by depth: the third of the weighted layers next to the input z⁺, the middle third γ, the rest ε.</summary>
    private BackwardKind Kind(double position) => rules.Kind != BackwardKind.LrpComposite ? rules.Kind
        : position < 1.0 / 3 ? BackwardKind.LrpZPlus
        : position < 2.0 / 3 ? BackwardKind.LrpGamma
        : BackwardKind.LrpEpsilon;

    private static bool Pass(GradientContext context, string relevance, int input)
    {
        if (context.Needs(input))
            context.Give(input, context.ReduceTo(relevance, context.Input(input)!));
        return true;
    }

    private static bool Factors(GradientContext context, string relevance)
    {
        if (context.Needs(0) && context.Needs(1))
            relevance = context.Add("Mul", [relevance, context.Scalar(0.5, relevance)]);
        for (var i = 0; i < 2; i++)
            Pass(context, relevance, i);
        return true;
    }

    // x ⊙ (R − s·ΣR); a masked element has x = −∞ and s = 0.
    private static bool Softmax(GradientContext context, string relevance)
    {
        if (!context.Needs(0))
            return true;
        var (x, s) = (context.Input(0)!, context.Output(0));
        var total = context.Add("ReduceSum", [relevance, context.Integers(context.Integer("axis", -1))], ("keepdims", 1L));
        var rest = context.Add("Sub", [relevance, context.Add("Mul", [s, total])]);
        var zero = context.Scalar(0, s);
        var masked = context.Add("Equal", [s, zero]);
        context.Give(0, context.Add("Where", [masked, zero, context.Add("Mul", [x, rest])]));
        return true;
    }
}
