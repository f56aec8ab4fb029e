using System.Globalization;
using System.Text.Json;

namespace ExplainLsp.Models.Tests;

/// <summary>What models of other libraries predict, against the values that those libraries gave.</summary>
public class PredictionsTests
{
    public static TheoryData<string, string> Census => new()
    {
        { "adult-gbm", "model.onnx" },
        { "adult-gbm", "model.zipmap.onnx" },
        { "adult-logreg", "model.onnx" },
        { "adult-logreg", "model.zipmap.onnx" },
    };

    [Theory]
    [MemberData(nameof(Census))]
    public void Run_CensusModel_GivesThePeersProbabilities(string model, string file)
    {
        var expected = Fixtures.Golden(model, "predictions").GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model, file)), new(2, 1L << 20));
        var output = session.Outputs[0];
        Assert.Equal(OutputKind.Probabilities, output.Kind);
        Assert.Equal(["<=50K", ">50K"], output.ClassLabels.ToArray());

        var scores = session.Run(expected.Length, CensusRows.Tensors(session, Fixtures.Csv("data/adult/test.csv")));

        for (var row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], scores[(2 * row) + 1], 1e-5);
            Assert.Equal(1, scores[2 * row] + scores[(2 * row) + 1], 1e-5);
        }
    }

    [Theory]
    [InlineData("breast-cancer-gbm", "model.onnx", "shap-tree-interventional-probability", 30, "breast-cancer")]
    [InlineData("breast-cancer-gbm", "model.zipmap.onnx", "shap-tree-interventional-probability", 30, "breast-cancer")]
    [InlineData("breast-cancer-rf", "model.onnx", "shap-tree-interventional", 30, "breast-cancer")]
    [InlineData("breast-cancer-rf", "model.zipmap.onnx", "shap-tree-interventional", 30, "breast-cancer")]
    public void Run_BreastCancerModel_GivesThePeersProbabilities(string model, string file, string golden, int columns, string data)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model, file)), new(2, 1L << 20));
        Assert.Equal(OutputKind.Probabilities, session.Outputs[0].Kind);
        Assert.Equal(["0", "1"], session.Outputs[0].ClassLabels.ToArray());

        AssertPredictions(session, model, golden, columns, data, score: 1, tolerance: 1e-5);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.zipmap.onnx")]
    public void Run_WineModel_GivesThePeersProbabilitiesOfThreeClasses(string file)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("wine-logreg", file)), ModelSessionOptions.Default);
        Assert.Equal(OutputKind.Probabilities, session.Outputs[0].Kind);
        Assert.Equal(3, session.Outputs[0].Width);
        Assert.Equal(["0", "1", "2"], session.Outputs[0].ClassLabels.ToArray());
        var golden = Fixtures.Golden("wine-logreg", "shap-exact");
        var rows = Rows(golden);
        var expected = golden.GetProperty("predictions").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble());

        var scores = session.RunTable(Pick(Fixtures.Floats("data/wine/test.csv", 13), 13, rows), rows.Length);

        foreach (var (want, got) in expected.Zip(scores))
            Assert.Equal(want, got, 1e-5);
    }

    [Theory]
    [InlineData("diabetes-mlp")]
    [InlineData("diabetes-mlp-sklearn")]
    public void Run_DiabetesModel_GivesThePeersValues(string model)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), ModelSessionOptions.Default);
        var output = Assert.Single(session.Outputs);
        Assert.Equal(OutputKind.Value, output.Kind);
        Assert.Equal(1, output.Width);
        Assert.Empty(output.ClassLabels);

        // The peer computed in float64: about 1e-6 of values in the hundreds.
        AssertPredictions(session, model, "shap-exact", 10, "diabetes", score: 0, tolerance: 1e-3);
    }

    [Theory]
    [InlineData("adult-gbm")]
    [InlineData("adult-logreg")]
    public void Inputs_OneAColumn_AreInTheModelsOrder(string model)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), ModelSessionOptions.Default);

        Assert.Equal("age", session.Inputs[0].Name);
        Assert.Equal(typeof(float), session.Inputs[0].ElementType);
        Assert.Equal("workclass", session.Inputs[1].Name);
        Assert.Equal(typeof(string), session.Inputs[1].ElementType);
        Assert.All(session.Inputs, input => Assert.Equal([1], input.RowShape.ToArray()));
    }

    private static void AssertPredictions(
        ModelSession session, string model, string goldenName, int columns, string data, int score, double tolerance)
    {
        var golden = Fixtures.Golden(model, goldenName);
        var all = Fixtures.Floats($"data/{data}/test.csv", columns);
        var expected = golden.GetProperty("predictions").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var rows = golden.GetProperty("inputs").GetProperty("rows").ValueKind == JsonValueKind.Array
            ? Rows(golden)
            : [.. Enumerable.Range(0, expected.Length)];

        var scores = session.RunTable(Pick(all, columns, rows), rows.Length);

        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], scores[(i * session.Outputs[0].Width) + score], tolerance);
    }

    private static int[] Rows(JsonElement golden) =>
        [.. golden.GetProperty("inputs").GetProperty("rows").EnumerateArray().Select(row => row.GetInt32())];

    private static float[] Pick(float[] data, int columns, int[] rows) =>
        [.. rows.SelectMany(row => data[(row * columns)..((row + 1) * columns)])];
}

/// <summary>The census columns as the models take them: a tensor a column.</summary>
internal static class CensusRows
{
    public static ModelTensor[] Tensors(ModelSession session, string[][] rows) => [.. session.Inputs.Select((input, column) => new ModelTensor(
        input.Name,
        input.ElementType == typeof(string)
            ? rows.Select(row => row[column]).ToArray()
            : rows.Select(row => float.Parse(row[column], CultureInfo.InvariantCulture)).ToArray(),
        [1]))];
}
