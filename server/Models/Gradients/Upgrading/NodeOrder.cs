using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>Puts nodes into an order in which they can run: each after those whose tensors it reads.</summary>
internal static class NodeOrder
{
    /// <summary>Orders a graph's nodes; those that are in order stay where they are.</summary>
    /// <exception cref="ModelException">The graph has a cycle.</exception>
    public static void Apply(GraphProto graph, string displayName)
    {
        var nodes = graph.Node.ToArray();
        var writers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var output in nodes[i].Output.Where(output => output.Length > 0))
                writers[output] = i;
        }

        var missing = new int[nodes.Length];
        var readers = new List<int>[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var writer in nodes[i].Reads().Where(writers.ContainsKey).Select(name => writers[name]).Distinct())
            {
                missing[i]++;
                (readers[writer] ??= []).Add(i);
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => missing[i] == 0).Select(i => (i, i)));
        var ordered = new List<NodeProto>(nodes.Length);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(nodes[next]);
            foreach (var reader in readers[next] ?? [])
            {
                if (--missing[reader] == 0)
                    ready.Enqueue(reader, reader);
            }
        }

        if (ordered.Count < nodes.Length)
            throw GradientFailure.Cycle(displayName, nodes[Array.FindIndex(missing, count => count > 0)]);
        graph.Node.Clear();
        graph.Node.AddRange(ordered);
    }
}
