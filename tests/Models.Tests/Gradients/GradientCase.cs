using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Cases of some operators; every class of this kind in the assembly is found and run.</summary>
internal interface IGradientCases
{
    IEnumerable<GradientCase> Cases();
}

/// <summary>
/// A small model whose gradient is compared with finite differences: one node or few, random inputs. The same case is written in double
/// precision (for the differences, where ONNX Runtime has the kernels) and in single precision (for the gradient).
/// </summary>
/// <param name="op">The operator that the case is about, with its domain where it is not the default one.</param>
/// <param name="opset">The opset that the model is written in.</param>
/// <param name="what">What is special about it: <c>groups 2, strides 2 × 1</c>.</param>
internal sealed class GradientCase(string op, int opset, string what)
{
    private readonly List<(string Name, double[]? Values, long[] Shape, double Low, double High)> _inputs = [];
    private readonly List<(string Name, DataType Type, double[] Values, long[] Shape)> _constants = [];
    private readonly List<(string Name, DataType Type, double[] Values, long[] Shape)> _others = [];
    private readonly List<NodeProto> _nodes = [];

    public string Operator => op;

    public int Opset => opset;

    public string Name => $"{op} {opset}: {what}";

    /// <summary>The tensor that is differentiated.</summary>
    public string Output { get; private set; } = "y";

    /// <summary>Distance of the differences in single precision; large for linear operators, small beside kinks.</summary>
    public double? Step { get; private set; }

    /// <summary>Whether the model must also work with every dimension open.</summary>
    public bool MayBeOpen { get; private set; } = true;

    /// <summary>Whether ONNX Runtime wants every dimension fixed.</summary>
    public bool FixedOnly { get; private set; }

    /// <summary>The inputs that are differentiated with respect to.</summary>
    public IReadOnlyList<string> Wrt => [.. _inputs.Select(input => input.Name)];

    /// <summary>An input with shuffled, evenly spaced numbers: all different, none zero, so that no kink or tie is met by chance.</summary>
    public GradientCase Input(string name, long[] shape, double low = -1, double high = 1)
    {
        _inputs.Add((name, null, shape, low, high));
        return this;
    }

    /// <summary>An input with given numbers.</summary>
    public GradientCase Values(string name, long[] shape, params double[] values)
    {
        _inputs.Add((name, values, shape, 0, 0));
        return this;
    }

    /// <summary>A weight of the case's own precision.</summary>
    public GradientCase Weights(string name, long[] shape, params double[] values) => Constant(name, DataType.Undefined, shape, values);

    /// <summary>A constant of int64.</summary>
    public GradientCase Integers(string name, long[] shape, params long[] values) =>
        Constant(name, DataType.Int64, shape, [.. values.Select(value => (double)value)]);

    /// <summary>A constant of any type; an undefined type is the case's own precision.</summary>
    public GradientCase Constant(string name, DataType type, long[] shape, params double[] values)
    {
        _constants.Add((name, type, values, shape));
        return this;
    }

    /// <summary>An input that has no gradient: indices, conditions.</summary>
    public GradientCase Other(string name, DataType type, long[] shape, params double[] values)
    {
        _others.Add((name, type, values, shape));
        return this;
    }

    public GradientCase Node(string type, string[] inputs, string[] outputs, params AttributeProto[] attributes) => Node(TinyModel.Node(type, inputs, outputs, attributes));

    public GradientCase Node(NodeProto node)
    {
        _nodes.Add(node);
        return this;
    }

    /// <summary>The tensor that is differentiated, where it is not y.</summary>
    public GradientCase From(string output)
    {
        Output = output;
        return this;
    }

    /// <summary>The distance of differences in single precision.</summary>
    public GradientCase WithStep(double step)
    {
        Step = step;
        return this;
    }

    /// <summary>The operator's rule needs shapes, and says so when they are open.</summary>
    public GradientCase NeedsShapes()
    {
        MayBeOpen = false;
        return this;
    }

    /// <summary>ONNX Runtime itself does not accept the operator with open dimensions.</summary>
    public GradientCase WithFixedShapes()
    {
        FixedOnly = true;
        return this;
    }

    /// <summary>The model.</summary>
    /// <param name="precision">Of inputs and weights.</param>
    /// <param name="open">Which of its inputs' dimensions are left open, each with a symbol of its own.</param>
    public ModelProto Model(DataType precision, OpenShapes open)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "tests", Graph = new GraphProto { Name = "case" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        foreach (var domain in _nodes.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct())
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        model.Graph.Node.AddRange(_nodes.Select(node => node.Clone()));
        foreach (var (name, _, shape, _, _) in _inputs)
            model.Graph.Input.Add(Declared(name, precision, shape, open));
        foreach (var (name, type, _, shape) in _others)
            model.Graph.Input.Add(Declared(name, type, shape, open));
        foreach (var (name, type, values, shape) in _constants)
            model.Graph.Initializer.Add(Models.Gradients.TensorNumbers.Create(name, type == DataType.Undefined ? precision : type, values, shape));
        model.Graph.Output.Add(new ValueInfoProto { Name = Output, Type = new TypeProto { TensorType = new() { ElemType = (int)precision } } });
        return model;
    }

    /// <summary>Random inputs, and those that have no gradient.</summary>
    public Dictionary<string, CaseTensor> Draw(Random random)
    {
        var tensors = new Dictionary<string, CaseTensor>(StringComparer.Ordinal);
        foreach (var (name, values, shape, low, high) in _inputs)
            tensors[name] = new(DataType.Undefined, values ?? Spread(random, shape, low, high), shape);
        foreach (var (name, type, values, shape) in _others)
            tensors[name] = new(type, values, shape);
        return tensors;
    }

    private static double[] Spread(Random random, long[] shape, double low, double high)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = low + ((high - low) * (i + 0.37) / count);
        random.Shuffle(values);
        return values;
    }

    private ValueInfoProto Declared(string name, DataType type, long[] shape, OpenShapes open) =>
        TinyModel.Value(
            name,
            type,
            [.. shape.Select((size, i) => open == OpenShapes.All || (open == OpenShapes.Batch && i == 0 && name == _inputs[0].Name) ? (object)$"{name}{i}" : (int)size)]);
}

/// <summary>Which dimensions of a case's inputs are left open.</summary>
internal enum OpenShapes
{
    /// <summary>None.</summary>
    None,

    /// <summary>The first of the first input: models take any number of samples.</summary>
    Batch,

    /// <summary>All.</summary>
    All,
}

/// <summary>A tensor of a case.</summary>
/// <param name="Type">Undefined for the precision that the case runs in.</param>
/// <param name="Values">Row-major.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record CaseTensor(DataType Type, double[] Values, long[] Shape);
