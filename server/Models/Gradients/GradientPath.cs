using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>The nodes between what is differentiated with respect to and the output, in the order in which they run.</summary>
internal sealed class GradientPath
{
    private readonly HashSet<string> _needed;
    private readonly HashSet<string> _ends;
    private readonly Dictionary<NodeProto, double> _positions = new(ReferenceEqualityComparer.Instance);

    private GradientPath(HashSet<string> needed, List<NodeProto> nodes, IEnumerable<string> ends)
    {
        _needed = needed;
        _ends = ends.ToHashSet(StringComparer.Ordinal);
        Nodes = nodes;
        var weighted = nodes.Count(IsWeighted);
        var passed = 0;
        foreach (var node in nodes)
        {
            _positions[node] = weighted < 2 ? 1 : (double)Math.Min(passed, weighted - 1) / (weighted - 1);
            if (IsWeighted(node))
                passed++;
        }
    }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>Whether a tensor's gradient is wanted.</summary>
    public bool Needs(string tensor) => _needed.Contains(tensor);

    /// <summary>Whether a tensor is one that is differentiated, or with respect to which.</summary>
    public bool IsEnd(string tensor) => _ends.Contains(tensor);

    /// <summary>Where a node stands among the weighted layers: 0 for those next to what is differentiated with respect to, 1 next to the output.</summary>
    public double Position(NodeProto node) => _positions.GetValueOrDefault(node, 1);

    /// <summary>Finds the path.</summary>
    /// <param name="graph">The graph, nodes in the order in which they run.</param>
    /// <param name="output">The tensor that is differentiated.</param>
    /// <param name="wrt">With respect to these.</param>
    /// <exception cref="ModelException">The output does not depend on one of them, or only through integers.</exception>
    public static GradientPath Find(WorkingGraph graph, string output, IReadOnlyList<string> wrt)
    {
        var nodes = graph.Model.Graph.Node;
        var upstream = Upstream(nodes, output);
        foreach (var name in wrt)
        {
            if (Reached(graph, [name], floatsOnly: true).Contains(output))
                continue;
            throw Reached(graph, [name], floatsOnly: false).Contains(output)
                ? GradientFailure.IntegersOnly(graph.DisplayName, output, name)
                : GradientFailure.NotConnected(graph.DisplayName, output, name);
        }

        var needed = Reached(graph, wrt, floatsOnly: true);
        needed.IntersectWith(upstream);
        // A chosen tensor's own producer is passed only for the sake of another one before it.
        return new GradientPath(needed, [.. nodes.Where(node => node.Output.Any(needed.Contains) && node.Reads().Any(needed.Contains))], [output, .. wrt]);
    }

    /// <summary>The path between several outputs and tensors, not all of which need be connected.</summary>
    public static GradientPath Between(WorkingGraph graph, IReadOnlyList<string> outputs, IReadOnlyList<string> wrt)
    {
        var nodes = graph.Model.Graph.Node;
        var needed = Reached(graph, wrt, floatsOnly: true);
        needed.IntersectWith(Upstream(nodes, outputs));
        return new GradientPath(needed, [.. nodes.Where(node => node.Output.Any(needed.Contains) && node.Reads().Any(needed.Contains))], [.. outputs, .. wrt]);
    }

    /// <summary>All tensors that an output is computed from, itself included.</summary>
    public static HashSet<string> Upstream(IReadOnlyList<NodeProto> nodes, params IEnumerable<string> outputs)
    {
        var found = outputs.ToHashSet(StringComparer.Ordinal);
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (nodes[i].Output.Any(found.Contains))
                found.UnionWith(nodes[i].Reads());
        }

        return found;
    }

    private static HashSet<string> Reached(WorkingGraph graph, IReadOnlyList<string> from, bool floatsOnly)
    {
        var found = from.ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Model.Graph.Node.Where(node => node.Reads().Any(found.Contains)))
        {
            var carried = node.Input is [var first, ..] && found.Contains(first) && !graph.FactsOf(first).MayCarryGradient;
            var quantised = Quantisation.Carries(node, carried);
            found.UnionWith(node.Output.Where(name => name.Length > 0 && (!floatsOnly || quantised || graph.FactsOf(name).MayCarryGradient)));
        }

        return found;
    }

    private static bool IsWeighted(NodeProto node) => node.Domain is "" or "ai.onnx" && node.OpType is "Conv" or "ConvTranspose" or "Gemm" or "MatMul";
}
