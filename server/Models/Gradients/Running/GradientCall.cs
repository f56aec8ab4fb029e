using System.Collections.Immutable;
using ExplainLsp.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>One call of a gradient model: its inputs checked, its results gathered block by block.</summary>
internal sealed class GradientCall
{
    private readonly GradientSession _session;
    private readonly ModelFile _file;
    private readonly (string Name, ModelTensor Tensor)[] _feeds;
    private readonly int _rows;
    private readonly float[] _seed;
    private readonly double[] _scores;
    private readonly ResultRows[] _results;

    /// <exception cref="ModelRunException">An input is missing, of another type or shape, or too short.</exception>
    public GradientCall(
        GradientSession session, ModelFile file, InputPlan inputs, GradientRequest request, IReadOnlyList<ModelTensor> tensors,
        IReadOnlyList<ModelTensor>? references, int rows, float[] seed)
    {
        (_session, _file, _rows, _seed) = (session, file, rows, seed);
        FixedRows = inputs.FixedBatch;
        _scores = new double[rows * session.Width];
        var known = inputs.Inputs.ToDictionary(input => input.Public.Name);
        foreach (var name in request.Feed)
            known.TryAdd(name, Fed(session, name));
        _feeds = [.. Arrange(tensors, known, name => name)];
        if (!session.Graph.References.IsEmpty)
        {
            if (references is null)
                throw new ModelRunException($"{file.DisplayName} was given no references, and its gradient compares with them.");
            _feeds = [.. _feeds, .. Arrange(references, known, name => session.Graph.References.GetValueOrDefault(name, ""))];
        }

        RowElements = RowTensors.Elements([.. _feeds.Select(feed => feed.Tensor)]);
        RowBytes = RowTensors.Bytes([.. _feeds.Select(feed => feed.Tensor)]) + (session.Width * sizeof(float));
        LongestOpen = _feeds.SelectMany(feed => feed.Tensor.RowShape).Append(1).Max();
        _results = [.. session.Graph.Gradients.Concat(session.Graph.Fetch).Select(name => new ResultRows(name, file, rows))];
    }

    /// <summary>Rows that the model insists on; 0 for any number.</summary>
    public int FixedRows { get; }

    /// <summary>Input elements a row.</summary>
    public long RowElements { get; }

    /// <summary>Bytes of inputs and scores a row.</summary>
    public long RowBytes { get; }

    /// <summary>The longest dimension of the inputs: what an open one may be.</summary>
    public int LongestOpen { get; }

    /// <summary>Computes one block.</summary>
    public void RunBlock(BlockPlan plan, int start, int count, RunOptions run, CancellationToken stop)
    {
        var padded = plan.Padded(count);
        var names = new string[_feeds.Length + 1];
        var values = new OrtValue?[names.Length];
        try
        {
            for (var i = 0; i < _feeds.Length; i++)
            {
                names[i] = _feeds[i].Name;
                values[i] = InputBlock.Create(_feeds[i].Tensor, start, count, padded);
            }

            names[^1] = _session.Graph.Seed;
            values[^1] = InputBlock.Create(Seed(), start, count, padded);
            using var results = _session.Session.Run(run, names, values!, _session.OutputNames);
            Read(results, start, count, padded);
        }
        catch (OnnxRuntimeException exception)
        {
            stop.ThrowIfCancellationRequested();
            throw OrtFailure.WhileRunning(_file, exception);
        }
        finally
        {
            foreach (var value in values)
                value?.Dispose();
        }
    }

    /// <summary>What all blocks gave.</summary>
    public GradientBatch Finish()
    {
        var (request, wrt) = (_session.Request, _session.Graph.Gradients.Length);
        return new GradientBatch(
            _scores,
            [.. _results.Take(wrt).Select((result, i) => result.Finish(request.Wrt[i]))],
            [.. _results.Skip(wrt).Select((result, i) => result.Finish(request.Fetch[i]))]);
    }

    private ModelTensor Seed() => _session.SeedType switch
    {
        DataType.Double => new ModelTensor(_session.Graph.Seed, Array.ConvertAll(_seed, value => (double)value), [_session.Width]),
        _ => new ModelTensor(_session.Graph.Seed, _seed, [_session.Width]),
    };

    private void Read(IDisposableReadOnlyCollection<OrtValue> results, int start, int count, int padded)
    {
        var scores = results[Array.IndexOf(_session.OutputNames, _session.Graph.Score)];
        if (scores.GetTensorTypeAndShape().ElementCount is var given && given != (long)padded * _session.Width)
        {
            throw new ModelRunException(
                $"{_file.DisplayName} gave {given:N0} numbers in {_session.Request.Output} for {padded} rows, not {_session.Width} a row. It does not treat rows one by one; export it with a batch dimension.");
        }

        var numbers = TensorValues.Read(scores, count * _session.Width);
        for (var i = 0; i < numbers.Length; i++)
            _scores[(start * _session.Width) + i] = numbers[i];
        foreach (var result in _results)
            result.Take(results[Array.IndexOf(_session.OutputNames, result.Tensor)], start, count, padded);
    }

    private IEnumerable<(string Name, ModelTensor Tensor)> Arrange(
        IReadOnlyList<ModelTensor> tensors, Dictionary<string, InputPlan.Input> known, Func<string, string> rename)
    {
        foreach (var tensor in tensors.Where(tensor => !known.ContainsKey(tensor.Name)))
            throw new ModelRunException($"{_file.DisplayName} has no input {tensor.Name}. Its inputs are {string.Join(", ", known.Keys)}.");
        // What a fed layer makes superfluous need not be given.
        var plan = new InputPlan([.. known.Values.Where(input => _session.InputNames.Contains(rename(input.Public.Name)))], 0);
        var needed = plan.Inputs.Select(input => input.Public.Name).ToHashSet();
        var arranged = RowTensors.Arrange(_file, plan, [.. tensors.Where(tensor => needed.Contains(tensor.Name))], _rows);
        return arranged.Select(tensor => (rename(tensor.Name), tensor));
    }

    private static InputPlan.Input Fed(GradientSession session, string name)
    {
        var metadata = session.Session.InputMetadata[name];
        ImmutableArray<int> row = metadata.Dimensions is [_, .. var rest] ? [.. rest] : [-1];
        return new InputPlan.Input(new SessionInput(name, metadata.ElementType, row), metadata.Dimensions.Length > 0);
    }
}
