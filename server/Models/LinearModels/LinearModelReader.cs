using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Pipelines;

namespace ExplainLsp.Models.LinearModels;

/// <summary>Follows an output back through what keeps it linear: the tail of a classifier, then products, until single columns are reached.</summary>
internal sealed class LinearModelReader
{
    private const int Farthest = 64;

    private readonly ColumnTrace _trace;
    private readonly WorkingGraph _graph;
    private readonly AffineMap _map = new();
    private LinearLink _link = LinearLink.None;
    private bool _tail = true;

    private LinearModelReader(ColumnTrace trace) => (_trace, _graph) = (trace, trace.Graph);

    /// <summary>The linear model that writes an output; null when something else does.</summary>
    public static LinearModel? Read(ModelFile file, string output) =>
        file.Nodes.Any(node => node.Operator is "LinearClassifier" or "LinearRegressor" or "Gemm" or "MatMul")
            ? new LinearModelReader(ColumnTrace.Of(file)).Read(output) : null;

    private LinearModel? Read(string tensor)
    {
        // A linear operator behind a pipeline that mixes columns is still one; products without it are as likely a network.
        LinearModel? mixed = null;
        for (var step = 0; step < Farthest; step++)
        {
            if (Finish(tensor) is { Pipeline.IsPerColumn: true } finished)
                return finished;
            if (_graph.Writer(tensor) is not { Input: [var first, ..] } node)
                return mixed;
            var isOperator = node.OpType is "LinearClassifier" or "LinearRegressor";
            if ((isOperator ? Operator(node) ? first : null : Back(node, first)) is not { } before)
                return mixed;
            tensor = before;
            mixed ??= isOperator ? Finish(tensor) : null;
        }

        return mixed;
    }

    /// <summary>The model that is linear in a tensor, once a product was met.</summary>
    private LinearModel? Finish(string tensor)
    {
        if (_map.Coefficients is not { } coefficients)
            return null;
        var pipeline = FeaturePipeline.Of(_trace, tensor);
        return pipeline.IsPerColumn && pipeline.Sources.Length != coefficients.Length / _map.Intercepts.Length ? null
            : new LinearModel { Pipeline = pipeline, Coefficients = [.. coefficients], Intercepts = [.. _map.Intercepts], Link = _link };
    }

    /// <summary>The tensor behind a node that keeps what follows linear; null for other nodes.</summary>
    private string? Back(NodeProto node, string first)
    {
        switch (node.OpType)
        {
            case "Identity" or "Cast" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Dropout":
                return first;
            case "ZipMap" when _tail:
                return first;
            // Shares of scores that are probabilities already: 1 − p and p stay what they are.
            case "Normalizer" when _tail && Text(node, "norm") == "L1":
                return first;
            case "Concat" when _tail && node.Input.Count == 2 && _graph.Writer(node.Input[0]) is { OpType: "Sub" } rest && rest.Input[1] == node.Input[1]:
                return node.Input[1];
            case "Softmax" or "Sigmoid" when _tail:
                (_link, _tail) = (node.OpType == "Softmax" ? LinearLink.Softmax : LinearLink.Logistic, false);
                return first;
            case "Scaler":
                return Scale(node) ? first : null;
            case "Add" or "Sub" or "Mul" or "Div":
                return Elementwise(node);
            case "MatMul" or "Gemm":
                return Product(node) ? first : null;
            default:
                return null;
        }
    }

    private bool Scale(NodeProto node)
    {
        double[] scale = Numbers(node, "scale", 1), offset = Numbers(node, "offset", 0);
        // x = scale ∘ (u − offset)
        return _map.Through(scale, [0]) && _map.Through([1], [.. offset.Select(value => -value)]);
    }

    /// <summary>The operand of a sum or product whose other operand is constant; null when none is.</summary>
    private string? Elementwise(NodeProto node)
    {
        _tail = false;
        var side = Constant(node.Input[1]) is not null ? 1 : 0;
        if (Constant(node.Input[side]) is not { } number)
            return null;
        double[] one = [1], zero = [0];
        var fits = (node.OpType, side) switch
        {
            ("Add", _) => _map.Through(one, number),
            ("Sub", 1) => _map.Through(one, [.. number.Select(value => -value)]),
            ("Sub", _) => _map.Through([-1], number),
            ("Mul", _) => _map.Through(number, zero),
            ("Div", 1) => _map.Through([.. number.Select(value => 1 / value)], zero),
            _ => false,
        };
        return fits ? node.Input[1 - side] : null;
    }

    private bool Product(NodeProto node)
    {
        _tail = false;
        if (_graph.ValuesOf(node.Input[1]) is not { Shape: [var rows, var columns] } weights || Integer(node, "transA") != 0)
            return false;
        var transposed = Integer(node, "transB") != 0;
        double alpha = Number(node, "alpha", 1), beta = Number(node, "beta", 1);
        int outputs = (int)(transposed ? rows : columns), inputs = (int)(transposed ? columns : rows);
        var matrix = new double[outputs * inputs];
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = alpha * weights.Values[transposed ? i : (i % inputs * outputs) + (i / inputs)];
        double[]? bias = node.Input.Count > 2 && node.Input[2].Length > 0 ? Constant(node.Input[2]) : [0];
        return bias is not null && _map.Through(matrix, outputs, [.. bias.Select(value => beta * value)]);
    }

    private bool Operator(NodeProto node)
    {
        double[] coefficients = Numbers(node, "coefficients", double.NaN), intercepts = Numbers(node, "intercepts", 0);
        var scores = node.OpType == "LinearRegressor" ? (int)Integer(node, "targets", 1) : intercepts.Length;
        if (_link == LinearLink.None)
        {
            _link = Text(node, "post_transform") switch
            {
                "LOGISTIC" => LinearLink.Logistic,
                "SOFTMAX" => LinearLink.Softmax,
                _ => LinearLink.None,
            };
        }

        return scores > 0 && !coefficients.Any(double.IsNaN) && _map.Through(coefficients, scores, intercepts);
    }

    /// <summary>A constant that is the same in every row, as a list.</summary>
    private double[]? Constant(string tensor) =>
        _graph.ValuesOf(tensor) is { } constant && constant.Shape.SkipLast(1).All(size => size == 1) && constant.Values.Length > 0 ? constant.Values : null;

    private static double[] Numbers(NodeProto node, string name, double fallback) =>
        Attribute(node, name)?.Floats is { Count: > 0 } floats ? [.. floats.Select(value => (double)value)] : [fallback];

    private static double Number(NodeProto node, string name, double fallback) => Attribute(node, name)?.F ?? fallback;

    private static long Integer(NodeProto node, string name, long fallback = 0) => Attribute(node, name)?.I ?? fallback;

    private static string Text(NodeProto node, string name) => Attribute(node, name)?.S.ToStringUtf8() ?? "";

    private static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
