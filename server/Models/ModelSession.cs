using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Pipelines;
using ExplainLsp.Models.Reading;
using ExplainLsp.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models;

/// <summary>
/// A model that runs: tensors in, scores out, in batches, cancellable. Hides ZipMap, label/probability pairs, single- and multi-column
/// inputs, fixed batch sizes. A row's scores are the same bits whatever batch it runs in and however many threads run.
/// Safe for use from several threads.
/// </summary>
public sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelSessionOptions _options;
    private readonly InputPlan _inputPlan;
    private readonly ImmutableArray<ScoreSource> _sources;
    private readonly string[] _inputNames;
    private readonly Pace _pace = new();
    private readonly UseGate _gate;
    private readonly GradientWorkshop _gradients;
    private readonly Dictionary<string, PipelineSession> _pipelines = new(StringComparer.Ordinal);
    private readonly long _encoderBytes;
    private readonly Lazy<TreeRun?> _trees;

    private ModelSession(ModelFile file, InferenceSession session, ModelSessionOptions options, InputPlan inputPlan)
    {
        File = file;
        _session = session;
        _options = options;
        _inputPlan = inputPlan;
        _gate = new UseGate(this, Close);
        _encoderBytes = EncoderWidth.BytesPerRow(file);
        _gradients = new GradientWorkshop(file, () => ReadUnchanged(file), inputPlan, options);
        _trees = new(() => TreeRun.For(file, inputPlan, _sources, RunOnce));
        _inputNames = [.. inputPlan.Inputs.Select(input => input.Public.Name)];
        _sources = OutputPlan.Finish(file, OutputPlan.Candidates(file).Select(Measured));
        Inputs = [.. inputPlan.Inputs.Select(input => input.Public)];
        Outputs = [.. _sources.Select(source => source.Output)];
    }

    /// <summary>The file that runs.</summary>
    public ModelFile File { get; }

    /// <summary>Threads that compute.</summary>
    public int Threads => _options.Threads;

    /// <summary>Whether the model is trees that run on our own layout of them instead of in ONNX Runtime.</summary>
    internal bool RunsTreesItself => _trees.Value is not null;

    /// <summary>What the model wants, in its own order.</summary>
    public ImmutableArray<SessionInput> Inputs { get; }

    /// <summary>What can be explained, the most likely first (probabilities before logits before values).</summary>
    public ImmutableArray<SessionOutput> Outputs { get; }

    /// <summary>Opens a model.</summary>
    /// <param name="file">A file that was read, and so checked.</param>
    /// <param name="options">Threads and memory.</param>
    /// <exception cref="ModelException">Unknown operator or opset, no usable input or output, changed since it was read.</exception>
    public static ModelSession Open(ModelFile file, ModelSessionOptions options)
    {
        var inputs = InputPlan.Of(file);
        var bypassed = OutputPlan.Candidates(file).Where(candidate => candidate is { ZipMapped: true, AsMaps: false })
            .DistinctBy(candidate => candidate.Name).ToDictionary(candidate => candidate.Name, candidate => candidate.Fetch);
        var bytes = ReadUnchanged(file);
        InferenceSession? session = null;
        try
        {
            session = OrtRuntime.Open(bypassed.Count > 0 ? ZipMapBypass.Apply(bytes, bypassed) : bytes, Path.GetDirectoryName(file.Path)!);
            return new ModelSession(file, session, options, inputs);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or InvalidDataException)
        {
            session?.Dispose();
            throw OrtFailure.WhileOpening(file, exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs rows through the model, in blocks sized by the memory budget.</summary>
    /// <param name="inputs">One tensor an input, <paramref name="rows"/> rows each.</param>
    /// <param name="rows">Rows to run, 1 or more.</param>
    /// <param name="output">Which of <see cref="Outputs"/> to read.</param>
    /// <param name="scores">Receives rows × <see cref="SessionOutput.Width"/> scores, row-major, as the model gives them (its own kind).</param>
    /// <param name="cancellation">Honoured between and inside blocks.</param>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public void Run(
        IReadOnlyList<ModelTensor> inputs, int rows, SessionOutput output, Span<double> scores, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var source = SourceOf(output);
        var length = checked(rows * output.Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, length, nameof(scores));
        var call = new Call(RowTensors.Arrange(File, _inputPlan, inputs, rows), source);
        if (_trees.Value is { } trees && trees.Serves(source))
        {
            trees.Run(call.Inputs, rows, scores[..length], _options.Threads, cancellation);
            return;
        }

        var plan = BlockPlan.For(
            _inputPlan.FixedBatch,
            RowTensors.Elements(call.Inputs),
            RowTensors.Bytes(call.Inputs) + (source.Columns * sizeof(float)) + _encoderBytes,
            _options.MemoryBudget / _options.Threads);

        // A span cannot cross threads; the copy at the end is nothing beside the model.
        _gate.Enter();
        var buffer = ArrayPool<double>.Shared.Rent(length);
        try
        {
            BlockRun.Execute(
                new BlockQueue(rows, plan, _pace),
                rows,
                _options.Threads,
                (start, count, run, stop) => RunBlock(call, plan, start, count, buffer, run, stop),
                cancellation);
            buffer.AsSpan(0, length).CopyTo(scores);
        }
        finally
        {
            _gate.Leave();
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <summary>What the model's own pipeline makes of rows: the features that its trees or its linear model see.</summary>
    /// <param name="pipeline">A pipeline of this model.</param>
    /// <param name="inputs">One tensor an input, <paramref name="rows"/> rows each.</param>
    /// <param name="rows">Rows to run, 1 or more.</param>
    /// <param name="cancellation">Honoured between and inside blocks.</param>
    /// <returns>Rows × features, row-major; numbers as the model holds them, widened.</returns>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public double[] Features(FeaturePipeline pipeline, IReadOnlyList<ModelTensor> inputs, int rows, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _gate.Enter();
        try
        {
            PipelineSession? session;
            lock (_pipelines)
            {
                if (!_pipelines.TryGetValue(pipeline.Tensor, out session))
                    _pipelines[pipeline.Tensor] = session = new PipelineSession(File, ReadUnchanged(File), _inputPlan, _options, pipeline.Tensor);
            }

            return session.Run(inputs, rows, cancellation);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>
    /// Whether <see cref="RunLogOdds"/> knows an output: the probabilities of trees whose scores are at hand before they become
    /// probabilities.
    /// </summary>
    public bool HasLogOdds(SessionOutput output) => _trees.Value is { HasLogOdds: true } trees && trees.Serves(SourceOf(output));

    /// <summary>Runs rows and gives the log-odds ln(p / (1 − p)) of each probability, from scores that were never rounded to a probability.</summary>
    /// <inheritdoc cref="Run" path="/param|/exception"/>
    public void RunLogOdds(
        IReadOnlyList<ModelTensor> inputs, int rows, SessionOutput output, Span<double> scores, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (!HasLogOdds(output))
            throw new ArgumentException($"{output.Name} has no log-odds of its own.", nameof(output));
        _trees.Value!.RunLogOdds(
            RowTensors.Arrange(File, _inputPlan, inputs, rows), rows, scores[..checked(rows * output.Width)], _options.Threads, cancellation);
    }

    /// <summary>The model extended by its derivative, made on first use and kept until the session closes.</summary>
    /// <exception cref="ModelException">An operator without a gradient rule on the path, an output that does not depend on the tensor, a tensor that does not exist.</exception>
    public GradientModel Gradient(GradientRequest request, CancellationToken cancellation) => _gradients.Gradient(request, cancellation);

    /// <summary>The model's inner tensors in graph order, with the types and shapes that ONNX Runtime infers; found on first use and kept.</summary>
    public ImmutableArray<LayerTensor> Layers(CancellationToken cancellation) => _gradients.Layers(cancellation);

    /// <summary>Closes the model, once nothing runs any more.</summary>
    public void Dispose()
    {
        _gate.Close();
        _gradients.Dispose();
    }

    private void Close()
    {
        _session.Dispose();
        foreach (var pipeline in _pipelines.Values)
            pipeline.Dispose();
    }

    // By name: an output may come from an earlier session of the same model.
    private ScoreSource SourceOf(SessionOutput output) =>
        _sources.FirstOrDefault(source => source.Output.Name == output.Name && source.Output.Width == output.Width)
        ?? throw new ArgumentException($"{output.Name} is not one of the outputs of {File.DisplayName}.", nameof(output));

    /// <summary>A few rows through ONNX Runtime, at once.</summary>
    private double[] RunOnce(ModelTensor[] inputs, int rows, ScoreSource source)
    {
        var scores = new double[rows * source.Output.Width];
        using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        _gate.Enter();
        try
        {
            RunBlock(new Call(inputs, source), new BlockPlan(rows, rows), 0, rows, scores, run, default);
        }
        finally
        {
            _gate.Leave();
        }

        return scores;
    }

    private void RunBlock(Call call, BlockPlan plan, int start, int count, double[] scores, RunOptions run, CancellationToken stop)
    {
        var (inputs, source) = call;
        var padded = plan.Padded(count);
        var values = new OrtValue?[inputs.Length];
        try
        {
            for (var i = 0; i < inputs.Length; i++)
                values[i] = InputBlock.Create(inputs[i], start, count, padded);
            using var results = _session.Run(run, _inputNames, values!, [source.Fetch]);
            if (ScoreBlock.Count(results[0], source.AsMaps) is var given && given != (long)padded * source.Columns)
            {
                throw new ModelRunException(
                    $"{File.DisplayName} gave {given:N0} numbers in {source.Output.Name} for {padded} rows, not {source.Columns} a row. It does not treat rows one by one; export it with a batch dimension.");
            }

            var width = source.Output.Width;
            ScoreBlock.Read(results[0], source, scores.AsSpan(start * width, count * width));
        }
        catch (OnnxRuntimeException exception)
        {
            stop.ThrowIfCancellationRequested();
            throw OrtFailure.WhileRunning(File, exception);
        }
        finally
        {
            foreach (var value in values)
                value?.Dispose();
        }
    }

    /// <summary>An output whose columns the file does not declare tells them by a run on zeros and empty texts.</summary>
    private OutputPlan.Candidate Measured(OutputPlan.Candidate candidate)
    {
        if (candidate.Columns > 0)
            return candidate;
        var rows = Math.Max(_inputPlan.FixedBatch, BlockPlan.Grain);
        var tensors = RowTensors.Zeros(_inputPlan, rows);
        var values = tensors.Select(tensor => InputBlock.Create(tensor, 0, rows, rows)).ToArray();
        try
        {
            using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var results = _session.Run(run, _inputNames, values, [candidate.Fetch]);
            var columns = (int)(ScoreBlock.Count(results[0], candidate.AsMaps) / rows);
            return candidate with
            {
                Columns = Math.Max(columns, 1),
                Labels = candidate.AsMaps ? ScoreBlock.Keys(results[0]) : candidate.Labels,
            };
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException(
                $"{File.DisplayName} does not declare how many numbers {candidate.Name} has, and a trial run failed. Export it with the shapes of its outputs.",
                exception);
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }

    private static byte[] ReadUnchanged(ModelFile file)
    {
        var bytes = ModelBytes.Of(file);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256
            ? bytes
            : throw new ModelException($"{file.DisplayName} changed on disk while it was being opened. Try again.");
    }

    private readonly record struct Call(ModelTensor[] Inputs, ScoreSource Source);
}

/// <summary>How a model runs.</summary>
/// <param name="Threads">Threads that compute, 1 or more.</param>
/// <param name="MemoryBudget">Bytes that the inputs and outputs of one run may take.</param>
public sealed record ModelSessionOptions(int Threads, long MemoryBudget)
{
    /// <summary>Half the cores, at least 1, at most 4; 64 MiB.</summary>
    public static ModelSessionOptions Default { get; } = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 4), 64L << 20);
}
