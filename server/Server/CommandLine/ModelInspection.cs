using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What is known of a model without data.</summary>
/// <param name="Path">The model's path, as it is to be shown.</param>
/// <param name="File">The file as read.</param>
/// <param name="Operators">How often each operator stands in the main graph; other domains than ai.onnx are named.</param>
/// <param name="Hierarchy">The modules that node names tell of.</param>
/// <param name="Explained">Outputs that can be explained; empty when the model does not run.</param>
/// <param name="Layers">Inner tensors that <c>--option layer=</c> takes, in graph order; empty when the model does not run or has none.</param>
/// <param name="Warnings">Why it does not run.</param>
internal sealed record ModelInspection(
    string Path, ModelFile File, ImmutableSortedDictionary<string, int> Operators, ImmutableArray<ModelModule> Hierarchy,
    ImmutableArray<SessionOutput> Explained, ImmutableArray<LayerTensor> Layers, ImmutableArray<string> Warnings)
{
    /// <summary>Looks at a model; one that cannot run is described all the same, with a warning.</summary>
    public static ModelInspection Of(string path, ModelFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<SessionOutput> explained = [];
        ImmutableArray<LayerTensor> layers = [];
        ImmutableArray<string> warnings = [];
        try
        {
            using var session = ModelSession.Open(file, ModelSessionOptions.Default);
            explained = session.Outputs;
            layers = LayersOf(session, cancellation);
        }
        catch (ModelException problem)
        {
            warnings = [problem.Message];
        }

        return new ModelInspection(
            path, file,
            file.Nodes.GroupBy(node => node.Domain is "ai.onnx" or "" ? node.Operator : $"{node.Domain}.{node.Operator}")
                .ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            ModelModule.Tree(file.Nodes), explained, layers, warnings);
    }

    private static ImmutableArray<LayerTensor> LayersOf(ModelSession session, CancellationToken cancellation)
    {
        try
        {
            // Rows and at least one more dimension; the outputs are no layers.
            var outputs = session.File.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. session.Layers(cancellation).Where(layer =>
                    layer.ElementType is "float" or "double" or "float16" && layer.Shape.Length > 1 && !outputs.Contains(layer.Name)),
            ];
        }
        catch (ModelException)
        {
            // A model whose inner shapes cannot be found runs all the same.
            return [];
        }
    }
}

/// <summary>A module, as the names of nodes tell: exporters write <c>/encoder/layer.0/attention/MatMul</c>.</summary>
/// <param name="Name">Its name within its parent.</param>
/// <param name="Operators">Nodes in it, those of its modules included.</param>
/// <param name="Modules">The modules in it, in file order.</param>
internal sealed record ModelModule(string Name, int Operators, ImmutableArray<ModelModule> Modules)
{
    /// <summary>The modules at the top; nodes without a path belong to none.</summary>
    public static ImmutableArray<ModelModule> Tree(IEnumerable<ModelNode> nodes) =>
        Level([.. nodes.Select(node => node.Name.Split('/', StringSplitOptions.RemoveEmptyEntries))], 0);

    private static ImmutableArray<ModelModule> Level(IReadOnlyList<string[]> paths, int depth) =>
    [
        .. paths.Where(path => path.Length > depth + 1)
            .GroupBy(path => path[depth], StringComparer.Ordinal)
            .Select(group => new ModelModule(group.Key, group.Count(), Level([.. group], depth + 1))),
    ];
}
