using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Branches, loops of a fixed number of trips, scans.</summary>
internal sealed class ControlFlowCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases()
    {
        foreach (var opset in new[] { 11, 16 })
        {
            foreach (var condition in new[] { 1.0, 0 })
            {
                yield return new GradientCase("If", opset, $"condition {condition}").Input("x", [2, 3]).Input("z", [3])
                    .Other("c", DataType.Bool, [], condition).Node(If());
                yield return new GradientCase("If", opset, $"condition {condition}, known").Input("x", [2, 3]).Input("z", [3])
                    .Constant("c", DataType.Bool, [], condition).Node(If());
            }

            yield return new GradientCase("Loop", opset, "three trips").Input("x", [3]).Input("z", [3]).Integers("trips", [], 3).Node(Loop()).From("last");
            yield return new GradientCase("Loop", opset, "what it collects").Input("x", [3]).Input("z", [3]).Integers("trips", [], 3).Node(Loop()).From("all");
            yield return new GradientCase("Scan", opset, "backwards").Input("s", [3]).Input("x", [3, 4]).Input("z", [3]).Node(Scan()).From("all").NeedsShapes();
            yield return new GradientCase("Scan", opset, "its state").Input("s", [3]).Input("x", [3, 4]).Input("z", [3]).Node(Scan()).From("last").NeedsShapes();
        }
    }

    private static NodeProto If()
    {
        var node = Node("If", ["c"], ["y"]);
        foreach (var (name, type) in new[] { ("then_branch", "Mul"), ("else_branch", "Sub") })
        {
            var branch = new GraphProto { Name = name };
            branch.Node.Add([Node("Mul", ["x", "x"], ["t"]), Node(type, ["t", "z"], ["r"])]);
            branch.Output.Add(new ValueInfoProto { Name = "r" });
            node.Attribute.Add(Body(name, branch));
        }

        return node;
    }

    private static NodeProto Loop()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([Value("i", DataType.Int64), Value("go", DataType.Bool), new ValueInfoProto { Name = "state" }]);
        body.Node.Add([Node("Identity", ["go"], ["on"]), Node("Mul", ["state", "z"], ["m"]), Node("Sin", ["m"], ["next"]), Node("Mul", ["next", "next"], ["seen"])]);
        body.Output.Add([Value("on", DataType.Bool), new ValueInfoProto { Name = "next" }, new ValueInfoProto { Name = "seen" }]);
        var node = Node("Loop", ["trips", "", "x"], ["last", "all"]);
        node.Attribute.Add(Body("body", body));
        return node;
    }

    private static NodeProto Scan()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([new ValueInfoProto { Name = "state" }, new ValueInfoProto { Name = "item" }]);
        body.Node.Add([Node("Mul", ["state", "z"], ["m"]), Node("Add", ["m", "item"], ["next"]), Node("Mul", ["next", "next"], ["seen"])]);
        body.Output.Add([new ValueInfoProto { Name = "next" }, new ValueInfoProto { Name = "seen" }]);
        var node = Node(
            "Scan", ["s", "x"], ["last", "all"],
            Attribute("num_scan_inputs", 1L), Attribute("scan_input_axes", [1L]), Attribute("scan_input_directions", [1L]), Attribute("scan_output_axes", [1L]));
        node.Attribute.Add(Body("body", body));
        return node;
    }

    private static AttributeProto Body(string name, GraphProto graph) => new() { Name = name, G = graph, Type = AttributeProto.Types.AttributeType.Graph };
}
