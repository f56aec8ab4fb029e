using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>The seed: a weight for each element of the output, as an input of shape [rows, width].</summary>
internal static class GradientSeed
{
    /// <summary>Adds the seed's input and returns the seed in the output's own shape.</summary>
    public static (string Input, string Seed) Append(WorkingGraph graph, string output, string name, string stem)
    {
        var facts = graph.FactsOf(output);
        var input = graph.Claim(name);
        var flat = Flattened(facts.Dims) ?? [-1, -1];
        // Half precision is an awkward type to feed; the weights are given in single precision.
        var type = facts.Type == DataType.Double ? DataType.Double : DataType.Float;
        graph.Model.Graph.Input.Add(DeclaredTensor.Of(input, type, flat, stem));
        graph.Facts[input] = new TensorFacts(type, flat);
        var seed = type == facts.Type ? input : graph.Add("Cast", [input], 1, ("to", (long)facts.Type))[0];
        if (facts.Dims is { Length: 2 })
            return (input, seed);
        var shaped = graph.Add("Reshape", [seed, graph.ShapeOf(output)], 1, ("allowzero", 1L))[0];
        graph.Facts[shaped] = facts;
        return (input, shaped);
    }

    /// <summary>A shape with everything behind the rows in one dimension.</summary>
    public static ImmutableArray<long>? Flattened(ImmutableArray<long>? dims) => dims switch
    {
        null => null,
        [] => [1, 1],
        [var rows, .. var rest] => [rows, rest.Any(size => size < 0) ? rest is [var only] ? only : -1 : TensorNumbers.Count(rest)],
    };
}

/// <summary>Declares tensors as inputs and outputs of a graph.</summary>
internal static class DeclaredTensor
{
    /// <summary>A declaration; open dimensions get symbols, those of the same number the same one.</summary>
    public static ValueInfoProto Of(string name, DataType type, ImmutableArray<long>? dims, string stem)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type };
        if (dims is { } sizes)
        {
            tensor.Shape = new TensorShapeProto();
            for (var i = 0; i < sizes.Length; i++)
            {
                tensor.Shape.Dim.Add(sizes[i] switch
                {
                    >= 0 => new TensorShapeProto.Types.Dimension { DimValue = sizes[i] },
                    -1 => new TensorShapeProto.Types.Dimension { DimParam = $"{stem}_{name}_{i}" },
                    _ => new TensorShapeProto.Types.Dimension { DimParam = $"{stem}_{-sizes[i]}" },
                });
            }
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
