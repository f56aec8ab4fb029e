using System.Collections.Immutable;
using ExplainLsp.Models.Running;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Trees;

/// <summary>Which columns of which inputs the trees look at, and in which precision.</summary>
/// <param name="Features">The source of each of the ensemble's features.</param>
/// <param name="RoundsToSingle">Whether values are rounded to single precision on the way: all but doubles that stay doubles.</param>
internal sealed record TreeInputs(ImmutableArray<TreeFeature> Features, bool RoundsToSingle)
{
    /// <exception cref="ModelException">Something stands between the inputs and the trees that changes values or their order.</exception>
    public static TreeInputs Of(ModelFile file, ModelNode trees)
    {
        var graph = new GraphTrace(file);
        var sources = ImmutableArray.CreateBuilder<TreeFeature>();
        var rounds = false;
        Add(trees.Inputs[0]);
        return new TreeInputs(sources.ToImmutable(), rounds);

        void Add(string tensor)
        {
            rounds |= graph.Passed(tensor).Any(RoundsValues);
            tensor = graph.Original(tensor);
            for (var i = 0; i < file.Inputs.Length; i++)
            {
                if (file.Inputs[i].Name != tensor)
                    continue;
                rounds |= file.Inputs[i].Type != "double";
                var width = file.Inputs[i].Shape is [_, .. var rest] && int.TryParse(rest.LastOrDefault() ?? "1", out var columns)
                    ? columns : throw Between($"{tensor} does not declare its columns");
                for (var column = 0; column < width; column++)
                    sources.Add(new TreeFeature(i, column));
                return;
            }

            if (graph.Writer(tensor) is not { Operator: "Concat" or "FeatureVectorizer" } concat)
                throw Between($"{graph.Writer(tensor)?.Operator ?? "a constant"} changes the columns");
            rounds |= concat.Operator == "FeatureVectorizer";
            foreach (var part in concat.Inputs)
                Add(part);
        }

        ModelException Between(string what) => new(
            $"The trees of {file.DisplayName} do not see its inputs as they are: {what}. Use exact-shap or kernel-shap.");
    }

    private static bool RoundsValues(ModelNode node) =>
        node.Operator == "Cast" && node.Attribute("to") is { Integers: [var type] } && type != (int)DataType.Double;
}
