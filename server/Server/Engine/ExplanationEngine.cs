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
    private readonly EngineOptions _options;
    private readonly SamplePredictor _predictor;
    private readonly SampleStore _store = new();

    /// <summary>Makes an engine that holds nothing yet.</summary>
    public ExplanationEngine(EngineOptions options)
    {
        _options = options;
        Sessions = new SessionCache(options.Sessions, options.Run);
        _explanations = new ContentCache<Explanation>(options.CacheBytes / 2);
        _scores = new ContentCache<ImmutableArray<double>>(options.CacheBytes / 2);
        _predictor = new SamplePredictor(_scores, _store);
    }

    /// <summary>Open models.</summary>
    public SessionCache Sessions { get; }

    /// <summary>Predicts samples. One that cannot be read is an outcome with a problem, never an exception.</summary>
    /// <param name="query">Samples, output and label column; the rest is not looked at.</param>
    /// <param name="rows">Numbers of samples, from 0.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="ExplainerException">Unknown output or label column.</exception>
    public IReadOnlyList<SampleOutcome> Predict(ExplanationQuery query, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        return _predictor.Predict(QuestionOf(query, lease), rows, cancellation);
    }

    /// <summary>The first sample that cannot be read; null when all can. Nothing is predicted.</summary>
    /// <param name="query">The samples.</param>
    /// <param name="rows">Numbers of samples, from 0.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public SampleOutcome? FirstProblem(ExplanationQuery query, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        const int block = 8192;
        Dictionary<int, string> problems = [];
        foreach (var some in rows.Chunk(block))
        {
            foreach (var _ in query.Samples.Encode(some, problems, _store, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (problems.Count > 0)
            {
                var first = some.First(problems.ContainsKey);
                return new SampleOutcome(first, query.Samples.PlaceOf(first), null, problems[first]);
            }
        }

        return null;
    }

    /// <summary>Explains a sample: a row of a table, an image, a tensor.</summary>
    /// <param name="query">The question.</param>
    /// <param name="row">The sample's number, from 0.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened, or not differentiated where the method needs that.</exception>
    /// <exception cref="SampleException">The sample or the background cannot be read.</exception>
    /// <exception cref="ExplainerException">Unknown method, option, class, space or output.</exception>
    public ExplanationReport Explain(
        ExplanationQuery query, int row, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        Explain(query, row, progress, null, cancellation);

    /// <inheritdoc cref="Explain(ExplanationQuery, int, IProgress{ExplanationProgress}, CancellationToken)"/>
    /// <param name="query">The question.</param>
    /// <param name="row">The sample's number, from 0.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="partial">Given coarse reports to show while the explanation is refined, on the computing thread; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public ExplanationReport Explain(
        ExplanationQuery query, int row, IProgress<ExplanationProgress>? progress, Action<ExplanationReport>? partial, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        var question = QuestionOf(query, lease);
        var prediction = PredictOne(question, row, cancellation);
        var target = question.TargetFor(prediction);
        var sample = query.Samples.Prepare(query, row, _store, cancellation);
        var (method, options) = query.Method is { } id
            ? (LocalMethod.Find(id, query.Samples.Kind), query.Options)
            : WithDefaults(query.Samples.DefaultMethod(question, sample, cancellation), query.Options);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, method.Id, options, query.Seed);
        key.Add(sample.Key);
        var explanation = Cached(key.Build(), () => method.Explain(
            new LocalRequest(question.PredictorFor(target), sample.Sample, sample.Masker, options, query.Seed)
            {
                References = sample.References,
                Constraints = sample.Constraints,
            },
            partial is null ? progress : new PartialProgress(progress, coarse => partial(Report(coarse))),
            cancellation));
        return Report(explanation);

        ExplanationReport Report(Explanation found) => ReportOf(
            question, prediction, ExplainerCatalog.FindLocal(found.Method).Title, found, sample.Sha256, [.. sample.Warnings, .. UnseenIn(question, sample.Sample)]) with
        {
            Grid = sample.Sample as GridSample,
        };
    }

    /// <summary>Reads an image or a tensor as the model sees it, without explaining it.</summary>
    /// <exception cref="SampleException">It cannot be read, or does not fit the model.</exception>
    public GridSample Read(GridSource samples, int row, CancellationToken cancellation) => samples.Read(row, _store, cancellation);

    /// <summary>Explains a model over the whole table. Rows that cannot be read are left out, with a warning.</summary>
    /// <param name="query">The question.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="SampleException">No row of the table, or of the background, can be read.</exception>
    /// <exception cref="ExplainerException">Unknown method, option, class, space, output or label column; or the samples are no table.</exception>
    public ExplanationReport ExplainTable(
        ExplanationQuery query, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        ExplainTable(query, progress, null, cancellation);

    /// <inheritdoc cref="ExplainTable(ExplanationQuery, IProgress{ExplanationProgress}, CancellationToken)"/>
    /// <param name="query">The question.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="partial">Given reports of the rows that are done, on the computing thread; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public ExplanationReport ExplainTable(
        ExplanationQuery query, IProgress<ExplanationProgress>? progress, Action<ExplanationReport>? partial, CancellationToken cancellation)
    {
        using var lease = Sessions.Rent(query.Binding.ModelPath, cancellation);
        var question = QuestionOf(query, lease);
        var table = TableOf(query);
        var method = query.Method is { } id ? ExplainerCatalog.FindGlobal(id) : ExplainerCatalog.Global[0];
        var target = question.TargetForTable();
        var labelColumn = LabelReader.ColumnOf(query, table);
        var background = Background.Load(query, table, _store.Tables, cancellation);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, method.Id, query.Options, query.Seed);
        key.Add(table.Table.Sha256).Add(labelColumn ?? -1).Add(background.Key);
        foreach (var name in question.Choice.Names)
        {
            key.Add(name);
        }

        foreach (var column in table.Binding.Encoder.Columns)
        {
            key.Add(column.Column).Add(column.Input).Add(column.Offset);
        }

        var explanation = Cached(key.Build(), () =>
        {
            var whole = new WholeTable(table, labelColumn, _options);
            var request = whole.Ask(method, question, target, background, cancellation);
            var computed = method.Explain(
                request,
                partial is null ? progress : new PartialProgress(progress, sofar => partial(Report(sofar))),
                cancellation);
            return computed with { Warnings = [.. computed.Warnings, .. whole.Warnings, .. UnseenCategories.Warnings(question.Session.File, request.Table)] };
        });
        return Report(explanation);

        ExplanationReport Report(Explanation found) => ReportOf(question, null, method.Title, found, table.Table.Sha256, background.Warnings);
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
        var table = TableOf(query);
        var prediction = PredictOne(question, row, cancellation);
        var target = question.TargetFor(prediction);
        var background = Background.Load(query, table, _store.Tables, cancellation);

        using var key = new ContentKey.Builder();
        AddCommon(key, question, target, CellCurve.Method, NoOptions, 0);
        // The curve names its row, so two equal rows are two results.
        key.Add(RowKey.Of(table, row)).Add(row).Add(background.Key).Add(feature);
        var explanation = Cached(key.Build(), () => CellCurve.Compute(
            question.PredictorFor(target), new TableRow(table.EncodeRows([row], cancellation), 0), feature, table.Table, background.Rows, cancellation));
        return ReportOf(question, prediction, ExplainerCatalog.FindGlobal(CellCurve.Method).Title, explanation, table.Table.Sha256, background.Warnings);
    }

    /// <summary>Drops everything computed and closes models that nobody uses.</summary>
    public void Clear()
    {
        _explanations.Clear();
        _scores.Clear();
        _store.Clear();
        Sessions.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Sessions.Dispose();

    private static EngineQuestion QuestionOf(ExplanationQuery query, SessionLease lease) =>
        new(query, lease.Session, TargetChoice.Of(lease.Session, query.Binding, query.Output));

    private static ImmutableArray<string> UnseenIn(EngineQuestion question, Sample sample) =>
        sample is TableRow row ? UnseenCategories.Warnings(question.Session.File, row.Table) : [];

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

        OptionFiles.AddTo(key, options.Values);
    }

    private static ExplanationReport ReportOf(
        EngineQuestion question, SamplePrediction? prediction, string methodTitle, Explanation explanation, string dataSha256, ImmutableArray<string> warnings) =>
        new(question.Query.Binding.ModelPath, question.Query.Binding.ModelName, question.ModelSha256, question.Query.Samples, prediction,
            explanation with { Warnings = [.. explanation.Warnings, .. warnings, .. question.Query.Binding.Warnings] })
        {
            MethodTitle = methodTitle,
            Scale = question.ScaleOf(explanation.Target),
            DataSha256 = dataSha256,
            AnswersInSteps = question.AnswersInSteps,
        };

    private static TableSource TableOf(ExplanationQuery query) => query.Samples as TableSource
        ?? throw new ExplainerException($"{query.Samples.Name} holds images or tensors, and only tables are explained as a whole. Explain its samples one by one.");

    private SamplePrediction PredictOne(EngineQuestion question, int row, CancellationToken cancellation)
    {
        var samples = question.Query.Samples;
        if (row < 0 || row >= samples.Count)
        {
            var noun = samples.Kind == SampleKinds.Rows ? "row" : "sample";
            throw new ExplainerException(
                $"{(samples.Kind == SampleKinds.Rows ? "Row" : "Sample")} {row} is past the end: {samples.Name} has {samples.Count} {noun}{(samples.Count == 1 ? "" : "s")}, counted from 0.");
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
