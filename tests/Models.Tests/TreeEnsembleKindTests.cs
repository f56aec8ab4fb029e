using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>Tree ensembles as boosting libraries and forests export them: one stump, x ≤ 0.5 or not.</summary>
public sealed class TreeEnsembleKindTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outputs_BinaryBoostingWithOneScore_AreTwoProbabilities()
    {
        // XGBoost and LightGBM write one raw score under class 0; with two labels it is the log-odds of the second.
        using var session = _folder.Open(Classifier("LOGISTIC", [0, 0], [-2, 3]));

        AssertOutput(session, OutputKind.Probabilities);
        var scores = Run(session);
        Assert.Equal(1 / (1 + Math.Exp(2)), scores[1], 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-3)), scores[3], 1e-6);
        Assert.Equal(1, scores[0] + scores[1], 1e-6);
    }

    [Fact]
    public void Outputs_ForestOfClassShares_AreProbabilities()
    {
        using var session = _folder.Open(Classifier("NONE", [0, 1, 0, 1], [0.8f, 0.2f, 0.1f, 0.9f]));

        AssertOutput(session, OutputKind.Probabilities);
        Assert.Equal([0.8f, 0.2f, 0.1f, 0.9f], Run(session));
    }

    [Fact]
    public void Outputs_RawScoresOfBoosting_AreLogits()
    {
        using var session = _folder.Open(Classifier("NONE", [0, 1, 0, 1], [-1, 1, 2, -2]));

        AssertOutput(session, OutputKind.Logits);
        Assert.Equal([-1, 1, 2, -2], Run(session));
    }

    [Fact]
    public void Outputs_RegressorOfTwoTargets_AreValues()
    {
        var node = Node(
            "TreeEnsembleRegressor",
            ["x"],
            ["y"],
            [.. Stump(), .. Leaves("target", [0, 1, 0, 1], [1, 2, 3, 4]), Attribute("n_targets", 2)]).In("ai.onnx.ml");
        using var session = _folder.Open(Of(node).Input("x", DataType.Float, "N", 1).Output("y", DataType.Float, "N", 2));

        Assert.Equal((OutputKind.Value, 2), (session.Outputs[0].Kind, session.Outputs[0].Width));
        Assert.Equal([1, 2, 3, 4], Run(session));
    }

    private static ModelProto Classifier(string transform, long[] classes, float[] weights) =>
        Of(Node(
                "TreeEnsembleClassifier",
                ["x"],
                ["label", "scores"],
                [.. Stump(), .. Leaves("class", classes, weights), Attribute("classlabels_int64s", 4L, 7), Attribute("post_transform", transform)])
            .In("ai.onnx.ml"))
            .Input("x", DataType.Float, "N", 1).Output("label", DataType.Int64, "N").Output("scores", DataType.Float, "N", 2);

    private static AttributeProto[] Stump() =>
    [
        Attribute("nodes_treeids", 0L, 0, 0),
        Attribute("nodes_nodeids", 0L, 1, 2),
        Attribute("nodes_featureids", 0L, 0, 0),
        Attribute("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF"),
        Attribute("nodes_values", 0.5f, 0, 0),
        Attribute("nodes_truenodeids", 1L, 0, 0),
        Attribute("nodes_falsenodeids", 2L, 0, 0),
    ];

    /// <summary>The weights in file order: first those of the left leaf, then those of the right one.</summary>
    private static AttributeProto[] Leaves(string what, long[] ids, float[] weights) =>
    [
        Attribute($"{what}_treeids", new long[ids.Length]),
        Attribute($"{what}_nodeids", [.. ids.Select((_, i) => i < ids.Length / 2 ? 1L : 2L)]),
        Attribute($"{what}_ids", ids),
        Attribute($"{what}_weights", weights),
    ];

    private static double[] Run(ModelSession session) => session.RunTable([0, 1], 2);

    private static void AssertOutput(ModelSession session, OutputKind kind)
    {
        var output = Assert.Single(session.Outputs);
        Assert.Equal(("scores", kind, 2), (output.Name, output.Kind, output.Width));
        Assert.Equal(["4", "7"], output.ClassLabels.ToArray());
    }
}
