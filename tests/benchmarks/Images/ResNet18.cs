using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using AttributeType = ExplainLsp.Models.Onnx.AttributeProto.Types.AttributeType;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Benchmarks.Images;

/// <summary>
/// Writes a ResNet-18 (He et al. 2016, table 1) with random weights as an ONNX file: 224 × 224 pixels in three channels, 1,000 classes,
/// batch normalisation folded into the convolutions as exporters do.
/// </summary>
internal sealed class ResNet18
{
    private readonly Random _random = new(18);
    private readonly GraphProto _graph = new() { Name = "resnet18" };
    private int _serial;

    /// <summary>Writes the file.</summary>
    public static void Write(string path)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "benchmark", Graph = new ResNet18().Build() };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private GraphProto Build()
    {
        _graph.Input.Add(Tensor("pixel_values", "N", 3, 224, 224));
        var x = Relu(Convolution("pixel_values", 3, 64, 7, 2));
        x = Node("MaxPool", [x], Integers("kernel_shape", 3, 3), Integers("strides", 2, 2), Integers("pads", 1, 1, 1, 1));
        var channels = 64;
        foreach (var (width, stride) in ((int, int)[])[(64, 1), (128, 2), (256, 2), (512, 2)])
        {
            x = Block(x, channels, width, stride);
            x = Block(x, width, width, 1);
            channels = width;
        }

        x = Node("Flatten", [Node("GlobalAveragePool", [x])]);
        var scores = new NodeProto { OpType = "Gemm", Name = "scores", Input = { x, Weights([1000, 512], 512), Weights([1000], 1000) }, Output = { "logits" } };
        scores.Attribute.Add(new AttributeProto { Name = "transB", I = 1, Type = AttributeType.Int });
        _graph.Node.Add(scores);
        _graph.Output.Add(Tensor("logits", "N", 1000));
        return _graph;
    }

    private string Block(string x, int from, int to, int stride)
    {
        var way = Convolution(Relu(Convolution(x, from, to, 3, stride)), to, to, 3, 1);
        var shortcut = from == to && stride == 1 ? x : Convolution(x, from, to, 1, stride);
        return Relu(Node("Add", [way, shortcut]));
    }

    private string Relu(string x) => Node("Relu", [x]);

    private string Convolution(string x, int from, int to, int size, int stride) => Node(
        "Conv", [x, Weights([to, from, size, size], from * size * size), Weights([to], to * 100)],
        Integers("kernel_shape", size, size), Integers("strides", stride, stride), Integers("pads", size / 2, size / 2, size / 2, size / 2));

    private string Node(string type, string[] inputs, params AttributeProto[] attributes)
    {
        var name = $"{type.ToLowerInvariant()}_{++_serial}";
        var node = new NodeProto { OpType = type, Name = name, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return name;
    }

    /// <summary>Normal weights of the deviation that keeps activations in range (He et al. 2015).</summary>
    private string Weights(long[] shape, int fanIn)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var deviation = Math.Sqrt(1.0 / fanIn);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        var tensor = new TensorProto
        {
            Name = $"weights_{++_serial}",
            DataType = (int)DataType.Float,
            RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto Integers(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    private static ValueInfoProto Tensor(string name, string rows, params long[] shape)
    {
        var dims = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = rows } } };
        dims.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = dims } },
        };
    }
}
