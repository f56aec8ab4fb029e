using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>A second forward pass, on references (DeepLIFT): every node that depends on an input is copied once.</summary>
internal sealed class ReferencePass
{
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeProto, NodeProto> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <param name="graph">The graph; inputs for references and copies of nodes are added to it.</param>
    /// <param name="inputs">The graph's inputs that are given references, with what they are called there.</param>
    /// <param name="nodes">The nodes that the output needs, in the order in which they run.</param>
    public ReferencePass(WorkingGraph graph, IReadOnlyDictionary<string, string> inputs, IReadOnlyList<NodeProto> nodes)
    {
        foreach (var (input, reference) in inputs)
            _references.Add(input, reference);
        foreach (var node in nodes)
        {
            if (!node.Reads().Any(_references.ContainsKey))
                continue;
            var copy = node.Clone();
            for (var i = 0; i < copy.Input.Count; i++)
                copy.Input[i] = Reference(copy.Input[i]);
            foreach (var inner in copy.Attribute.SelectMany(GraphNodes.Graphs))
                Rename(inner);
            for (var i = 0; i < copy.Output.Count; i++)
            {
                if (copy.Output[i].Length == 0)
                    continue;
                copy.Output[i] = graph.Fresh($"reference/{copy.Output[i]}");
                _references[node.Output[i]] = copy.Output[i];
                graph.Facts[copy.Output[i]] = graph.FactsOf(node.Output[i]);
            }

            copy.Name = graph.Fresh($"reference/{copy.OpType}");
            graph.Append(copy);
            _nodes[node] = copy;
        }
    }

    /// <summary>What a tensor is for the references; itself where it does not depend on them.</summary>
    public string Reference(string tensor) => _references.GetValueOrDefault(tensor, tensor);

    /// <summary>A node's copy; itself where it does not depend on them.</summary>
    public NodeProto Node(NodeProto node) => _nodes.GetValueOrDefault(node, node);

    private void Rename(GraphProto graph)
    {
        var captured = GraphNodes.Captured(graph).Where(_references.ContainsKey).ToHashSet(StringComparer.Ordinal);
        if (captured.Count == 0)
            return;
        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                if (captured.Contains(node.Input[i]))
                    node.Input[i] = Reference(node.Input[i]);
            }

            foreach (var inner in node.Attribute.SelectMany(GraphNodes.Graphs))
                Rename(inner);
        }

        foreach (var output in graph.Output.Where(output => captured.Contains(output.Name)))
            output.Name = Reference(output.Name);
    }
}
