using ExplainLsp.Models.Pipelines;

namespace ExplainLsp.Models.Trees;

/// <summary>Finds the trees of a model and reads them, whichever of the three operators holds them.</summary>
internal static class TreeEnsembleReader
{
    public static TreeEnsemble Read(ModelFile file, CancellationToken cancellation)
    {
        var found = file.Nodes.Where(IsTrees).ToArray();
        if (found is not [var outline])
        {
            throw new ModelException(found.Length == 0
                ? $"{file.DisplayName} holds no tree ensemble. Use exact-shap or kernel-shap."
                : $"{file.DisplayName} holds {found.Length} tree ensembles; one is understood. Use exact-shap or kernel-shap.");
        }

        var trace = ColumnTrace.Of(file);
        var inputs = TreeInputs.Of(file, outline);
        var pipeline = inputs is null ? FeaturePipeline.Of(trace, outline.Inputs[0]) : FeaturePipeline.PassingThrough(outline.Inputs[0], inputs.Features);
        var node = trace.Graph.Model.Graph.Node.First(node => IsTrees(node.OpType));
        cancellation.ThrowIfCancellationRequested();
        var attributes = new TreeAttributes(node);
        var raw = node.OpType == "TreeEnsemble" ? RawTrees.OfFlat(attributes) : RawTrees.OfListed(attributes, node.OpType == "TreeEnsembleClassifier");
        return new TreeLayout(file, raw, pipeline, inputs is { RoundsToSingle: true }, cancellation).Build([.. node.Output]);
    }

    /// <summary>Whether a node is one of the three operators.</summary>
    public static bool IsTrees(ModelNode node) => IsTrees(node.Operator);

    private static bool IsTrees(string type) => type is "TreeEnsemble" or "TreeEnsembleClassifier" or "TreeEnsembleRegressor";
}
