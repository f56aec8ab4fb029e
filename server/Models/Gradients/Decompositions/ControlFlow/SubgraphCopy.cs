using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Decompositions.ControlFlow;

/// <summary>A copy of a subgraph's body in the graph around it, every tensor of its own under a fresh name.</summary>
internal sealed class SubgraphCopy
{
    private readonly IDecompositionGraph _graph;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private SubgraphCopy(IDecompositionGraph graph) => _graph = graph;

    /// <summary>Copies a body's nodes.</summary>
    /// <param name="context">The node that owns the body; the copies are added to it.</param>
    /// <param name="body">The body.</param>
    /// <param name="inputs">What its inputs are in the graph around it.</param>
    /// <returns>What its outputs are there.</returns>
    public static string[] Into(DecompositionContext context, GraphProto body, IReadOnlyList<string> inputs)
    {
        var copy = new SubgraphCopy(context.Graph);
        foreach (var (input, actual) in body.Input.Zip(inputs))
            copy._names[input.Name] = actual;
        foreach (var initializer in body.Initializer)
        {
            if (copy._names.ContainsKey(initializer.Name))
                continue;
            var tensor = initializer.Clone();
            tensor.Name = string.Empty;
            copy._names[initializer.Name] = context.Add("Constant", [], ("value", tensor));
        }

        foreach (var node in body.Node)
            context.Add(copy.Renamed(node, copy._names));
        return [.. body.Output.Select(output => copy._names.GetValueOrDefault(output.Name, output.Name))];
    }

    private NodeProto Renamed(NodeProto node, Dictionary<string, string> names)
    {
        var renamed = node.Clone();
        for (var i = 0; i < renamed.Input.Count; i++)
            renamed.Input[i] = names.GetValueOrDefault(renamed.Input[i], renamed.Input[i]);
        for (var i = 0; i < renamed.Output.Count; i++)
        {
            if (renamed.Output[i].Length > 0)
                renamed.Output[i] = names[renamed.Output[i]] = _graph.Fresh(renamed.Output[i]);
        }

        if (renamed.Name.Length > 0)
            renamed.Name = _graph.Fresh(renamed.Name);
        foreach (var attribute in renamed.Attribute)
        {
            if (attribute.G is { } inner)
                Rename(inner, names);
            foreach (var graph in attribute.Graphs)
                Rename(graph, names);
        }

        return renamed;
    }

    /// <summary>Renames what a nested subgraph sees of the copy; what it defines itself keeps its name and hides the copy's.</summary>
    private static void Rename(GraphProto inner, Dictionary<string, string> outer)
    {
        var names = new Dictionary<string, string>(outer, StringComparer.Ordinal);
        var own = inner.Input.Select(input => input.Name).Concat(inner.Initializer.Select(tensor => tensor.Name))
            .Concat(inner.Node.SelectMany(node => node.Output));
        foreach (var name in own)
            names.Remove(name);
        foreach (var node in inner.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = names.GetValueOrDefault(node.Input[i], node.Input[i]);
            foreach (var attribute in node.Attribute.Where(attribute => attribute.G is not null))
                Rename(attribute.G, names);
        }

        foreach (var output in inner.Output)
            output.Name = names.GetValueOrDefault(output.Name, output.Name);
    }
}
