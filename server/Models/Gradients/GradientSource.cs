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
        model.Graph.ValueInfo.Clear();
        model.Graph.QuantizationAnnotation.Clear();
        model.TrainingInfo.Clear();
        // Before IR version 4 weights were inputs too; as inputs they could be changed, and nothing would be constant.
        var weights = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = model.Graph.Input.Count - 1; i >= 0; i--)
        {
            if (weights.Contains(model.Graph.Input[i].Name))
                model.Graph.Input.RemoveAt(i);
        }

        OpsetUpgrade.Apply(model, displayName, folder);
        FunctionInlining.Apply(model, displayName);
        NodeOrder.Apply(model.Graph, displayName);
        return new(model, displayName, folder, TensorInference.Infer(model, folder));
    }

    /// <summary>The same model for inputs of known shapes.</summary>
    /// <param name="inputs">Tensors whose rows have these shapes.</param>
    /// <param name="rows">The number of rows; null where it stays open.</param>
    public GradientSource WithShapes(IReadOnlyList<ModelTensor> inputs, int? rows)
    {
        var model = Model.Clone();
        model.Graph.ValueInfo.Clear();
        foreach (var output in model.Graph.Output)
            output.Type?.TensorType?.Shape = null;
        foreach (var given in inputs)
        {
            var declared = model.Graph.Input.FirstOrDefault(input => input.Name == given.Name)?.Type.TensorType;
            if (declared is null)
                continue;
            var batch = declared.Shape is { Dim: [var first, ..] } ? first : new TensorShapeProto.Types.Dimension { DimParam = "rows" };
            if (rows is { } count && batch.DimValue <= 0)
                batch = new TensorShapeProto.Types.Dimension { DimValue = count };
            declared.Shape = new TensorShapeProto { Dim = { batch } };
            declared.Shape.Dim.AddRange(given.RowShape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        }

        return new GradientSource(model, DisplayName, Folder, TensorInference.Infer(model, Folder));
    }

    /// <summary>Rows that the model insists on; 0 for any number.</summary>
    public int FixedRows => Model.Graph.Input.Select(input => input.Type.TensorType?.Shape?.Dim.FirstOrDefault()?.DimValue ?? 0).Select(rows => (int)rows).DefaultIfEmpty().Max();

    /// <summary>The same model with what was seen in a run of these inputs; null when they do not suffice for one.</summary>
    public GradientSource? Observed(IReadOnlyList<ModelTensor> inputs)
    {
        if (ObservedShapes.Observe(this, inputs) is not { } seen)
            return null;
        var observed = new GradientSource(Model, DisplayName, Folder, seen.Facts);
        foreach (var (name, value) in seen.Values)
            observed._known[name] = value;
        return observed;
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
