using System.Collections.Immutable;
using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Running;

namespace ExplainLsp.Models;

/// <summary>
/// A model extended by its own derivative: reverse-mode differentiation by rewriting the ONNX graph into standard operators, run by the
/// stock ONNX Runtime. The seed (a weight for each element of the output) is an input, so one rewritten model serves every class.
/// Safe for use from several threads. Got from <see cref="ModelSession.Gradient"/>, which keeps it.
/// </summary>
public sealed class GradientModel : IDisposable
{
    /// <summary>Shapes whose specialised graphs are kept open.</summary>
    private const int MostShapes = 4;

    private readonly ModelFile _file;
    private readonly GradientSource _source;
    private readonly InputPlan _inputs;
    private readonly ModelSessionOptions _options;
    private readonly Lock _lock = new();
    private readonly List<(string Key, SharedBuild<GradientSession> Build)> _open = [];
    private readonly Pace _pace = new();
    private readonly bool _general;
    private bool _disposed;

    internal GradientModel(ModelFile file, GradientSource source, InputPlan inputs, ModelSessionOptions options, GradientRequest request)
    {
        (_file, _source, _inputs, _options, Request) = (file, source, inputs, options, request);
        try
        {
            var graph = GradientGraph.Build(source, request, keepOutputs: false);
            Warnings = graph.Warnings;
            Width = GradientWidth.Of(file, source, inputs, request);
            var session = new GradientSession(file, source, graph, request, Width, GradientSession.AnyShape, 0);
            _open.Add((GradientSession.AnyShape, SharedBuild<GradientSession>.Of(session)));
            _general = true;
        }
        catch (ShapesNeededException)
        {
            // The graph is made when shapes are seen.
            Warnings = [];
            Width = GradientWidth.Of(file, source, inputs, request);
        }
    }

    /// <summary>What it computes.</summary>
    public GradientRequest Request { get; }

    /// <summary>Elements of the output a row, after the tail.</summary>
    public int Width { get; }

    /// <summary>What a reader must know of these gradients (a quantised model, a gradient passed straight through).</summary>
    public ImmutableArray<string> Warnings { get; private set; }

    /// <summary>Runs forward and backward, in blocks sized by the memory budget.</summary>
    /// <param name="inputs">One tensor a model input and a <see cref="GradientRequest.Feed"/>, <paramref name="rows"/> rows each.</param>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="seed">Weights of the output's elements: rows × <see cref="Width"/>.</param>
    /// <param name="references">DeepLIFT only: the references, one tensor a model input, rows as in <paramref name="inputs"/>.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public GradientBatch Run(
        IReadOnlyList<ModelTensor> inputs, int rows, ReadOnlySpan<float> seed, IReadOnlyList<ModelTensor>? references, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(seed.Length, checked(rows * Width), nameof(seed));
        var session = Session(inputs, cancellation);
        try
        {
            var call = new GradientCall(session, _file, _inputs, Request, inputs, references, rows, seed[..(rows * Width)].ToArray());
            var fixedBatch = Math.Max(session.FixedBatch, _inputs.FixedBatch);
            var plan = GradientBlocks.Plan(session, call, fixedBatch, _options.MemoryBudget / _options.Threads);
            BlockRun.Execute(
                new BlockQueue(rows, plan, _pace),
                rows,
                _options.Threads,
                (start, count, run, stop) => call.RunBlock(plan, start, count, run, stop),
                cancellation);
            return call.Finish();
        }
        finally
        {
            session.Leave();
        }
    }

    /// <summary>Writes the rewritten model: it passes the ONNX checker's rules and runs in any ONNX Runtime.</summary>
    /// <exception cref="ModelException">It cannot be written, needs shapes that the model leaves open, or is too big for one file.</exception>
    public void Save(string path) => GradientFile.Write(_source, Request, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        Release();
    }

    /// <summary>Closes what ONNX Runtime holds; a later run opens it again.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            foreach (var (_, build) in _open)
                build.WhenMade(session => session.Close());
            _open.Clear();
        }
    }

    /// <summary>The session for inputs of these shapes, entered.</summary>
    private GradientSession Session(IReadOnlyList<ModelTensor> inputs, CancellationToken cancellation)
    {
        var key = _general ? GradientSession.AnyShape : GradientSpecialisation.KeyOf(inputs);
        while (true)
        {
            var build = Build(key, inputs);
            var session = build.Get(cancellation);
            lock (_lock)
            {
                // It may have been closed since, to make room for others.
                if (!_open.Contains((key, build)))
                    continue;
                Warnings = session.Graph.Warnings;
                session.Enter();
                return session;
            }
        }
    }

    private SharedBuild<GradientSession> Build(string key, IReadOnlyList<ModelTensor> inputs)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open.Find(open => open.Key == key) is { Build: { } known })
                return known;
            var build = new SharedBuild<GradientSession>(() => _general
                ? new GradientSession(_file, _source, GradientGraph.Build(_source, Request, keepOutputs: false), Request, Width, key, 0)
                : GradientSpecialisation.Open(_file, _source, Request, inputs, Width, key));
            _open.Add((key, build));
            if (_open.Count > MostShapes)
            {
                _open[0].Build.WhenMade(session => session.Close());
                _open.RemoveAt(0);
            }

            return build;
        }
    }
}

/// <summary>What a run gives back.</summary>
/// <param name="Scores">The output after the tail, rows × width.</param>
/// <param name="Gradients">One a tensor of <see cref="GradientRequest.Wrt"/>, in that order.</param>
/// <param name="Activations">One a tensor of <see cref="GradientRequest.Fetch"/>, in that order.</param>
public sealed record GradientBatch(double[] Scores, ImmutableArray<TensorBatch> Gradients, ImmutableArray<TensorBatch> Activations);

/// <summary>Rows of a tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Data">Row-major, rows × product of <paramref name="RowShape"/>.</param>
/// <param name="RowShape">The shape of one row.</param>
public sealed record TensorBatch(string Name, float[] Data, ImmutableArray<int> RowShape);

/// <summary>An inner tensor of a model, with what ONNX Runtime infers of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that writes it, by name; may be empty.</param>
/// <param name="Operator">That node's operator.</param>
/// <param name="ElementType">In ONNX words: <c>float</c>.</param>
/// <param name="Shape">With the batch dimension; −1 where open; empty where the rank is not known.</param>
public sealed record LayerTensor(string Name, string Node, string Operator, string ElementType, ImmutableArray<int> Shape);
