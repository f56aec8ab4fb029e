using ExplainLsp.Models.Gradients.Upgrading;
using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>What cannot be differentiated is refused in one line that says what, where, and what still works.</summary>
public class GradientFailureTests
{
    [Theory]
    [InlineData("nothing", "x", "has no tensor 'nothing'")]
    [InlineData("y", "nothing", "has no tensor 'nothing'")]
    [InlineData("y", "w", "'w' is a weight")]
    [InlineData("other", "x", "output 'other' does not depend on 'x'")]
    [InlineData("counted", "x", "goes through integers")]
    [InlineData("whole", "x", "'whole' holds int64")]
    [InlineData("decided", "x", "no gradient is known of Det (node 'Det of decided')")]
    public void Gradient_ThatDoesNotExist_IsRefused(string output, string wrt, string message)
    {
        using var folder = new ModelFolder();
        var model = Of(
                Node("MatMul", ["x", "w"], ["y"]),
                Node("Cast", ["x"], ["whole"], Attribute("to", (long)DataType.Int64)),
                Node("Cast", ["whole"], ["counted"], Attribute("to", (long)DataType.Float)),
                Node("Unsqueeze", ["x", "axis"], ["square"]),
                Node("Det", ["square"], ["decided"]),
                Node("Exp", ["z"], ["other"]))
            .Weights("w", [1, 1], 2).Input("x", DataType.Float, "N", 1).Input("z", DataType.Float, "N", 1).Output("y", DataType.Float, "N", 1);
        model.Graph.Initializer.Add(new TensorProto { Name = "axis", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 2 } });
        using var session = folder.Open(model);

        var exception = Assert.Throws<ModelException>(() => session.Gradient(new(output, [wrt]), CancellationToken.None));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Gradient_OfOldOpset_NamesIt()
    {
        var model = Linear(1, 2);
        model.OpsetImport[0].Version = 6;

        var exception = Assert.Throws<ModelException>(() => OpsetUpgrade.Apply(model, "old/model.onnx", ""));

        Assert.Equal("old/model.onnx is of opset 6; gradients are known from opset 7 on. Export it with opset 13 or newer.", exception.Message);
    }

    [Fact]
    public void Order_OfGraphWithCycle_NamesANodeOnIt()
    {
        var model = Of(Node("Add", ["x", "b"], ["a"]), Node("Exp", ["a"], ["b"]));

        var exception = Assert.Throws<ModelException>(() => NodeOrder.Apply(model.Graph, "m/model.onnx"));

        Assert.Contains("cycle", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_AfterTheSessionClosed_IsRefused()
    {
        using var folder = new ModelFolder();
        var session = folder.Open(Linear(1, 2));
        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None);
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Gradient(new("y", ["x"]), CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => gradient.Run([new("x", new float[2], [2])], 1, [1], null, CancellationToken.None));
    }

    [Fact]
    public void Run_OfQuantisedModel_PassesStraightThroughAndWarns()
    {
        using var folder = new ModelFolder();
        var model = Of(Node("QuantizeLinear", ["x", "scale"], ["q"]), Node("DequantizeLinear", ["q", "scale"], ["d"]), Node("MatMul", ["d", "w"], ["y"]))
            .Weights("scale", [], 0.01f).Weights("w", [2, 1], 3, -4).Input("x", DataType.Float, "N", 2).Output("y", DataType.Float, "N", 1);
        using var session = folder.Open(model);

        var gradient = session.Gradient(new("y", ["x"]), CancellationToken.None);

        Assert.Equal([3f, -4f], gradient.Run([new("x", Numbers(0.1f, 0.2f), [2])], 1, [1], null, CancellationToken.None).Gradients[0].Data);
        Assert.Contains("quantised", Assert.Single(gradient.Warnings), StringComparison.Ordinal);
    }

    private static float[] Numbers(params float[] values) => values;
}
