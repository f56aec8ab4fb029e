using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

public sealed class CancellationTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CancelledBefore_Throws()
    {
        using var session = _folder.Open(Linear(1, 2));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            session.Run([new ModelTensor("x", new float[2], [2])], 1, session.Outputs[0], new double[1], new CancellationToken(true)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_CancelledBetweenBlocks_EndsAndTheSessionStillRuns(int threads)
    {
        // About a hundred million rows: minutes, if nobody stopped it.
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("breast-cancer-rf")), new(threads, 64L << 20));
        using var stop = new CancellationTokenSource();
        var rows = new float[30_000_000];
        var running = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                session.Run([new ModelTensor("X", rows, [30])], 1_000_000, session.Outputs[0], new double[2_000_000], stop.Token);
        });
        await Task.Delay(50);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(2, session.RunTable(new float[30], 1).Length);
    }

    [Fact]
    public async Task Run_CancelledInsideABlock_EndsBetweenOperators()
    {
        // One row that takes minutes: a thousand products of large matrices.
        var chain = Enumerable.Range(0, 1000).Select(i => Node("MatMul", [$"h{i}", $"h{i}"], [$"h{i + 1}"]));
        var model = Of([Node("Identity", ["x"], ["h0"]), .. chain, Node("ReduceMean", ["h1000"], ["y"], Attribute("axes", 1L, 2))])
            .Input("x", DataType.Float, "N", 700, 700).Output("y", DataType.Float, "N", 1);
        model.Graph.Node[^1].Attribute.Add(Attribute("keepdims", 0));
        model.Graph.Output.Clear();
        using var session = _folder.Open(model.Output("y", DataType.Float, "N"));
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => session.Run(
            [new ModelTensor("x", new float[490_000], [700, 700])], 1, session.Outputs[0], new double[1], stop.Token));
        await Task.Delay(50);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        var path = _folder.Write(Linear(1, 2));

        Assert.ThrowsAny<OperationCanceledException>(() => ModelFile.Read(path, new CancellationToken(true)));
    }
}
