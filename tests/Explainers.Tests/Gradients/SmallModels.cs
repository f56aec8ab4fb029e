using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Models of a few operators, explained at a tensor.</summary>
internal sealed class SmallModels : IDisposable
{
    private readonly ModelFolder folder = new();
    private readonly List<ModelSession> sessions = [];

    /// <summary>y from x, both rows of numbers.</summary>
    public ModelSession Open(int inputs, int outputs, Action<ModelProto> weights, params NodeProto[] nodes)
    {
        ModelProto model = Of(nodes).Input("x", DataType.Float, "N", inputs).Output("y", DataType.Float, "N", outputs);
        weights(model);
        return Open(model);
    }

    public ModelSession Open(ModelProto model, int threads = 1)
    {
        string path = folder.Write(model, $"{sessions.Count}/model.onnx");
        sessions.Add(ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(threads, 64L << 20)));
        return sessions[^1];
    }

    public static Predictor PredictorOf(ModelSession session, int index = 0, TargetSpace space = TargetSpace.Raw) =>
        new(session, session.Outputs[0], new Target(session.Outputs[0].Name, index, "y", space));

    public static LocalRequest Request(ModelSession session, float[] x, params (string, string)[] options) =>
        new(PredictorOf(session), GridFixtures.Tensor(x, x.Length), null, Fixtures.Options(options), 0);

    public static LocalRequest Request(ModelSession session, GridSample sample, int target, params (string, string)[] options) =>
        new(PredictorOf(session, target), sample, null, Fixtures.Options(options), 0);

    public static double[] Explain(string method, ModelSession session, float[] x, params (string, string)[] options) =>
        [.. ExplainerCatalog.FindLocal(method).Explain(Request(session, x, options), null, default).Tensor!.Values];

    public void Dispose()
    {
        sessions.ForEach(session => session.Dispose());
        folder.Dispose();
    }
}

/// <summary>What small models have beside floating point weights.</summary>
internal static class SmallModelParts
{
    public static ModelProto Integers(this ModelProto model, string name, long[] shape, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.AddRange(shape);
        tensor.Int64Data.AddRange(values);
        model.Graph.Initializer.Add(tensor);
        return model;
    }
}
