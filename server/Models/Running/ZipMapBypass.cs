using System.Text;
using ExplainLsp.Models.Onnx;
using Google.Protobuf;

namespace ExplainLsp.Models.Running;

/// <summary>
/// Takes ZipMap nodes out of a model: scikit-learn exports end in one, which turns a tensor of probabilities into one dictionary a row.
/// Making and reading those costs more than the model itself. The tensor before it becomes a graph output instead. Everything else is
/// copied byte by byte, unknown fields, weights and references to external data included.
/// </summary>
internal static class ZipMapBypass
{
    /// <summary>The model with the ZipMaps of these outputs taken out.</summary>
    /// <param name="model">The bytes of the model.</param>
    /// <param name="tensorByOutput">The tensor before the ZipMap, by the name of the sequence output that it writes.</param>
    public static byte[] Apply(byte[] model, IReadOnlyDictionary<string, string> tensorByOutput)
    {
        using var edited = new MemoryStream(model.Length);
        foreach (var field in WireFields.Of(model))
        {
            if (field.Number != ModelProto.GraphFieldNumber)
            {
                edited.Write(field.Bytes.Span);
                continue;
            }

            using var graph = Edit(field.Content, tensorByOutput);
            WireFields.Write(edited, ModelProto.GraphFieldNumber, graph.GetBuffer().AsSpan(0, (int)graph.Length));
        }

        return edited.ToArray();
    }

    private static MemoryStream Edit(ReadOnlyMemory<byte> graph, IReadOnlyDictionary<string, string> tensorByOutput)
    {
        var edited = new MemoryStream(graph.Length);
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in WireFields.Of(graph))
        {
            var dropped = field.Number switch
            {
                GraphProto.NodeFieldNumber => Texts(field, NodeProto.OpTypeFieldNumber) is ["ZipMap"]
                    && Texts(field, NodeProto.OutputFieldNumber).Any(tensorByOutput.ContainsKey),
                GraphProto.OutputFieldNumber => Texts(field, ValueInfoProto.NameFieldNumber) is [var name]
                    && (tensorByOutput.ContainsKey(name) || !outputs.Add(name)),
                _ => false,
            };
            if (!dropped)
                edited.Write(field.Bytes.Span);
        }

        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
        foreach (var tensor in tensorByOutput.Values.Where(outputs.Add))
            WireFields.Write(edited, GraphProto.OutputFieldNumber, new ValueInfoProto { Name = tensor, Type = type }.ToByteArray());
        return edited;
    }

    private static string[] Texts(WireField message, int number) =>
        [.. WireFields.Of(message.Content).Where(field => field.Number == number).Select(field => Encoding.UTF8.GetString(field.Content.Span))];
}
