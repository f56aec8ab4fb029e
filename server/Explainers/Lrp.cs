using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// Layer-wise relevance propagation (Bach et al. 2015): the output's value is handed back layer by layer in proportion to what made it.
/// Rules: ε (Bach et al. 2015), γ and the composite by depth (Montavon et al. 2019), z⁺ (Montavon et al. 2017). What biases contributed is
/// lost on the way, so the sum may miss the output; the gap says by how much.
/// </summary>
public sealed class Lrp : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "lrp";

    /// <inheritdoc/>
    public override string Title => "LRP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("rule", "epsilon", "epsilon, gamma, z-plus, or composite: z-plus near the input, gamma in the middle, epsilon near the output."),
        new("epsilon", "1e-9", "What is added to denominators of the epsilon rule, in the unit of activations, 0 to 1,000,000."),
        new("gamma", "0.25", "How much more positive contributions count in the gamma rule, 0 to 1,000."),
    ];

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        BackwardKind kind = options.Word("rule", "epsilon", "epsilon", "gamma", "z-plus", "composite") switch
        {
            "gamma" => BackwardKind.LrpGamma,
            "z-plus" => BackwardKind.LrpZPlus,
            "composite" => BackwardKind.LrpComposite,
            _ => BackwardKind.LrpEpsilon,
        };
        var rules = new BackwardRules(kind, options.Number("epsilon", 1e-9, 0, 1e6), options.Number("gamma", 0.25, 0, 1e3));
        return new GradientAttributor(run.Question, rules, null, (relevance, _) => relevance);
    }

    private protected override Explanation Compute(GradientRun run)
    {
        AttributionRows rows = Attributor(run, run.Options).Attribute(run.Point.Values, 1);
        run.Report(1, 1);
        return run.Tell(rows, addsUpTo: run.Predicted, remedy: "Biases keep what they contributed. Use integrated-gradients or deep-lift for contributions that add up.");
    }
}
