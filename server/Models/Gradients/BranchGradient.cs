using ExplainLsp.Models.Gradients.Backward;
using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Gradients.Decompositions.ControlFlow;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>The backward pass of a subgraph, as a subgraph: the branch is computed again, and behind it the gradients of what it takes from outside.</summary>
internal static class BranchGradient
{
    private const int DeepestNest = 16;

    /// <summary>Builds it.</summary>
    /// <param name="outer">The graph around; names inside are unique there too.</param>
    /// <param name="owner">The node that has the branch.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="gradients">The gradients of its outputs, tensors of the graph around; null where none arrives.</param>
    /// <param name="captured">The tensors of the graph around whose gradients are wanted; they are the outputs, in that order.</param>
    /// <param name="family">The backward rules.</param>
    /// <param name="warnings">Takes what rules say.</param>
    public static GraphProto Build(
        WorkingGraph outer,
        NodeProto owner,
        GraphProto branch,
        IReadOnlyList<string?> gradients,
        IReadOnlyList<string> captured,
        IBackwardFamily? family,
        ISet<string> warnings)
    {
        var copy = new DecompositionContext(owner, new NodeDecomposition(outer));
        var outputs = SubgraphCopy.Into(copy, branch, []);
        var model = Alone(outer, copy.Nodes, out var borrowed);
        var facts = TensorInference.Infer(model, outer.Folder);
        var graph = new WorkingGraph(model, outer.DisplayName, outer.Folder, facts);
        for (var depth = 0; depth < DeepestNest && NodeDecomposition.Apply(graph, model.Graph.Node.ToHashSet(), family?.Decomposed ?? []); depth++)
        {
            facts = TensorInference.Infer(model, outer.Folder);
            graph = new WorkingGraph(model, outer.DisplayName, outer.Folder, facts);
        }

        (string Output, string Seed)[] seeds = [.. outputs.Zip(gradients).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!))];
        foreach (var (output, seed) in seeds)
            graph.Facts[seed] = graph.FactsOf(output);
        var path = GradientPath.Between(graph, [.. seeds.Select(seed => seed.Output)], captured);
        var sweep = new BackwardSweep(graph, path, family, null);
        sweep.Run(seeds);
        warnings.UnionWith(sweep.Warnings);
        var results = captured.Select(tensor => graph.Add("Identity", [sweep.GradientOf(tensor) ?? Zeros(graph, outer, tensor)], 1)[0]).ToArray();
        return Enclosed(outer, graph, borrowed, results);
    }

    private static string Zeros(WorkingGraph graph, WorkingGraph outer, string tensor) =>
        graph.Add("Expand", [graph.Constant(outer.FactsOf(tensor).Type, [0], []), graph.ShapeOf(tensor)], 1)[0];

    /// <summary>The branch as a model of its own: what it takes from outside are inputs, or weights where it is known.</summary>
    private static ModelProto Alone(WorkingGraph outer, IReadOnlyList<NodeProto> nodes, out HashSet<string> borrowed)
    {
        var model = new ModelProto { IrVersion = outer.Model.IrVersion, Graph = new GraphProto { Name = "branch" } };
        model.OpsetImport.AddRange(outer.Model.OpsetImport);
        model.Graph.Node.AddRange(nodes);
        borrowed = GraphNodes.Captured(model.Graph).ToHashSet(StringComparer.Ordinal);
        foreach (var name in borrowed.Order(StringComparer.Ordinal))
        {
            var facts = outer.FactsOf(name);
            if (outer.ValuesOf(name) is { } constant && TensorNumbers.SizeOf(facts.Type) > 0)
                model.Graph.Initializer.Add(TensorNumbers.Create(name, facts.Type, constant.Values, constant.Shape));
            else
                model.Graph.Input.Add(DeclaredTensor.Of(name, facts.Type, facts.Dims, "outer"));
        }

        return model;
    }

    /// <summary>The graph as a branch, everything of its own under a name that the graph around does not have.</summary>
    private static GraphProto Enclosed(WorkingGraph outer, WorkingGraph graph, HashSet<string> borrowed, IReadOnlyList<string> results)
    {
        var needed = GradientPath.Upstream(graph.Model.Graph.Node, results);
        var nodes = graph.Model.Graph.Node.Where(node => node.Output.Any(needed.Contains)).ToArray();
        var context = new DecompositionContext(new NodeProto { OpType = "If" }, new NodeDecomposition(outer));
        var inner = new GraphProto { Name = "branch" };
        inner.Node.AddRange(nodes);
        inner.Initializer.AddRange(graph.Model.Graph.Initializer.Where(tensor => needed.Contains(tensor.Name) && !borrowed.Contains(tensor.Name)));
        inner.Output.AddRange(results.Select(name => DeclaredTensor.Of(name, graph.FactsOf(name).Type, graph.FactsOf(name).Dims, "branch")));
        var names = SubgraphCopy.Into(context, inner, []);
        var enclosed = new GraphProto { Name = outer.Fresh("gradient/branch") };
        enclosed.Node.AddRange(context.Nodes);
        enclosed.Output.AddRange(names.Select(name => new ValueInfoProto { Name = name }));
        return enclosed;
    }
}
