using System.Collections.Immutable;

namespace ExplainLsp.Models.Running;

/// <summary>The main graph seen from its outputs: which node writes a tensor.</summary>
internal sealed class GraphTrace
{
    private const int Farthest = 64;

    private readonly Dictionary<string, ModelNode> _writers = new(StringComparer.Ordinal);

    public GraphTrace(ModelFile file)
    {
        foreach (var node in file.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
                _writers[output] = node;
        }
    }

    /// <summary>The node that writes a tensor; null for inputs and weights.</summary>
    public ModelNode? Writer(string tensor) => _writers.GetValueOrDefault(tensor);

    /// <summary>The tensor that this one only renames, converts or reshapes.</summary>
    public string Original(string tensor)
    {
        foreach (var node in Passed(tensor))
            tensor = node.Inputs[0];
        return tensor;
    }

    /// <summary>The renaming, converting and reshaping nodes between a tensor and its <see cref="Original"/>.</summary>
    public IEnumerable<ModelNode> Passed(string tensor)
    {
        // Bounded, because a damaged graph may have a cycle.
        for (var step = 0; step < Farthest; step++)
        {
            if (Writer(tensor) is not { Inputs: [var source, ..] } node || !KeepsValues(node.Operator))
                yield break;
            yield return node;
            tensor = source;
        }
    }

    private static bool KeepsValues(string name) =>
        name is "Identity" or "Cast" or "CastLike" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Dropout";
}
