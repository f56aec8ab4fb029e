using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>Why a model cannot be differentiated, in one line each: what, where, and what still works.</summary>
internal static class GradientFailure
{
    private const string StillWorks = "Perturbation methods such as occlusion, kernel-shap and lime work for this model.";
    private const int MostNamed = 3;

    public static ModelException Refused(string model, NodeProto node, string why) =>
        new($"{model} cannot be differentiated at its {Describe(node)}: {why}. {StillWorks}");

    public static ModelException NoRule(string model, string output, string wrt, IEnumerable<NodeProto> nodes)
    {
        var groups = nodes.GroupBy(node => node.Key()).ToArray();
        var named = groups.Select(group =>
        {
            var names = group.Select(node => Quote(NameOf(node))).Take(MostNamed).ToArray();
            var more = group.Count() - names.Length;
            return $"{group.Key} (node {string.Join(", ", names)}{(more > 0 ? $" and {more:N0} more" : "")})";
        });
        return new ModelException(
            $"{model} cannot be differentiated: no gradient is known of {string.Join(", ", named)}, on the path from {Quote(wrt)} to {Quote(output)}. {StillWorks}");
    }

    public static ModelException NoTensor(string model, string name, IEnumerable<string> known) =>
        new($"{model} has no tensor {Quote(name)}. Its inputs and outputs are {string.Join(", ", known)}.");

    public static ModelException NotConnected(string model, string output, string wrt) =>
        new($"{model}: output {Quote(output)} does not depend on {Quote(wrt)}. Choose another output or tensor.");

    public static ModelException IntegersOnly(string model, string output, string wrt) =>
        new($"{model}: the path from {Quote(wrt)} to {Quote(output)} goes through integers or truth values, which have no gradient. {StillWorks}");

    public static ModelException NotFloating(string model, string name, string type) =>
        new($"{model}: {Quote(name)} holds {type}, and only floating-point tensors have a gradient. Choose a floating-point tensor behind it (an embedding's output, for token ids).");

    public static ModelException Weight(string model, string name) =>
        new($"{model}: {Quote(name)} is a weight. Choose an input or a layer's output.");

    public static ModelException Cycle(string model, NodeProto node) =>
        new($"{model} has a cycle in its graph through its {Describe(node)}. Export the model again.");

    public static ModelException TooBig(string model, string why) =>
        new($"{model} is too big to be differentiated: {why}. {StillWorks}");

    public static string Describe(NodeProto node) => $"{node.Key()} node {Quote(NameOf(node))}";

    private static string NameOf(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";

    private static string Quote(string name) => $"'{name}'";
}

/// <summary>A node can be differentiated once all shapes are known.</summary>
internal sealed class ShapesNeededException(string model, NodeProto node, string tensor)
    : Exception($"{model}: {GradientFailure.Describe(node)} needs the shape of '{tensor}'.")
{
    /// <summary>The node.</summary>
    public NodeProto Node => node;

    /// <summary>The tensor whose shape is not known.</summary>
    public string Tensor => tensor;
}
