using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Trees;

/// <summary>Attributes of a tree node as plain arrays; doubles may stand in a list of floats or in a tensor.</summary>
internal sealed class TreeAttributes(NodeProto node)
{
    private readonly Dictionary<string, AttributeProto> _attributes = node.Attribute.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    public bool Has(string name) => _attributes.ContainsKey(name);

    public long Integer(string name, long fallback) => _attributes.TryGetValue(name, out var found) ? found.I : fallback;

    public string Text(string name, string fallback) => _attributes.TryGetValue(name, out var found) ? found.S.ToStringUtf8() : fallback;

    public string[] Texts(string name) => _attributes.TryGetValue(name, out var found) ? [.. found.Strings.Select(text => text.ToStringUtf8())] : [];

    public int[] Integers(string name) => _attributes.TryGetValue(name, out var found) ? [.. found.Ints.Select(value => Whole(name, value))] : [];

    /// <summary>A list that has one entry a node, or a weight.</summary>
    /// <exception cref="ModelException">It has another length.</exception>
    public int[] Integers(string name, int count) => Counted(name, Integers(name), count);

    /// <inheritdoc cref="Integers(string, int)"/>
    public double[] Numbers(string name, int count) => Counted(name, Numbers(name), count);

    /// <summary>A list of floats, its <c>_as_tensor</c> twin, or a tensor attribute, widened.</summary>
    public double[] Numbers(string name)
    {
        if (_attributes.TryGetValue(name + "_as_tensor", out var tensor) || (_attributes.TryGetValue(name, out tensor) && tensor.T is not null))
            return Numbers(tensor.T);
        return _attributes.TryGetValue(name, out var list) ? [.. list.Floats.Select(value => (double)value)] : [];
    }

    private static T[] Counted<T>(string name, T[] values, int count) => values.Length == count
        ? values
        : throw new ModelException($"The trees cannot be used: {name} has {values.Length} entries where {count} are needed. Export the model again.");

    private static int Whole(string name, long value) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new ModelException($"The trees cannot be used: {name} holds {value}, which is no number of a node, column or class. Export the model again.");

    private static double[] Numbers(TensorProto tensor)
    {
        var raw = tensor.RawData.ToByteArray();
        return (DataType)tensor.DataType switch
        {
            DataType.Float => raw.Length > 0
                ? [.. Enumerable.Range(0, raw.Length / 4).Select(i => (double)BitConverter.ToSingle(raw, i * 4))]
                : [.. tensor.FloatData.Select(value => (double)value)],
            DataType.Double => raw.Length > 0
                ? [.. Enumerable.Range(0, raw.Length / 8).Select(i => BitConverter.ToDouble(raw, i * 8))]
                : [.. tensor.DoubleData],
            DataType.Uint8 => raw.Length > 0 ? [.. raw.Select(value => (double)value)] : [.. tensor.Int32Data.Select(value => (double)value)],
            DataType.Float16 => raw.Length > 0
                ? [.. Enumerable.Range(0, raw.Length / 2).Select(i => (double)BitConverter.ToHalf(raw, i * 2))]
                : [.. tensor.Int32Data.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value))],
            _ => [],
        };
    }
}
