using System.Runtime.InteropServices;
using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using AttributeType = ExplainLsp.Models.Onnx.AttributeProto.Types.AttributeType;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Benchmarks.Gradients;

/// <summary>
/// A ResNet-18 for pictures of 224 × 224 (He et al. 2015, table 1) with random weights, in standard operators: batch normalisations as
/// nodes of their own, or folded into the convolutions as most exporters leave them.
/// </summary>
internal sealed class ResNet18
{
    private readonly ModelProto _model = new() { IrVersion = 8, ProducerName = "benchmarks", Graph = new GraphProto { Name = "resnet18" } };
    private readonly Random _random = new(18);
    private readonly bool _folded;
    private int _serial;

    private ResNet18(bool folded)
    {
        _folded = folded;
        _model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        _model.Graph.Input.Add(Value("pixel_values", 3, 224, 224));
        var x = Node("Relu", [Convolution("pixel_values", 3, 64, 7, 2, 3)]);
        x = Node("MaxPool", [x], List("kernel_shape", 3, 3), List("strides", 2, 2), List("pads", 1, 1, 1, 1));
        var channels = 64;
        foreach (var width in new[] { 64, 128, 256, 512 })
        {
            for (var block = 0; block < 2; block++)
            {
                x = Block(x, channels, width, block == 0 && width > 64 ? 2 : 1);
                channels = width;
            }
        }

        x = Node("Flatten", [Node("GlobalAveragePool", [x])]);
        var logits = Node("Gemm", [x, Weights([1000, 512], 0.04), Weights([1000], 0.01)], Number("transB", 1));
        _model.Graph.Node[^1].Output[0] = "logits";
        _ = logits;
        _model.Graph.Output.Add(Value("logits", 1000));
    }

    /// <summary>Writes the model.</summary>
    public static void Write(string path, bool folded) => File.WriteAllBytes(path, new ResNet18(folded)._model.ToByteArray());

    private string Block(string x, int from, int to, int stride)
    {
        var inner = Node("Relu", [Convolution(x, from, to, 3, stride, 1)]);
        inner = Convolution(inner, to, to, 3, 1, 1);
        var shortcut = stride == 1 && from == to ? x : Convolution(x, from, to, 1, stride, 0);
        return Node("Relu", [Node("Add", [inner, shortcut])]);
    }

    private string Convolution(string x, int from, int to, int kernel, int stride, int pad)
    {
        var weights = Weights([to, from, kernel, kernel], Math.Sqrt(2.0 / (from * kernel * kernel)));
        AttributeProto[] attributes = [List("kernel_shape", kernel, kernel), List("strides", stride, stride), List("pads", pad, pad, pad, pad)];
        if (_folded)
            return Node("Conv", [x, weights, Weights([to], 0.1)], attributes);
        var convolved = Node("Conv", [x, weights], attributes);
        return Node("BatchNormalization", [convolved, Weights([to], 0.1, 1), Weights([to], 0.1), Weights([to], 0.1), Weights([to], 0.01, 1)]);
    }

    private string Node(string type, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = $"{type}_{++_serial}" };
        node.Input.AddRange(inputs);
        node.Output.Add($"t{_serial}");
        node.Attribute.AddRange(attributes);
        _model.Graph.Node.Add(node);
        return node.Output[0];
    }

    private string Weights(int[] shape, double deviation, double mean = 0)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())));
        var tensor = new TensorProto { Name = $"w{++_serial}", DataType = (int)DataType.Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        _model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto List(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    private static AttributeProto Number(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    private static ValueInfoProto Value(string name, params long[] row)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        tensor.Shape.Dim.AddRange(row.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
