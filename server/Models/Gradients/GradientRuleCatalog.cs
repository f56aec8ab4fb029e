using System.Collections.Frozen;
using ExplainLsp.Models.Gradients.Rules;

namespace ExplainLsp.Models.Gradients;

/// <summary>All gradient rules. A new one is a new file and one line here.</summary>
internal static class GradientRuleCatalog
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<IGradientRule> All { get; } =
    [
        new ActivationRule(),
        new CastRule(),
        new ClipRule(),
        new ExtremeRule(),
        new FunctionRule(),
        new ParametricReluRule(),
        new PowerRule(),
        new RemainderRule(),
        new SoftmaxRule(),
        new StepRule(),
        new WhereRule(),
        new GemmRule(),
        new IdentityRule(),
        new MatMulRule(),
        new ProductRule(),
        new ReluRule(),
        new SumRule(),
        new AveragePoolRule(),
        new BatchNormalizationRule(),
        new CastLikeRule(),
        new ConcatRule(),
        new ConvRule(),
        new ConvTransposeRule(),
        new DepthToSpaceRule(),
        new ExpandRule(),
        new GlobalPoolRule(),
        new GridSampleRule(),
        new GroupNormalizationRule(),
        new InstanceNormalizationRule(),
        new LayerNormalizationRule(),
        new LocalResponseNormalizationRule(),
        new LpNormalizationRule(),
        new LpPoolRule(),
        new MaxPoolRule(),
        new MeanVarianceNormalizationRule(),
        new PadRule(),
        new ReduceRule(),
        new ReshapeRule(),
        new ResizeRule(),
        new ShapeOnlyRule(),
        new SliceRule(),
        new SplitRule(),
        new TransposeRule(),
        new TriluRule(),
        new CumSumRule(),
        new EinsumRule(),
        new GatherElementsRule(),
        new GatherNDRule(),
        new GatherRule(),
        new IfRule(),
        new NoGradientRule(),
        new QuantizationRule(),
        new ScatterElementsRule(),
        new ScatterNDRule(),
        new TopKRule(),
    ];

    private static readonly FrozenDictionary<string, IGradientRule> ByOperator =
        All.SelectMany(rule => rule.Operators.Select(type => (type, rule))).ToFrozenDictionary(pair => pair.type, pair => pair.rule, StringComparer.Ordinal);

    /// <summary>The rule of an operator, with its domain where it is not the default one; null when there is none.</summary>
    public static IGradientRule? Find(string type) => ByOperator.GetValueOrDefault(type);
}
