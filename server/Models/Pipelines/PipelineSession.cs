using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ExplainLsp.Models.Pipelines;

/// <summary>The part of a model before one of its tensors, run by ONNX Runtime itself, so that features are the bits that the model sees.</summary>
internal sealed class PipelineSession : IDisposable
{
    private readonly ModelFile _file;
    private readonly InputPlan _plan;
    private readonly InferenceSession _session;
    private readonly ModelSessionOptions _options;
    private readonly string _tensor;
    private readonly int[] _read;
    private readonly Pace _pace = new();

    /// <param name="file">The model.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="plan">What it wants.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="tensor">The tensor that the part ends in.</param>
    /// <exception cref="ModelException">ONNX Runtime refuses the part.</exception>
    public PipelineSession(ModelFile file, byte[] bytes, InputPlan plan, ModelSessionOptions options, string tensor)
    {
        (_file, _plan, _options, _tensor) = (file, plan, options, tensor);
        var model = Before(ModelProto.Parser.ParseFrom(bytes), tensor);
        var inputs = model.Graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        _read = [.. Enumerable.Range(0, plan.Inputs.Length).Where(i => inputs.Contains(plan.Inputs[i].Public.Name))];
        try
        {
            _session = OrtRuntime.Open(model.ToByteArray(), Path.GetDirectoryName(file.Path)!);
        }
        catch (OnnxRuntimeException exception)
        {
            throw OrtFailure.WhileOpening(file, exception);
        }
    }

    /// <summary>Features of rows.</summary>
    /// <param name="inputs">All tensors of the model, checked.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="cancellation">Honoured between and inside blocks.</param>
    /// <returns>Rows × features, row-major, widened.</returns>
    /// <exception cref="ModelRunException">It failed while it computed.</exception>
    public double[] Run(IReadOnlyList<ModelTensor> inputs, int rows, CancellationToken cancellation)
    {
        ModelTensor[] read = [.. RowTensors.Arrange(_file, _plan, inputs, rows).Where((_, i) => _read.Contains(i))];
        // A feature of an encoder takes as much as a number of the input; blocks stay small where there are thousands.
        var plan = BlockPlan.For(
            _plan.FixedBatch, RowTensors.Elements(read), RowTensors.Bytes(read) + EncoderWidth.BytesPerRow(_file), _options.MemoryBudget / _options.Threads);
        double[]? features = null;
        var gate = new Lock();
        BlockRun.Execute(new BlockQueue(rows, plan, _pace), rows, _options.Threads, RunBlock, cancellation);
        return features ?? [];

        void RunBlock(int start, int count, RunOptions run, CancellationToken stop)
        {
            var padded = plan.Padded(count);
            OrtValue[] values = [.. read.Select(tensor => InputBlock.Create(tensor, start, count, padded))];
            try
            {
                using var results = _session.Run(run, [.. read.Select(tensor => tensor.Name)], values, [_tensor]);
                var length = results[0].GetTensorTypeAndShape().ElementCount;
                if (length % padded != 0)
                    throw new ModelRunException($"{_file.DisplayName} gave {length:N0} numbers in {_tensor} for {padded} rows. It does not treat rows one by one; export it with a batch dimension.");
                var width = (int)(length / padded);
                lock (gate)
                    features ??= new double[checked(rows * width)];
                Copy(results[0], features.AsSpan(start * width, count * width));
            }
            catch (OnnxRuntimeException exception)
            {
                stop.ThrowIfCancellationRequested();
                throw OrtFailure.WhileRunning(_file, exception);
            }
            finally
            {
                foreach (var value in values)
                    value.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Copy(OrtValue value, Span<double> to)
    {
        switch (value.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.Float: Widen(value.GetTensorDataAsSpan<float>(), to, number => number); break;
            case TensorElementType.Double: value.GetTensorDataAsSpan<double>()[..to.Length].CopyTo(to); break;
            case TensorElementType.Int64: Widen(value.GetTensorDataAsSpan<long>(), to, number => number); break;
            case TensorElementType.Int32: Widen(value.GetTensorDataAsSpan<int>(), to, number => number); break;
            case TensorElementType.Bool: Widen(value.GetTensorDataAsSpan<bool>(), to, holds => holds ? 1 : 0); break;
            case var other: throw new ModelRunException($"{_file.DisplayName} makes features of type {other} in {_tensor}; numbers are needed. Use kernel-shap.");
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> from, Span<double> to, Func<T, double> widen)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = widen(from[i]);
    }

    /// <summary>The model cut off behind a tensor: only the nodes, weights and inputs that it needs.</summary>
    private static ModelProto Before(ModelProto model, string tensor)
    {
        var graph = model.Graph;
        var writers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
                writers[output] = node;
        }

        var kept = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([tensor]);
        while (open.TryPop(out var name))
        {
            if (!needed.Add(name) || !writers.TryGetValue(name, out var node) || !kept.Add(node))
                continue;
            foreach (var input in node.Input.Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => Names(attribute.G))))
                open.Push(input);
        }

        Keep(graph.Node, kept.Contains);
        Keep(graph.Initializer, weight => needed.Contains(weight.Name));
        Keep(graph.Input, input => needed.Contains(input.Name));
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto { Name = tensor });
        return model;

        static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> list, Func<T, bool> keep)
        {
            T[] stay = [.. list.Where(keep)];
            list.Clear();
            list.AddRange(stay);
        }
    }

    /// <summary>Everything that a subgraph reads; some of it may be written outside.</summary>
    private static IEnumerable<string> Names(GraphProto graph) => graph.Node.SelectMany(node =>
        node.Input.Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => Names(attribute.G))))
        .Concat(graph.Output.Select(output => output.Name));
}
