using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>Reads and writes nodes of the file format.</summary>
internal static class GraphNodes
{
    /// <summary>The operator with its domain where that is not the default one: <c>com.microsoft.Gelu</c>.</summary>
    public static string Key(this NodeProto node) => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    /// <summary>The tensors that a node reads, those that its subgraphs take from outside included.</summary>
    public static IEnumerable<string> Reads(this NodeProto node)
    {
        var named = node.Input.Where(input => input.Length > 0);
        var graphs = node.Attribute.SelectMany(Graphs).ToArray();
        return graphs.Length == 0 ? named : named.Concat(graphs.SelectMany(Captured)).Distinct();
    }

    /// <summary>The subgraphs of an attribute.</summary>
    public static IEnumerable<GraphProto> Graphs(AttributeProto attribute) => attribute.G is { } one ? [one, .. attribute.Graphs] : attribute.Graphs;

    /// <summary>The tensors that a subgraph takes from outside.</summary>
    public static IEnumerable<string> Captured(GraphProto graph)
    {
        var own = graph.Input.Select(value => value.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values.Name))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(Reads).Concat(graph.Output.Select(value => value.Name)).Where(name => !own.Contains(name)).Distinct();
    }

    /// <summary>The attribute of this name; null when it is left out.</summary>
    public static AttributeProto? Find(this NodeProto node, string name)
    {
        foreach (var attribute in node.Attribute)
        {
            if (attribute.Name == name)
                return attribute;
        }

        return null;
    }
}
