using System.Collections.Immutable;
using ExplainLsp.Models.Running;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Trees;

/// <summary>Which columns of which inputs the trees look at, and in which precision.</summary>
/// <param name="Features">The source of each of the ensemble's features.</param>
/// <param name="RoundsToSingle">Whether values are rounded to single precision on the way: all but doubles that stay doubles.</param>
internal sealed record TreeInputs(ImmutableArray<InputColumn> Features, bool RoundsToSingle)
{
    /// <summary>What the trees look at; null when something stands before them that changes more than the order and the precision of values.</summary>
    public static TreeInputs? Of(ModelFile file, ModelNode trees)
    {
        var graph = new GraphTrace(file);
        var sources = ImmutableArray.CreateBuilder<InputColumn>();
        var rounds = false;
        return Add(trees.Inputs[0]) ? new TreeInputs(sources.ToImmutable(), rounds) : null;

        bool Add(string tensor)
        {
            rounds |= graph.Passed(tensor).Any(RoundsValues);
            tensor = graph.Original(tensor);
            for (var i = 0; i < file.Inputs.Length; i++)
            {
                if (file.Inputs[i].Name != tensor)
                    continue;
                rounds |= file.Inputs[i].Type != "double";
                if (file.Inputs[i].Shape is not [_, .. var rest] || !int.TryParse(rest.LastOrDefault() ?? "1", out var width))
                    return false;
                for (var column = 0; column < width; column++)
                    sources.Add(new InputColumn(i, column));
                return true;
            }

            if (graph.Writer(tensor) is not { Operator: "Concat" or "FeatureVectorizer" } concat)
                return false;
            rounds |= concat.Operator == "FeatureVectorizer";
            return concat.Inputs.All(Add);
        }
    }

    private static bool RoundsValues(ModelNode node) =>
        node.Operator == "Cast" && node.Attribute("to") is { Integers: [var type] } && type != (int)DataType.Double;
}
