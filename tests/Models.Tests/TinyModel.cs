using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using static ExplainLsp.Models.Onnx.AttributeProto.Types;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests;

/// <summary>Builds small models in code.</summary>
internal static class TinyModel
{
    public static ModelProto Of(params NodeProto[] nodes)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "tests", ProducerVersion = "1", Graph = new GraphProto { Name = "g" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        model.Graph.Node.AddRange(nodes);
        return model;
    }

    public static ModelProto Input(this ModelProto model, string name, DataType type, params object[] shape)
    {
        model.Graph.Input.Add(Value(name, type, shape));
        return model;
    }

    public static ModelProto Output(this ModelProto model, string name, DataType type, params object[] shape)
    {
        model.Graph.Output.Add(Value(name, type, shape));
        return model;
    }

    public static ModelProto Weights(this ModelProto model, string name, long[] shape, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    public static ModelProto External(this ModelProto model, string name, long[] shape, params (string Key, string Value)[] entries)
    {
        model.Graph.Initializer.Add(ExternalTensor(name, shape, entries));
        return model;
    }

    public static TensorProto ExternalTensor(string name, long[] shape, params (string Key, string Value)[] entries)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)DataType.Float,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.AddRange(shape);
        tensor.ExternalData.AddRange(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return tensor;
    }

    public static NodeProto Node(string type, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = $"{type} of {outputs[0]}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    public static NodeProto In(this NodeProto node, string domain)
    {
        node.Domain = domain;
        return node;
    }

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Attribute(string name, params long[] values) =>
        new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    public static AttributeProto Attribute(string name, params float[] values) =>
        new() { Name = name, Type = AttributeType.Floats, Floats = { values } };

    public static AttributeProto Attribute(string name, params string[] values) =>
        new() { Name = name, Type = AttributeType.Strings, Strings = { values.Select(ByteString.CopyFromUtf8) } };

    /// <summary>y = x · w, one output column.</summary>
    public static ModelProto Linear(params float[] weights) =>
        Of(Node("MatMul", ["x", "w"], ["y"]))
            .Weights("w", [weights.Length, 1], weights)
            .Input("x", DataType.Float, "N", weights.Length)
            .Output("y", DataType.Float, "N", 1);

    public static ValueInfoProto Value(string name, DataType type, params object[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        foreach (var size in shape)
        {
            tensor.Shape.Dim.Add(size switch
            {
                int number => new TensorShapeProto.Types.Dimension { DimValue = number },
                string symbol => new TensorShapeProto.Types.Dimension { DimParam = symbol },
                _ => new TensorShapeProto.Types.Dimension(),
            });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
