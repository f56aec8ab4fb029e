using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>Small networks with random weights, each with one family of operators that modified rules treat by themselves. Input x, output y.</summary>
internal static class RandomNetworks
{
    public static readonly string[] Names = ["convolutions", "gates", "transformer", "norms", "recurrent", "choices", "rooms", "dense"];

    /// <summary>A network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="bias">Whether its layers have biases.</param>
    /// <returns>The model and the shape of a row.</returns>
    public static (ModelProto Model, int[] Shape) Build(string name, bool bias = true)
    {
        var net = new Network(name.Length, bias);
        return name switch
        {
            "convolutions" => (Convolutions(net), [2, 9, 9]),
            "gates" => (Gates(net), [2, 6, 6]),
            "transformer" => (Transformer(net), [4, 6]),
            "norms" => (Norms(net), [4, 5, 5]),
            "recurrent" => (Recurrent(net), [4, 3]),
            "choices" => (Choices(net), [6]),
            "rooms" => (Rooms(net), [2, 8, 8]),
            "dense" => (Dense(net), [12]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    /// <summary>Convolution, affine normalisation, overlapping maxima, a residual sum, averages.</summary>
    private static ModelProto Convolutions(Network net)
    {
        net.Conv("x", "c1", 2, 4);
        net.Add(Node("BatchNormalization", ["c1", net.Weights("s", 4), net.Weights("b", 4), net.Weights("m", 4), net.Positive("v", 4)], ["n1"]));
        net.Add(Node("Relu", ["n1"], ["r1"]));
        net.Add(Node("MaxPool", ["r1"], ["p1"], Attribute("kernel_shape", 3L, 3L), Attribute("strides", 2L, 2L)));
        net.Conv("p1", "c2", 4, 4);
        net.Add(Node("LeakyRelu", ["c2"], ["r2"]));
        net.Add(Node("Add", ["p1", "r2"], ["sum"]));
        net.Add(Node("AveragePool", ["sum"], ["a"], Attribute("kernel_shape", 2L, 2L)));
        net.Add(Node("GlobalMaxPool", ["a"], ["g"]));
        net.Add(Node("Flatten", ["g"], ["f"]));
        net.Gemm("f", "y", 4, 3);
        return net.Model([2, 9, 9], 3);
    }

    /// <summary>Squeeze and excitation: an activation times a gate that depends on it.</summary>
    private static ModelProto Gates(Network net)
    {
        net.Conv("x", "c1", 2, 3);
        net.Add(Node("Sigmoid", ["c1"], ["s1"]));
        net.Add(Node("Mul", ["c1", "s1"], ["swish"]));
        net.Add(Node("GlobalAveragePool", ["swish"], ["g"]));
        net.Conv("g", "e", 3, 3, kernel: 1);
        net.Add(Node("HardSigmoid", ["e"], ["gate"]));
        net.Add(Node("Mul", ["swish", "gate"], ["scaled"]));
        net.Add(Node("ReduceMax", ["scaled"], ["top"], Attribute("axes", 2L, 3L), Attribute("keepdims", 0L)));
        net.Gemm("top", "y", 3, 2);
        return net.Model([2, 6, 6], 2);
    }

    /// <summary>Attention with softmax, normalisation by the row, Gelu by erf, a quotient.</summary>
    private static ModelProto Transformer(Network net)
    {
        foreach (var part in new[] { "q", "k", "v" })
            net.Add(Node("MatMul", ["x", net.Weights("w" + part, 6, 6)], [part]));
        net.Add(Node("Transpose", ["k"], ["kt"], Attribute("perm", 0L, 2L, 1L)));
        net.Add(Node("MatMul", ["q", "kt"], ["scores"]));
        net.Add(Node("Softmax", ["scores"], ["p"], Attribute("axis", -1L)));
        net.Add(Node("MatMul", ["p", "v"], ["attended"]));
        net.Add(Node("Add", ["x", "attended"], ["skip"]));
        net.Add(Node("LayerNormalization", ["skip", net.Weights("g", 6), net.Weights("o", 6)], ["normal"], Attribute("axis", -1L)));
        net.Add(Node("Div", ["normal", net.Constant("root", 1.41421356f)], ["d"]));
        net.Add(Node("Erf", ["d"], ["erf"]));
        net.Add(Node("Add", ["erf", net.Constant("one", 1)], ["e1"]));
        net.Add(Node("Mul", ["normal", "e1"], ["gelu"]));
        net.Add(Node("ReduceMean", ["gelu"], ["mean"], Attribute("axes", [1L]), Attribute("keepdims", 0L)));
        net.Gemm("mean", "z", 6, 3);
        net.Add(Node("LogSoftmax", ["z"], ["y"], Attribute("axis", -1L)));
        return net.Model([4, 6], 3);
    }

    /// <summary>Instance normalisation, norms over a dimension, log-sum-exp, powers and roots.</summary>
    private static ModelProto Norms(Network net)
    {
        net.Add(Node("InstanceNormalization", ["x", net.Weights("s", 4), net.Weights("b", 4)], ["i"]));
        net.Add(Node("Softplus", ["i"], ["sp"]));
        net.Add(Node("Pow", ["sp", net.Constant("p", 1.5f)], ["pw"]));
        net.Add(Node("ReduceSum", ["pw", net.Integers("axes", 2, 3)], ["sum"], Attribute("keepdims", 0L)));
        net.Add(Node("Sqrt", ["sum"], ["root"]));
        net.Add(Node("ReduceL2", ["i"], ["l2"], Attribute("axes", 2L, 3L), Attribute("keepdims", 0L)));
        net.Add(Node("Div", ["root", "l2"], ["ratio"]));
        net.Gemm("ratio", "z", 4, 3);
        net.Add(Node("Softmax", ["z"], ["y"], Attribute("axis", -1L)));
        return net.Model([4, 5, 5], 3);
    }

    private static ModelProto Recurrent(Network net)
    {
        net.Add(Node("Transpose", ["x"], ["t"], Attribute("perm", 1L, 0L, 2L)));
        net.Add(Node(
            "LSTM", ["t", net.Weights("W", 2, 20, 3), net.Weights("R", 2, 20, 5), net.Weights("B", 2, 40)], ["", "h"],
            Attribute("hidden_size", 5L), Attribute("direction", "bidirectional")));
        net.Add(Node("Transpose", ["h"], ["ht"], Attribute("perm", 1L, 0L, 2L)));
        net.Add(Node("Flatten", ["ht"], ["f"]));
        net.Gemm("f", "y", 10, 2);
        return net.Model([4, 3], 2);
    }

    /// <summary>Element-wise maxima and minima, a choice by a computed condition, clipping.</summary>
    private static ModelProto Choices(Network net)
    {
        net.Gemm("x", "a", 6, 5);
        net.Gemm("x", "b", 6, 5);
        net.Add(Node("Max", ["a", "b"], ["max"]));
        net.Add(Node("Min", ["a", "b"], ["min"]));
        net.Add(Node("Greater", ["a", net.Constant("zero", 0)], ["positive"]));
        net.Add(Node("Where", ["positive", "max", "b"], ["chosen"]));
        net.Add(Node("Clip", ["min", net.Constant("low", -0.5f), net.Constant("high", 0.5f)], ["clipped"]));
        net.Add(Node("Sub", ["chosen", "clipped"], ["d"]));
        net.Add(Node("Abs", ["d"], ["abs"]));
        net.Gemm("abs", "y", 5, 2);
        return net.Model([6], 2);
    }

    /// <summary>Bilinear sampling, transposed convolution, padding, concatenation.</summary>
    private static ModelProto Rooms(Network net)
    {
        net.Conv("x", "c1", 2, 3);
        net.Add(Node("Elu", ["c1"], ["r1"]));
        net.Add(Node("MaxPool", ["r1"], ["p1"], Attribute("kernel_shape", 2L, 2L), Attribute("strides", 2L, 2L)));
        net.Add(Node("ConvTranspose", ["p1", net.Weights("up", 3, 3, 2, 2)], ["u1"], Attribute("strides", 2L, 2L)));
        net.Add(Node("Concat", ["u1", "r1"], ["cat"], Attribute("axis", 1L)));
        net.Add(Node("Tanh", ["cat"], ["t"]));
        net.Add(Node("GlobalAveragePool", ["t"], ["g"]));
        net.Add(Node("Flatten", ["g"], ["f"]));
        net.Gemm("f", "y", 6, 2);
        return net.Model([2, 8, 8], 2);
    }

    /// <summary>Wide enough that every unit has contributions of both signs.</summary>
    private static ModelProto Dense(Network net)
    {
        net.Gemm("x", "h1", 12, 24);
        net.Add(Node("Relu", ["h1"], ["r1"]));
        net.Gemm("r1", "h2", 24, 24);
        net.Add(Node("Relu", ["h2"], ["r2"]));
        net.Gemm("r2", "y", 24, 2);
        return net.Model([12], 2);
    }

    private sealed class Network(int seed, bool bias)
    {
        private readonly Random _random = new(seed);
        private readonly ModelProto _model = Of();

        public void Add(NodeProto node) => _model.Graph.Node.Add(node);

        public string Weights(string name, params long[] shape) => Values(name, shape, () => (_random.NextSingle() - 0.5f) * 1.6f);

        public string Positive(string name, params long[] shape) => Values(name, shape, () => 0.5f + _random.NextSingle());

        public string Constant(string name, float value)
        {
            _model.Weights(name, [], value);
            return name;
        }

        public string Integers(string name, params long[] values)
        {
            var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64, Int64Data = { values } };
            tensor.Dims.Add(values.Length);
            _model.Graph.Initializer.Add(tensor);
            return name;
        }

        public void Conv(string x, string y, int channels, int maps, int kernel = 3)
        {
            string[] inputs = bias ? [x, Weights(y + ".w", maps, channels, kernel, kernel), Weights(y + ".b", maps)] : [x, Weights(y + ".w", maps, channels, kernel, kernel)];
            var pad = kernel / 2;
            Add(Node("Conv", inputs, [y], Attribute("kernel_shape", (long)kernel, kernel), Attribute("pads", (long)pad, pad, pad, pad)));
        }

        public void Gemm(string x, string y, int width, int outputs) =>
            Add(Node("Gemm", bias ? [x, Weights(y + ".w", width, outputs), Weights(y + ".b", outputs)] : [x, Weights(y + ".w", width, outputs)], [y]));

        public ModelProto Model(int[] shape, int outputs) =>
            _model.Input("x", DataType.Float, ["N", .. shape.Cast<object>()]).Output("y", DataType.Float, "N", outputs);

        private string Values(string name, long[] shape, Func<float> next)
        {
            _model.Weights(name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => next())]);
            return name;
        }
    }
}
