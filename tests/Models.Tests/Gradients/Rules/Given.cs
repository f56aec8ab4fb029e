using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using static ExplainLsp.Models.Onnx.AttributeProto.Types;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Attributes and numbers for cases.</summary>
internal static class Given
{
    public static AttributeProto[] Attributes(params (string Name, object Value)[] attributes) =>
    [
        .. attributes.Select(attribute => attribute.Value switch
        {
            int value => new AttributeProto { Name = attribute.Name, Type = AttributeType.Int, I = value },
            long value => new AttributeProto { Name = attribute.Name, Type = AttributeType.Int, I = value },
            float value => new AttributeProto { Name = attribute.Name, Type = AttributeType.Float, F = value },
            string value => new AttributeProto { Name = attribute.Name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) },
            float[] values => new AttributeProto { Name = attribute.Name, Type = AttributeType.Floats, Floats = { values } },
            _ => new AttributeProto { Name = attribute.Name, Type = AttributeType.Ints, Ints = { (long[])attribute.Value } },
        }),
    ];

    /// <summary>Numbers of both signs without a pattern, for weights.</summary>
    public static double[] Wave(params long[] shape) =>
        [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(i => Math.Round(Math.Sin((1.7 * i) + 0.3), 3))];

    /// <summary>A case's name for its attributes.</summary>
    public static string Named(params (string Name, object Value)[] attributes) =>
        string.Join(", ", attributes.Select(attribute => $"{attribute.Name} {(attribute.Value is Array values ? string.Join(' ', values.Cast<object>()) : attribute.Value)}"));
}
