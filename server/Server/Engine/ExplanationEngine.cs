using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// The one engine behind both doors: the same question gives the same numbers in the editor and in the terminal. Holds open models and
/// what was computed; safe for use from several threads; every call computes on the caller's thread and honours its token.
/// </summary>
public sealed class ExplanationEngine : IDisposable
{
    private static readonly ImmutableSortedDictionary<string, string> NoOptions = ImmutableSortedDictionary<string, string>.Empty;

    private readonly ContentCache<Explanation> _explanations;
    private readonly ContentCache<ImmutableArray<double>> _scores;
    private readonly RowPredictor _predictor;
    private readonly TableCache _tables = new();

    /// <summary>Makes an engine that holds nothing yet.</summary>
    public ExplanationEngine(EngineOptions options)
    {
        Sessions = new SessionCache(options.Sessions, options.Run);
        _explanations = new ContentCache<Explanation>(options.CacheBytes / 2);
        _scores = new ContentCache<ImmutableArray<double>>(options.CacheBytes / 2);
        _predictor = new RowPredictor(_scores);
    }

    /// <summary>Open models.</summary>
    public SessionCache Sessions { get; }

    /// <summary>Predicts rows. A row that cannot be read is an outcome with a problem, never an exception.</summary>
    /// <param name="query">Model, table, output and label column; the rest is not looked at.</param>
    /// <param name="rows">Rows of the table, from 0.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="ExplainerException">Unknown output or label column.</exception>
    public IReadOnlyList<RowOutcome> Predict(ExplanationQuery query, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        return _predictor.Predict(QuestionOf(query, lease), rows, cancellation);
    }

    /// <summary>Explains a row.</summary>
    /// <param name="query">The question.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="SampleException">The row or the background cannot be read.</exception>
    /// <exception cref="ExplainerException">Unknown method, option, class, space or output.</exception>
    public ExplanationReport ExplainRow(
        ExplanationQuery query, int row, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        var question = QuestionOf(query, lease);
        var prediction = PredictOne(question, row, cancellation);
        var target = question.TargetFor(prediction);
        var background = Background.Load(query, _tables, cancellation);

        var sample = new TableRow(EncodeRow(query, row, cancellation), 0);
        var masker = new BackgroundMasker(sample, background.Rows);
        var (method, options) = query.Method is { } id
            ? (ExplainerCatalog.FindLocal(id), query.Options)
            : WithDefaults(ExplainerCatalog.Default(masker, query.ModelRowBudget), query.Options);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, method.Id, options, query.Seed);
        key.Add(RowKey.Of(query, row)).Add(background.Key);
        var explanation = Cached(key.Build(), () => method.Explain(
            new LocalRequest(question.PredictorFor(target), sample, masker, options, query.Seed), progress, cancellation));
        return ReportOf(question, prediction, method.Title, explanation, background.Warnings);
    }

    /// <summary>Explains a model over the whole table. Rows that cannot be read are left out, with a warning.</summary>
    /// <param name="query">The question.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="SampleException">No row of the table, or of the background, can be read.</exception>
    /// <exception cref="ExplainerException">Unknown method, option, class, space, output or label column.</exception>
    public ExplanationReport ExplainTable(
        ExplanationQuery query, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        var question = QuestionOf(query, lease);
        var method = query.Method is { } id ? ExplainerCatalog.FindGlobal(id) : ExplainerCatalog.Global[0];
        var target = question.TargetForTable();
        var labelColumn = LabelReader.ColumnOf(query);
        var background = Background.Load(query, _tables, cancellation);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, method.Id, query.Options, query.Seed);
        key.Add(query.Samples.Table.Sha256).Add(labelColumn ?? -1).Add(background.Key);
        foreach (var column in query.Binding.Encoder.Columns)
        {
            key.Add(column.Column).Add(column.Input).Add(column.Offset);
        }

        var explanation = Cached(key.Build(), () =>
        {
            var (rows, warnings) = EncodeTable(query, cancellation);
            var labels = labelColumn is null ? null : rows.RowNumbers
                .Select(row => LabelReader.NumberOf(query, question.Choice.IsClassifier, LabelReader.TextOf(query, labelColumn, row))).ToArray();
            var computed = method.Explain(
                new GlobalRequest(question.PredictorFor(target), rows, labels, background.Rows, query.Options, query.Seed), progress, cancellation);
            return computed with { Warnings = [.. computed.Warnings, .. warnings] };
        });
        return ReportOf(question, null, method.Title, explanation, background.Warnings);
    }

    /// <summary>How the prediction of a row moves with one column: its own curve (individual conditional expectation).</summary>
    /// <param name="query">The question; its method is not looked at.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="feature">A feature's name as in the header.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <returns>
    /// A report of <c>ice</c> whose only attribution has the curve; its <see cref="Curve.Rows"/> holds the row, its average is over the
    /// background.
    /// </returns>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="SampleException">The row or the background cannot be read.</exception>
    /// <exception cref="ExplainerException">Unknown column, class, space or output.</exception>
    public ExplanationReport ExplainCell(ExplanationQuery query, int row, string feature, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        var question = QuestionOf(query, lease);
        var prediction = PredictOne(question, row, cancellation);
        var target = question.TargetFor(prediction);
        var background = Background.Load(query, _tables, cancellation);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, CellCurve.Method, NoOptions, 0);
        // The curve names its row, so two equal rows are two results.
        key.Add(RowKey.Of(query, row)).Add(row).Add(background.Key).Add(feature);
        var explanation = Cached(key.Build(), () => CellCurve.Compute(
            question.PredictorFor(target), new TableRow(EncodeRow(query, row, cancellation), 0), feature, query.Samples.Table, background.Rows, cancellation));
        return ReportOf(question, prediction, ExplainerCatalog.FindGlobal(CellCurve.Method).Title, explanation, background.Warnings);
    }

    /// <summary>Drops everything computed and closes models that nobody uses.</summary>
    public void Clear()
    {
        _explanations.Clear();
        _scores.Clear();
        _tables.Clear();
        Sessions.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Sessions.Dispose();

    private static EngineQuestion QuestionOf(ExplanationQuery query, SessionLease lease) =>
        new(query, lease.Session, TargetChoice.Of(lease.Session, query.Binding, query.Output));

    private static (ILocalExplainer Method, ImmutableSortedDictionary<string, string> Options) WithDefaults(
        (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) chosen, ImmutableSortedDictionary<string, string> given) =>
        (chosen.Method, chosen.Options.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItems(given));

    private static void AddCommon(
        ContentKey.Builder key, EngineQuestion question, Target target, string method, ImmutableSortedDictionary<string, string> options, long seed)
    {
        key.Add(question.ModelSha256).Add(target.Output).Add(target.Index).Add(target.Name).Add((long)target.Space).Add(method).Add(seed);
        foreach (var (option, value) in options)
        {
            key.Add(option).Add(value);
        }
    }

    private static ExplanationReport ReportOf(
        EngineQuestion question, RowPrediction? prediction, string methodTitle, Explanation explanation, ImmutableArray<string> warnings) =>
        new(question.Query.Binding.ModelPath, question.Query.Binding.ModelName, question.ModelSha256, question.Query.Samples, prediction,
            explanation with { Warnings = [.. explanation.Warnings, .. warnings, .. question.Query.Binding.Warnings] })
        {
            MethodTitle = methodTitle,
            Scale = question.ScaleOf(explanation.Target),
            Columns = question.Query.Binding.Encoder.Columns,
            AnswersInSteps = question.AnswersInSteps,
        };

    private static EncodedTable EncodeRow(ExplanationQuery query, int row, CancellationToken cancellation) =>
        query.Binding.Encoder.Encode(query.Samples.Table, [row], query.Samples.Name, cancellation);

    private static (EncodedTable Rows, ImmutableArray<string> Warnings) EncodeTable(ExplanationQuery query, CancellationToken cancellation)
    {
        Dictionary<int, string> problems = [];
        var rows = RowEncoder.EncodeGood(
            candidates => query.Binding.Encoder.Encode(query.Samples.Table, candidates, query.Samples.Name, cancellation),
            [.. Enumerable.Range(0, query.Samples.Table.RowCount)], problems, cancellation);
        if (rows is null)
        {
            throw new SampleException(problems.Count == 0
                ? $"{query.Samples.Name} has no rows below its header. Choose a file with rows."
                : $"No row of {query.Samples.Name} can be read. {problems.MinBy(problem => problem.Key).Value}");
        }

        return (rows, problems.Count == 0 ? [] :
        [
            $"{problems.Count} of {query.Samples.Table.RowCount} rows could not be read and were left out. "
            + $"First: {problems.MinBy(problem => problem.Key).Value}",
        ]);
    }

    private RowPrediction PredictOne(EngineQuestion question, int row, CancellationToken cancellation)
    {
        if (row < 0 || row >= question.Query.Samples.Table.RowCount)
        {
            throw new ExplainerException(
                $"Row {row} is past the end: {question.Query.Samples.Name} has {question.Query.Samples.Table.RowCount} rows, counted from 0.");
        }

        var outcome = _predictor.Predict(question, [row], cancellation)[0];
        return outcome.Prediction ?? throw new SampleException(outcome.Problem!);
    }

    private Explanation Cached(ContentKey key, Func<Explanation> compute)
    {
        if (!_explanations.TryGet(key, out var explanation))
        {
            explanation = compute();
            _explanations.Add(key, explanation, ExplanationSize.Of(explanation));
        }

        return explanation;
    }
}
