using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;

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

        var sources = TreeInputs.Of(file, outline);
        var node = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file.Path)).Graph.Node.First(node => IsTrees(node.OpType));
        cancellation.ThrowIfCancellationRequested();
        var attributes = new TreeAttributes(node);
        var raw = node.OpType == "TreeEnsemble" ? RawTrees.OfFlat(attributes) : RawTrees.OfListed(attributes, node.OpType == "TreeEnsembleClassifier");
        return new TreeLayout(file, raw, sources.Length, cancellation).Build(sources, [.. node.Output]);
    }

    private static bool IsTrees(string type) => type is "TreeEnsemble" or "TreeEnsembleClassifier" or "TreeEnsembleRegressor";
}

/// <summary>Which columns of which inputs the trees look at.</summary>
internal static class TreeInputs
{
    /// <exception cref="ModelException">Something stands between the inputs and the trees that changes values or their order.</exception>
    public static ImmutableArray<TreeFeature> Of(ModelFile file, ModelNode trees)
    {
        var graph = new Running.GraphTrace(file);
        var sources = ImmutableArray.CreateBuilder<TreeFeature>();
        Add(trees.Inputs[0]);
        return sources.ToImmutable();

        void Add(string tensor)
        {
            tensor = graph.Original(tensor);
            for (var i = 0; i < file.Inputs.Length; i++)
            {
                if (file.Inputs[i].Name != tensor)
                    continue;
                var width = file.Inputs[i].Shape is [_, .. var rest] && int.TryParse(rest.LastOrDefault() ?? "1", out var columns)
                    ? columns : throw Between($"{tensor} does not declare its columns");
                for (var column = 0; column < width; column++)
                    sources.Add(new TreeFeature(i, column));
                return;
            }

            if (graph.Writer(tensor) is not { Operator: "Concat" or "FeatureVectorizer" } concat)
                throw Between($"{graph.Writer(tensor)?.Operator ?? "a constant"} changes the columns");
            foreach (var part in concat.Inputs)
                Add(part);
        }

        ModelException Between(string what) => new(
            $"The trees of {file.DisplayName} do not see its inputs as they are: {what}. Use exact-shap or kernel-shap.");
    }
}
