using ExplainLsp.Models.Pipelines;

namespace ExplainLsp.Models.Trees;

/// <summary>Finds the trees of a model and reads them, whichever of the three operators holds them.</summary>
internal static class TreeEnsembleReader
{
    public static TreeEnsemble Read(ModelFile file, CancellationToken cancellation)
    {
        var found = file.Nodes.Where(node => IsTrees(node.Operator)).ToArray();
        if (found is not [var outline])
        {
            throw new ModelException(found.Length == 0
                ? $"{file.DisplayName} holds no tree ensemble. Use exact-shap or kernel-shap."
                : $"{file.DisplayName} holds {found.Length} tree ensembles; one is understood. Use exact-shap or kernel-shap.");
        }

        var trace = ColumnTrace.Of(file);
        var pipeline = FeaturePipeline.Of(trace, outline.Inputs[0]);
        var node = trace.Graph.Model.Graph.Node.First(node => IsTrees(node.OpType));
        cancellation.ThrowIfCancellationRequested();
        var attributes = new TreeAttributes(node);
        var raw = node.OpType == "TreeEnsemble" ? RawTrees.OfFlat(attributes) : RawTrees.OfListed(attributes, node.OpType == "TreeEnsembleClassifier");
        return new TreeLayout(file, raw, pipeline, cancellation).Build([.. node.Output]);
    }

    private static bool IsTrees(string type) => type is "TreeEnsemble" or "TreeEnsembleClassifier" or "TreeEnsembleRegressor";
}
