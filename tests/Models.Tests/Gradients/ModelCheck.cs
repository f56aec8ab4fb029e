using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>The rules of the ONNX checker that a rewritten graph could break: order, unique names, declared types, opset imports.</summary>
internal static class ModelCheck
{
    public static void Check(ModelProto model)
    {
        Assert.True(model.IrVersion >= 8, $"IR version {model.IrVersion} is older than opset 18.");
        Assert.NotEmpty(model.Graph.Name);
        var domains = model.OpsetImport.Select(opset => opset.Domain is "ai.onnx" ? "" : opset.Domain).ToArray();
        Assert.Equal(domains.Distinct().Count(), domains.Length);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in model.Graph.Input)
        {
            Assert.True(known.Add(input.Name), $"Two inputs {input.Name}.");
            CheckType(input);
        }

        foreach (var tensor in model.Graph.Initializer)
        {
            Assert.NotEmpty(tensor.Name);
            Assert.True(known.Add(tensor.Name), $"{tensor.Name} is there twice.");
            Assert.NotEqual(0, tensor.DataType);
        }

        CheckNodes(model.Graph, known, [.. domains]);
        foreach (var output in model.Graph.Output)
        {
            Assert.True(known.Contains(output.Name), $"Nothing writes output {output.Name}.");
            CheckType(output);
        }

        Assert.Equal(model.Graph.Output.Select(output => output.Name).Distinct().Count(), model.Graph.Output.Count);
    }

    private static void CheckNodes(GraphProto graph, HashSet<string> known, HashSet<string> domains)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            Assert.NotEmpty(node.OpType);
            Assert.Contains(node.Domain is "ai.onnx" ? "" : node.Domain, domains);
            Assert.True(node.Name.Length == 0 || names.Add(node.Name), $"Two nodes {node.Name}.");
            foreach (var read in node.Reads())
                Assert.True(known.Contains(read), $"{node.OpType} {node.Name} reads {read} before it is written.");
            foreach (var output in node.Output.Where(output => output.Length > 0))
                Assert.True(known.Add(output), $"{output} is written twice.");
            Assert.Equal(node.Attribute.Select(attribute => attribute.Name).Distinct().Count(), node.Attribute.Count);
            foreach (var attribute in node.Attribute)
                Assert.True(attribute.Type != 0 && attribute.Name.Length > 0, $"{node.OpType} has an attribute without name or type.");
            foreach (var inner in node.Attribute.SelectMany(GraphNodes.Graphs))
                CheckNodes(inner, [.. known, .. inner.Input.Select(input => input.Name), .. inner.Initializer.Select(tensor => tensor.Name)], domains);
        }
    }

    private static void CheckType(ValueInfoProto value)
    {
        Assert.NotEmpty(value.Name);
        Assert.NotNull(value.Type);
        Assert.True(value.Type.TensorType is null || value.Type.TensorType.ElemType != 0, $"{value.Name} has no element type.");
    }
}
