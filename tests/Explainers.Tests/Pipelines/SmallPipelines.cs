using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Pipelines;

/// <summary>
/// Pipelines as scikit-learn's converter writes them, over the columns city (text), rooms (int64), age and income (numbers, income may be
/// missing), and the model behind them.
/// </summary>
internal sealed class SmallPipelines : IDisposable
{
    /// <summary>Features that <see cref="PerColumn"/> makes: four cities, three numbers of rooms, age scaled, age above 40, income imputed.</summary>
    public const int Features = 10;

    public static readonly string[] Cities = ["Bern", "Oslo", "Rome", "York"];
    private readonly ModelFolder folder = new();
    private readonly List<ModelSession> sessions = [];

    /// <summary>The nodes that make the features, in a tensor <c>x</c>.</summary>
    public static NodeProto[] PerColumn(bool zeros = true) =>
    [
        Node("OneHotEncoder", ["city"], ["cities"], Attribute("cats_strings", Cities), Attribute("zeros", zeros ? 1 : 0)).In("ai.onnx.ml"),
        Node("OneHotEncoder", ["rooms"], ["counts"], Attribute("cats_int64s", 1L, 2L, 3L), Attribute("zeros", 1)).In("ai.onnx.ml"),
        Node("Scaler", ["age"], ["scaled"], Attribute("offset", 40f), Attribute("scale", 0.1f)).In("ai.onnx.ml"),
        Node("Binarizer", ["age"], ["older"], Number("threshold", 40f)).In("ai.onnx.ml"),
        Node("Imputer", ["income"], ["filled"], Attribute("imputed_value_floats", 1.5f), Number("replaced_value_float", float.NaN)).In("ai.onnx.ml"),
        Node("Concat", ["cities", "counts"], ["hot"], Attribute("axis", 2)),
        Node("Reshape", ["hot", "flat"], ["categories"]),
        Node("Concat", ["scaled", "older", "filled"], ["numbers"], Attribute("axis", 1)),
        Node("Concat", ["categories", "numbers"], ["x"], Attribute("axis", 1)),
    ];

    /// <summary>An attribute of one number, not a list.</summary>
    public static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public ModelSession Open(params NodeProto[] nodes) => Open(_ => { }, nodes);

    public ModelSession Open(Action<ModelProto> weights, params NodeProto[] nodes)
    {
        ModelProto model = Of(nodes)
            .Input("city", DataType.String, "N", 1).Input("rooms", DataType.Int64, "N", 1)
            .Input("age", DataType.Float, "N", 1).Input("income", DataType.Float, "N", 1)
            .Output("y", DataType.Float, "N", 1);
        var shape = new TensorProto { Name = "flat", DataType = (int)DataType.Int64 };
        shape.Dims.Add(2);
        shape.Int64Data.AddRange([-1, 7]);
        model.Graph.Initializer.Add(shape);
        weights(model);
        string path = folder.Write(model, $"{sessions.Count}/model.onnx");
        sessions.Add(ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(1, 64L << 20)));
        return sessions[^1];
    }

    public static Predictor PredictorOf(ModelSession session, int index = 0, TargetSpace space = TargetSpace.Raw) =>
        new(session, session.Outputs[0], new Target(session.Outputs[0].Name, index, "y", space));

    /// <summary>Random rows; every fifth income is missing.</summary>
    public static EncodedTable Rows(ModelSession session, int seed, int count)
    {
        var random = new Random(seed);
        return Rows(session, [.. Enumerable.Range(0, count).Select(row =>
            FormattableString.Invariant($"{Cities[random.Next(4)]},{random.Next(1, 4)},{random.Next(20, 61)},{(row % 5 == 4 ? "" : random.Next(-4, 5) / 2.0)}"))]);
    }

    public static EncodedTable Rows(ModelSession session, params string[] lines)
    {
        Table table = Table.Parse("city,rooms,age,income\n" + string.Join("\n", lines) + "\n");
        InputSpec[] inputs = [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
        return TableEncoder.Bind(table, inputs, []).Encode(table, [.. Enumerable.Range(0, table.RowCount)]);
    }

    public void Dispose()
    {
        sessions.ForEach(session => session.Dispose());
        folder.Dispose();
    }
}
