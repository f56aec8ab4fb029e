using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests.Trees;
using ExplainLsp.Samples;
using Google.Protobuf;

namespace ExplainLsp.Benchmarks.Trees;

/// <summary>A model of trees with rows to explain and a background.</summary>
internal sealed class Ensemble : IDisposable
{
    private readonly BareModel[] _bare;
    private readonly ModelTensor _tensor;
    private readonly double[] _scores;

    /// <param name="path">The model.</param>
    /// <param name="rows">Rows that are explained.</param>
    /// <param name="background">The background.</param>
    /// <param name="ignored">A column of the tables that the model does not see.</param>
    public Ensemble(string path, Table rows, Table background, string ignored = "")
    {
        Session = ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(Environment.ProcessorCount, 64L << 20));
        InputSpec[] inputs = [.. Session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
        string[] names = ignored.Length > 0 ? [ignored] : [];
        Rows = TableEncoder.Bind(rows, inputs, names).Encode(rows, [.. Enumerable.Range(0, rows.RowCount)]);
        Background = TableEncoder.Bind(background, inputs, names).Encode(background, [.. Enumerable.Range(0, background.RowCount)]);
        Trees = TreeEnsemble.Of(Session.File, default);

        // Many rows for predictions: those of the table again and again.
        var columns = inputs[0].RowShape[0];
        var own = ((float[])Rows.Batch.Tensors[0].Data).AsSpan(0, Rows.RowCount * columns);
        var repeats = Math.Max(1, 40_000 / Rows.RowCount);
        var values = new float[own.Length * repeats];
        for (var i = 0; i < repeats; i++)
            own.CopyTo(values.AsSpan(i * own.Length));
        PredictedRows = Rows.RowCount * repeats;
        _tensor = new ModelTensor(inputs[0].Name, values, inputs[0].RowShape);
        _scores = new double[PredictedRows * Session.Outputs[0].Width];
        _bare = [new BareModel(path, values, columns, 1), new BareModel(path, values, columns, Environment.ProcessorCount)];
    }

    public ModelSession Session { get; }

    public TreeEnsemble Trees { get; }

    public EncodedTable Rows { get; }

    public EncodedTable Background { get; }

    /// <summary>Rows of one call of <see cref="Predict"/>.</summary>
    public int PredictedRows { get; }

    /// <summary>A random ensemble with random rows.</summary>
    public static Ensemble Random(string folder, int trees, int depth, int features, int rows, int background, double early = 0, bool isChain = false)
    {
        var random = new Random(trees + depth);
        var listing = new TreeListing(features) { Modes = ["BRANCH_LEQ"], Early = early, IsChain = isChain, Threshold = random => (float)random.NextDouble() };
        var path = Path.Combine(folder, $"trees-{trees}-{depth}-{features}-{isChain}.onnx");
        File.WriteAllBytes(path, listing.Grow(random, trees, depth).Regressor().ToByteArray());
        return new Ensemble(path, Draw(random, rows, features), Draw(random, background, features));
    }

    /// <summary>All predicted rows through our own layout of the trees.</summary>
    public void Predict() => Session.Run([_tensor], PredictedRows, Session.Outputs[0], _scores, default);

    /// <summary>The same through ONNX Runtime.</summary>
    public void PredictBare(bool oneThread) => _bare[oneThread ? 0 : 1].Run();

    /// <summary>So many rows, ready to be explained: those of the table again and again.</summary>
    public RowBlock[] Blocks(int rows) => RowBlock.Of(Trees, Rows, [.. Enumerable.Range(0, rows).Select(row => row % Rows.RowCount)]);

    /// <summary>Absent features follow the background's shares at each node.</summary>
    public ITreeBackground PathDependent() =>
        new PathDependentBackground(Trees, PathDependentBackground.Count(Trees, RowBlock.Of(Trees, Background, [.. Enumerable.Range(0, Background.RowCount)]), default));

    /// <summary>Absent features take the values of background rows.</summary>
    public ITreeBackground Interventional(int rows = 100) => new InterventionalBackground(Trees, RowBlock.Of(Trees, Background, [.. Enumerable.Range(0, rows)]));

    /// <summary>Explains rows on all threads.</summary>
    public void Explain(ITreeBackground background, RowBlock[] rows, bool interactions) =>
        new TreeShapley(Trees, Session.Outputs[0].Width - 1, background).Solve(rows, interactions, Environment.ProcessorCount, null, default);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bare in _bare)
            bare.Dispose();
        Session.Dispose();
    }

    private static Table Draw(Random random, int rows, int features)
    {
        var header = string.Join(',', Enumerable.Range(0, features).Select(i => $"c{i}"));
        var lines = Enumerable.Range(0, rows).Select(_ => string.Join(',', Enumerable.Range(0, features)
            .Select(_ => random.NextDouble().ToString("G6", System.Globalization.CultureInfo.InvariantCulture))));
        return Table.Parse(header + "\n" + string.Join('\n', lines) + "\n");
    }
}
