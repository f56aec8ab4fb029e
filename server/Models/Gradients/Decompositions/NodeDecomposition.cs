using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>Replaces nodes of a graph by their decompositions.</summary>
/// <param name="graph">The graph.</param>
internal sealed class NodeDecomposition(WorkingGraph graph) : IDecompositionGraph
{
    /// <summary>Decomposes what can be among some nodes; false when nothing was.</summary>
    /// <param name="graph">The graph; nodes take the places of those they replace.</param>
    /// <param name="among">The nodes that may be replaced.</param>
    /// <param name="wanted">Operators that are decomposed although they have a gradient.</param>
    public static bool Apply(WorkingGraph graph, IReadOnlySet<NodeProto> among, IReadOnlyList<string> wanted)
    {
        var known = new NodeDecomposition(graph);
        var nodes = new List<NodeProto>();
        var changed = false;
        foreach (var node in graph.Model.Graph.Node)
        {
            if (among.Contains(node) && DecompositionCatalog.For(node.Key(), wanted) is { } decomposition)
            {
                var context = new DecompositionContext(node, known);
                if (decomposition.Decompose(context))
                {
                    nodes.AddRange(context.Nodes);
                    changed = true;
                    continue;
                }
            }

            nodes.Add(node);
        }

        if (!changed)
            return false;
        graph.Model.Graph.Node.Clear();
        graph.Model.Graph.Node.AddRange(nodes);
        return true;
    }

    /// <inheritdoc/>
    public string Fresh(string stem) => graph.Fresh(stem);

    /// <inheritdoc/>
    public ImmutableArray<long>? Shape(string tensor) => graph.FactsOf(tensor).Shape;

    /// <inheritdoc/>
    public DataType Type(string tensor) => graph.FactsOf(tensor).Type is var type && type != DataType.Undefined ? type : DataType.Float;

    /// <inheritdoc/>
    public TensorProto? Constant(string tensor)
    {
        if (graph.ValuesOf(tensor) is not { } constant)
            return null;
        return TensorNumbers.Create(tensor, Type(tensor), constant.Values, constant.Shape);
    }

    /// <inheritdoc/>
    public ModelException Refuse(NodeProto node, string why) => GradientFailure.Refused(graph.DisplayName, node, why);

    /// <inheritdoc/>
    public Exception NeedsShapes(NodeProto node, string tensor) => new ShapesNeededException(graph.DisplayName, node, tensor);
}
