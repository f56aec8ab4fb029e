using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>Which tensors of a model an output depends on, and which of them everything passes through.</summary>
internal sealed class LayerGraph
{
    private readonly Dictionary<string, ModelNode> writers = new(StringComparer.Ordinal);
    private readonly HashSet<string> inputs;
    private readonly string output;
    private readonly HashSet<string> onPath;

    public LayerGraph(ModelFile file, string output)
    {
        this.output = output;
        inputs = file.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (ModelNode node in file.Nodes)
        {
            foreach (string written in node.Outputs)
                writers.TryAdd(written, node);
        }
        onPath = Reach(null);
    }

    /// <summary>Whether the output depends on a tensor.</summary>
    public bool IsOnPath(string tensor) => onPath.Contains(tensor);

    /// <summary>Whether everything that the output knows of the inputs passes through a tensor: no connection goes around it.</summary>
    public bool IsCut(string tensor) => onPath.Contains(tensor) && !Reach(tensor).Overlaps(inputs);

    /// <summary>Whether a tensor is made from another.</summary>
    public bool IsBehind(string tensor, string other) => Reach(null, tensor).Contains(other);

    private HashSet<string> Reach(string? without, string? from = null)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>();
        open.Push(from ?? output);
        while (open.TryPop(out string? tensor))
        {
            if (tensor.Length == 0 || tensor == without || !reached.Add(tensor) || !writers.TryGetValue(tensor, out ModelNode? node))
                continue;
            // A shape carries no values: a reshape by the input's batch size is no connection around a layer.
            if (node.Operator is "Shape" or "Size")
                continue;
            foreach (string read in node.Inputs)
                open.Push(read);
        }
        return reached;
    }
}
