using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Recurrent layers, unrolled: both directions, initial states, lengths, peepholes, and every output. The number of steps must be known.</summary>
internal sealed class RecurrentCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases()
    {
        foreach (var opset in new[] { 7, 14, 22 })
        {
            foreach (var direction in new[] { "forward", "reverse", "bidirectional" })
            {
                yield return Case("LSTM", opset, direction, "Y", 4);
                yield return Case("GRU", opset, direction, "Y", 3);
                yield return Case("RNN", opset, direction, "Y", 1);
            }
        }

        foreach (var output in new[] { "Y_h", "Y_c" })
            yield return Case("LSTM", 14, "bidirectional", output, 4);
        yield return Case("LSTM", 14, "bidirectional", "Y", 4, lengths: true);
        yield return Case("GRU", 14, "bidirectional", "Y_h", 3, lengths: true);
        yield return Case("RNN", 14, "reverse", "Y_h", 1, lengths: true);
        yield return Case("GRU", 14, "forward", "Y", 3, more: ("linear_before_reset", 1));
        yield return Case("LSTM", 14, "forward", "Y", 4, more: ("input_forget", 1));
    }

    private static GradientCase Case(
        string type, int opset, string direction, string output, int gates, bool lengths = false, (string Name, long Value)? more = null)
    {
        const int Hidden = 2, Steps = 3, Batch = 2, Features = 2;
        var directions = direction == "bidirectional" ? 2 : 1;
        var what = $"{direction}, {output}{(lengths ? ", lengths" : "")}{(more is { } option ? $", {option.Name}" : "")}";
        var which = new GradientCase(type, opset, what).Input("X", [Steps, Batch, Features])
            .Input("W", [directions, gates * Hidden, Features], -0.8, 0.8).Input("R", [directions, gates * Hidden, Hidden], -0.7, 0.7)
            .Input("B", [directions, 2 * gates * Hidden], -0.5, 0.5).Input("h", [directions, Batch, Hidden]);
        string[] inputs = ["X", "W", "R", "B", lengths ? "n" : "", "h"];
        if (type == "LSTM")
        {
            which.Input("c", [directions, Batch, Hidden]).Input("P", [directions, 3 * Hidden]);
            inputs = [.. inputs, "c", "P"];
        }

        if (lengths)
            which.Constant("n", DataType.Int32, [Batch], 3, 2);
        AttributeProto[] attributes = [Attribute("hidden_size", (long)Hidden), Attribute("direction", direction)];
        if (more is { } extra)
            attributes = [.. attributes, Attribute(extra.Name, extra.Value)];
        return which.Node(type, inputs, type == "LSTM" ? ["Y", "Y_h", "Y_c"] : ["Y", "Y_h"], attributes).From(output).NeedsShapes();
    }
}
