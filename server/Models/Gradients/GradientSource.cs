using ExplainLsp.Models.Gradients.Upgrading;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>A model made ready to be differentiated: functions inlined, operators in the form of opset 18 or newer, shapes inferred.</summary>
internal sealed class GradientSource
{
    private readonly HashSet<string> _weights;
    private readonly Dictionary<string, (double[] Values, long[] Shape)> _known = new(StringComparer.Ordinal);

    private GradientSource(ModelProto model, string displayName, string folder, Dictionary<string, TensorFacts> facts)
    {
        Model = model;
        DisplayName = displayName;
        Folder = folder;
        Facts = facts;
        _weights = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The model; not to be changed.</summary>
    public ModelProto Model { get; }

    /// <summary>The file as a person names it.</summary>
    public string DisplayName { get; }

    /// <summary>Where external data is.</summary>
    public string Folder { get; }

    /// <summary>What is known of its tensors.</summary>
    public Dictionary<string, TensorFacts> Facts { get; }

    /// <summary>The inputs and outputs.</summary>
    public IEnumerable<string> PublicNames => Model.Graph.Input.Concat(Model.Graph.Output).Select(value => value.Name);

    /// <summary>Makes a model ready.</summary>
    /// <param name="model">The model; it is changed.</param>
    /// <param name="displayName">The file as a person names it.</param>
    /// <param name="folder">Where external data is.</param>
    /// <exception cref="ModelException">A cycle, an opset that cannot be upgraded.</exception>
    public static GradientSource Prepare(ModelProto model, string displayName, string folder)
    {
        OpsetUpgrade.Apply(model);
        return new(model, displayName, folder, TensorInference.Infer(model, folder));
    }

    /// <summary>Whether a tensor is a weight.</summary>
    public bool IsWeight(string name) => _weights.Contains(name);

    /// <summary>Tells a graph of this model what tensors hold at the shapes that it is specialised to.</summary>
    public void Tell(WorkingGraph graph)
    {
        foreach (var (name, (values, shape)) in _known)
            graph.Know(name, values, shape);
    }
}
