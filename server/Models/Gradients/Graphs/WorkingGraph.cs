using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>A model's main graph while it is rewritten: nodes are added at the end, names stay unique, facts of tensors are kept.</summary>
internal sealed class WorkingGraph
{
    // Longer constants are told apart by their hash.
    private const int LongestKey = 16;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double[] Values, long[] Shape)?> _known = new(StringComparer.Ordinal);
    private int _serial;

    /// <param name="model">The model; it is changed.</param>
    /// <param name="name">The file as a person names it.</param>
    /// <param name="folder">Where external data is.</param>
    /// <param name="facts">What is known of its tensors; rules add to it.</param>
    public WorkingGraph(ModelProto model, string name, string folder, Dictionary<string, TensorFacts> facts)
    {
        Model = model;
        DisplayName = name;
        Folder = folder;
        Facts = facts;
        foreach (var tensor in model.Graph.Initializer)
        {
            _initializers[tensor.Name] = tensor;
            Facts[tensor.Name] = new TensorFacts((DataType)tensor.DataType, [.. tensor.Dims]);
        }

        _names.UnionWith(_initializers.Keys);
        _names.UnionWith(model.Graph.SparseInitializer.Select(tensor => tensor.Values.Name));
        _names.UnionWith(model.Graph.Input.Select(input => input.Name));
        foreach (var node in model.Graph.Node)
            Register(node);
    }

    /// <summary>The model.</summary>
    public ModelProto Model { get; }

    /// <summary>The file as a person names it in a sentence.</summary>
    public string DisplayName { get; }

    /// <summary>Where external data is.</summary>
    public string Folder { get; }

    /// <summary>What is known of tensors, by name.</summary>
    public Dictionary<string, TensorFacts> Facts { get; }

    /// <summary>The opset of the default domain.</summary>
    public long Opset => Model.OpsetImport.First(opset => opset.Domain is "" or "ai.onnx").Version;

    /// <summary>The node that writes a tensor; null for inputs and weights.</summary>
    public NodeProto? Writer(string tensor) => _writers.GetValueOrDefault(tensor);

    /// <summary>Whether a tensor of this name exists.</summary>
    public bool Has(string tensor) => _names.Contains(tensor);

    /// <summary>What is known of a tensor.</summary>
    public TensorFacts FactsOf(string tensor) => Facts.GetValueOrDefault(tensor);

    /// <summary>A name that nothing has yet.</summary>
    public string Fresh(string stem)
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{++_serial}");
        }
        while (!_names.Add(name));
        return name;
    }

    /// <summary>This name, or one like it when it is taken.</summary>
    public string Claim(string name) => _names.Add(name) ? name : Fresh(name);

    /// <summary>Adds a node behind all others.</summary>
    public ImmutableArray<string> Add(string type, IReadOnlyList<string?> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var dot = type.LastIndexOf('.');
        var stem = $"gradient/{type[(dot + 1)..]}";
        ImmutableArray<string> names = [.. Enumerable.Range(0, outputs).Select(_ => Fresh(stem))];
        var node = NodeFactory.Create(type, inputs, names, attributes);
        while (node.Input is [.., ""])
            node.Input.RemoveAt(node.Input.Count - 1);
        if (node.Domain.Length > 0 && Model.OpsetImport.All(opset => opset.Domain != node.Domain))
            Model.OpsetImport.Add(new OperatorSetIdProto { Domain = node.Domain, Version = 1 });
        Append(node);
        return names;
    }

    /// <summary>Adds a finished node behind all others.</summary>
    public void Append(NodeProto node)
    {
        Model.Graph.Node.Add(node);
        Register(node);
        AddedTensors.Infer(this, node);
    }

    /// <summary>Gives the only output of a node another name, before anything reads it.</summary>
    public void Rename(NodeProto node, string name)
    {
        node.Output[0] = node.Name = name;
        _writers[name] = node;
    }

    /// <summary>The name of a node's output; one that it leaves out is given a name first.</summary>
    public string NamedOutput(NodeProto node, int index)
    {
        while (node.Output.Count <= index)
            node.Output.Add("");
        if (node.Output[index].Length == 0)
        {
            node.Output[index] = Fresh($"gradient/{node.OpType}");
            _writers[node.Output[index]] = node;
            AddedTensors.Infer(this, node);
        }

        return node.Output[index];
    }

    /// <summary>A constant, shared with all of the same type, shape and values.</summary>
    public string Constant(DataType type, ReadOnlySpan<double> values, ReadOnlySpan<long> shape)
    {
        var tensor = TensorNumbers.Create("", type, values, shape);
        var content = values.Length <= LongestKey ? Convert.ToHexString(tensor.RawData.Span) : Convert.ToHexString(SHA256.HashData(tensor.RawData.Span));
        var key = $"{type} {string.Join(',', shape.ToArray())}: {content}";
        if (_constants.TryGetValue(key, out var name))
            return name;
        tensor.Name = name = Fresh("gradient/constant");
        AddInitializer(tensor);
        _constants.Add(key, name);
        return name;
    }

    /// <summary>Adds a weight.</summary>
    public void AddInitializer(TensorProto tensor)
    {
        _names.Add(tensor.Name);
        Model.Graph.Initializer.Add(tensor);
        _initializers[tensor.Name] = tensor;
        Facts[tensor.Name] = new TensorFacts((DataType)tensor.DataType, [.. tensor.Dims]);
    }

    /// <summary>The shape of a tensor as a tensor of int64: a constant where it is known, else a Shape node, shared.</summary>
    public string ShapeOf(string tensor)
    {
        if (_shapes.TryGetValue(tensor, out var name))
            return name;
        name = FactsOf(tensor).Dims is { } dims && dims.All(size => size >= 0)
            ? Constant(DataType.Int64, [.. dims.Select(size => (double)size)], [dims.Length])
            : Add("Shape", [tensor], 1)[0];
        _shapes.Add(tensor, name);
        return name;
    }

    /// <summary>Says what a tensor holds in every run (known from a run at these shapes).</summary>
    public void Know(string tensor, double[] values, long[] shape) => _known[tensor] = (values, shape);

    /// <summary>The weight of this name.</summary>
    public TensorProto? Initializer(string tensor) => _initializers.GetValueOrDefault(tensor);

    /// <summary>The values of an initializer or a Constant node; null when they are computed.</summary>
    public (double[] Values, long[] Shape)? ValuesOf(string tensor)
    {
        if (_known.TryGetValue(tensor, out var known))
            return known;
        return _known[tensor] = Compute();

        (double[] Values, long[] Shape)? Compute()
        {
            if (_initializers.TryGetValue(tensor, out var weight))
                return TensorNumbers.Read(weight, Folder) is { } numbers ? (numbers, [.. weight.Dims]) : null;
            if (Writer(tensor) is not { Domain: "" or "ai.onnx" } node)
                return null;
            return node.OpType switch
            {
                "Identity" => ValuesOf(node.Input[0]),
                "Constant" => OfConstant(node.Attribute[0]),
                _ => null,
            };
        }
    }

    private (double[] Values, long[] Shape)? OfConstant(AttributeProto attribute) => attribute.Name switch
    {
        "value" => TensorNumbers.Read(attribute.T, Folder) is { } numbers ? (numbers, [.. attribute.T.Dims]) : null,
        "value_float" => ([attribute.F], []),
        "value_int" => ([attribute.I], []),
        "value_floats" => ([.. attribute.Floats.Select(value => (double)value)], [attribute.Floats.Count]),
        "value_ints" => ([.. attribute.Ints.Select(value => (double)value)], [attribute.Ints.Count]),
        _ => null,
    };

    private void Register(NodeProto node)
    {
        foreach (var output in node.Output.Where(output => output.Length > 0))
        {
            _names.Add(output);
            _writers[output] = node;
        }
    }
}
