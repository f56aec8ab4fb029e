using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

/// <summary>A row's scores are the same bits whatever it runs with.</summary>
public class RowBitsTests
{
    private const int Rows = 1_000;

    private static readonly int[] BatchSizes = [1, 2, 3, 7, 8, 15, 16, 17, 31, 50, 63, 64, 65, 100, 333];

    [Theory]
    [InlineData("breast-cancer-gbm", "breast-cancer", 30)]
    [InlineData("breast-cancer-rf", "breast-cancer", 30)]
    [InlineData("diabetes-mlp", "diabetes", 10)]
    [InlineData("diabetes-mlp-sklearn", "diabetes", 10)]
    [InlineData("wine-logreg", "wine", 13)]
    public void Run_InAnyBatchAndOnAnyThreads_GivesTheSameBits(string model, string data, int columns)
    {
        var path = Fixtures.Model(model);
        var rows = Repeat(Fixtures.Floats($"data/{data}/test.csv", columns), columns);

        AssertSameBits(options => ModelSession.Open(ModelFile.Read(path), options), rows, [columns]);
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Exp")]
    [InlineData("Elu")]
    [InlineData("Softplus")]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("Erf")]
    public void Run_OperatorWithRoundingTails_GivesTheSameBits(string type)
    {
        // Seven columns of thirteen: nothing is a multiple of a vector.
        var weights = Fixtures.Floats("data/wine/train.csv", 13)[..(13 * 7)].Select(value => (value % 1.7f) - 0.8f).ToArray();
        var model = Of(Node("MatMul", ["x", "w"], ["h"]), Node(type, ["h"], ["y"]))
            .Weights("w", [13, 7], weights).Input("x", DataType.Float, "N", 13).Output("y", DataType.Float, "N", 7);
        var rows = Repeat([.. Fixtures.Floats("data/wine/test.csv", 13).Select(value => value % 3.1f)], 13);
        using var folder = new ModelFolder();
        var file = ModelFile.Read(folder.Write(model));

        AssertSameBits(options => ModelSession.Open(file, options), rows, [13]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public void Run_FixedBatch_GivesTheSameBits(int batch)
    {
        var model = Of(Node("Tanh", ["x"], ["y"])).Input("x", DataType.Float, batch, 3).Output("y", DataType.Float, batch, 3);
        var rows = Repeat([.. Fixtures.Floats("data/wine/test.csv", 13).Select(value => value % 3.1f)], 3);
        using var folder = new ModelFolder();
        var file = ModelFile.Read(folder.Write(model));

        AssertSameBits(options => ModelSession.Open(file, options), rows, [3]);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.zipmap.onnx")]
    public void Run_CensusModelInAnyBatch_GivesTheSameBits(string file)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("adult-gbm", file)), ModelSessionOptions.Default);
        using var parallel = ModelSession.Open(ModelFile.Read(Fixtures.Model("adult-gbm", file)), new(3, 1));
        var rows = Fixtures.Csv("data/adult/test.csv")[..300];
        var all = session.Run(300, CensusRows.Tensors(session, rows));

        Assert.Equal(all, parallel.Run(300, CensusRows.Tensors(parallel, rows)));
        foreach (var size in new[] { 1, 7, 50 })
        {
            for (var start = 0; start + size <= 300; start += size)
            {
                var part = session.Run(size, CensusRows.Tensors(session, rows[start..(start + size)]));
                Assert.Equal(all[(start * 2)..((start + size) * 2)], part);
            }
        }
    }

    private static void AssertSameBits(Func<ModelSessionOptions, ModelSession> open, float[] data, int[] rowShape)
    {
        using var session = open(new ModelSessionOptions(1, 64L << 20));
        var size = rowShape.Aggregate(1, (product, length) => product * length);
        var all = session.RunTable(data, Rows);
        var width = session.Outputs[0].Width;
        foreach (var batch in BatchSizes)
        {
            for (var start = 0; start + batch <= Rows; start += 97 + batch)
            {
                var part = session.RunTable(data[(start * size)..((start + batch) * size)], batch);
                Assert.Equal(all[(start * width)..((start + batch) * width)], part);
            }
        }

        // A budget of a few rows makes many small blocks.
        foreach (var (threads, budget) in new[] { (2, 64L << 20), (2, 1L), (3, 40_000L), (5, 1L) })
        {
            using var other = open(new ModelSessionOptions(threads, budget));
            Assert.Equal(all, other.RunTable(data, Rows));
        }
    }

    /// <summary>A thousand rows, each a little different from the row it repeats.</summary>
    private static float[] Repeat(float[] data, int columns)
    {
        var rows = data.Length / columns;
        var repeated = new float[Rows * columns];
        for (var i = 0; i < repeated.Length; i++)
            repeated[i] = data[i % (rows * columns)] * (1 + (i / (rows * columns) * 0.013f));
        return repeated;
    }
}
