using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>What is put behind an output, so that the score is on the scale that is explained.</summary>
internal static class GradientTail
{
    // The probability nearest to 0 whose log-odds single precision tells apart, 2⁻²⁴; as Predictor clips.
    private const double SmallestProbability = 1.0 / (1 << 24);

    /// <summary>Adds the tail and returns the tensor that is differentiated.</summary>
    public static string Append(WorkingGraph graph, string output, ScoreTail tail)
    {
        if (tail == ScoreTail.None)
            return output;
        var type = graph.FactsOf(output).Type;
        if (tail == ScoreTail.Softmax)
        {
            var rows = graph.FactsOf(output).Dims is { Length: 2 } ? output : graph.Add("Flatten", [output], 1, ("axis", 1L))[0];
            if (rows != output)
                graph.Facts[rows] = new TensorFacts(type, GradientSeed.Flattened(graph.FactsOf(output).Dims));
            return graph.Add("Softmax", [rows], 1, ("axis", 1L))[0];
        }

        var clipped = graph.Add(
            "Clip", [output, graph.Constant(type, [SmallestProbability], []), graph.Constant(type, [Largest(type)], [])], 1)[0];
        var rest = graph.Add("Sub", [graph.Constant(type, [1], []), clipped], 1)[0];
        return graph.Add("Sub", [graph.Add("Log", [clipped], 1)[0], graph.Add("Log", [rest], 1)[0]], 1)[0];
    }

    // In half precision 1 − 2⁻²⁴ is 1, whose log-odds are infinite.
    private static double Largest(DataType type) => type == DataType.Float16 ? (double)Half.BitDecrement((Half)1) : 1 - SmallestProbability;
}
