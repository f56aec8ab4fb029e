using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Benchmarks.Images;

/// <summary>A model with a sample to explain.</summary>
internal sealed class Subject : IDisposable
{
    private readonly ModelSession _session;
    private readonly GridSample _sample;
    private readonly Predictor _predictor;
    private readonly ModelTensor[] _batch;
    private readonly double[] _scores;
    private readonly float[] _seed;
    private readonly GradientModel _gradient;
    private readonly int _rows;

    /// <param name="model">The model's path.</param>
    /// <param name="picture">A picture; null for noise.</param>
    /// <param name="preprocessing">Its preprocessor_config.json; null with noise.</param>
    /// <param name="batch">Rows of a pass.</param>
    public Subject(string model, string? picture, string? preprocessing, int batch)
    {
        _session = ModelSession.Open(ModelFile.Read(model), ModelSessionOptions.Default);
        _rows = batch;
        var input = _session.Inputs[0];
        var spec = new InputSpec(input.Name, input.ElementType, input.RowShape);
        _sample = picture is null ? Noise(spec) : ImageSample.Create(Picture.Read(picture), ImagePreprocessing.ReadHuggingFace(preprocessing!, spec), spec);
        var output = _session.Outputs[0];
        _predictor = new Predictor(_session, output, new Target(output.Name, 0, "class 0", TargetSpace.Raw));
        Bare = new BareModel(model, _sample, batch);

        var elements = _sample.Grid.Elements;
        var data = new float[batch * elements];
        for (var i = 0; i < batch; i++)
            ((float[])_sample.Tensor.Data).AsSpan(0, elements).CopyTo(data.AsSpan(i * elements));
        _batch = [new ModelTensor(input.Name, data, _sample.Tensor.RowShape)];
        _scores = new double[batch * output.Width];
        _gradient = _session.Gradient(new GradientRequest(output.Name, [input.Name]), default);
        _seed = new float[batch * _gradient.Width];
        for (var i = 0; i < batch; i++)
            _seed[i * _gradient.Width] = 1;
    }

    /// <summary>The model alone in ONNX Runtime.</summary>
    public BareModel Bare { get; }

    /// <summary>One graph or two, at sixteen rows or the batch where that is smaller.</summary>
    public OneGraphOrTwo Graphs() => new(_session.File.Path, _sample, Math.Min(_rows, 16));

    /// <summary>One forward pass of the batch.</summary>
    public void Forward() => _session.Run(_batch, _rows, _session.Outputs[0], _scores, default);

    /// <summary>One forward and backward pass of the batch.</summary>
    public void Gradient() => _gradient.Run(_batch, _rows, _seed, null, default);

    /// <summary>Explains the sample.</summary>
    public Explanation Explain(string method, params (string Key, string Value)[] options) => Explain(method, _ => { }, options);

    /// <summary>Explains the sample and tells how far it is.</summary>
    public Explanation Explain(string method, Action<ExplanationProgress> progress, params (string Key, string Value)[] options) =>
        ExplainerCatalog.FindLocal(method).Explain(
            new LocalRequest(_predictor, _sample, null, options.ToImmutableDictionary(option => option.Key, option => option.Value), 0),
            new Told(progress), default);

    /// <inheritdoc/>
    public void Dispose()
    {
        Bare.Dispose();
        _session.Dispose();
    }

    private static TensorSample Noise(InputSpec spec)
    {
        var random = new Random(1);
        int[] shape = [.. spec.RowShape];
        var values = new double[shape.Aggregate(1, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextDouble() - 0.5;
        return TensorSample.Create(new NumpyArray([.. shape], values, "f4"), "noise", null, spec);
    }

    private sealed class Told(Action<ExplanationProgress> told) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => told(value);
    }
}
