using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using AttributeType = ExplainLsp.Models.Onnx.AttributeProto.Types.AttributeType;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>Makes nodes and the tensors that constants hold.</summary>
internal static class NodeFactory
{
    /// <summary>A node.</summary>
    /// <param name="type">The operator, with its domain where it is not the default one.</param>
    /// <param name="inputs">Names; null for one left out.</param>
    /// <param name="outputs">Names.</param>
    /// <param name="attributes">Attributes: long, float, string, long[], float[], TensorProto, GraphProto.</param>
    public static NodeProto Create(
        string type, IReadOnlyList<string?> inputs, IReadOnlyList<string> outputs, params (string Name, object Value)[] attributes)
    {
        var dot = type.LastIndexOf('.');
        var node = new NodeProto { OpType = type[(dot + 1)..], Domain = dot < 0 ? string.Empty : type[..dot], Name = outputs[0] };
        node.Input.AddRange(inputs.Select(input => input ?? string.Empty));
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        return node;
    }

    /// <summary>An attribute.</summary>
    public static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long integer:
                attribute.I = integer;
                attribute.Type = AttributeType.Int;
                break;
            case float number:
                attribute.F = number;
                attribute.Type = AttributeType.Float;
                break;
            case string text:
                attribute.S = ByteString.CopyFromUtf8(text);
                attribute.Type = AttributeType.String;
                break;
            case long[] integers:
                attribute.Ints.AddRange(integers);
                attribute.Type = AttributeType.Ints;
                break;
            case float[] numbers:
                attribute.Floats.AddRange(numbers);
                attribute.Type = AttributeType.Floats;
                break;
            case TensorProto tensor:
                attribute.T = tensor;
                attribute.Type = AttributeType.Tensor;
                break;
            case GraphProto graph:
                attribute.G = graph;
                attribute.Type = AttributeType.Graph;
                break;
            default:
                throw new ArgumentException($"An attribute cannot hold a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }

    /// <summary>A vector of int64.</summary>
    public static TensorProto Integers(params long[] values)
    {
        var tensor = new TensorProto { DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }

    /// <summary>A scalar of a floating-point or integer type.</summary>
    public static TensorProto Scalar(double value, DataType type)
    {
        var tensor = new TensorProto { DataType = (int)type };
        switch (type)
        {
            case DataType.Float:
                tensor.FloatData.Add((float)value);
                break;
            case DataType.Double:
                tensor.DoubleData.Add(value);
                break;
            case DataType.Int64:
                tensor.Int64Data.Add((long)value);
                break;
            case DataType.Int32:
                tensor.Int32Data.Add((int)value);
                break;
            case DataType.Float16:
                tensor.Int32Data.Add(BitConverter.HalfToUInt16Bits((Half)value));
                break;
            default:
                throw new ArgumentException($"No constant of type {type} is made here.", nameof(type));
        }

        return tensor;
    }
}
