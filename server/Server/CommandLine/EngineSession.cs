using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>An engine for one command, and the questions it can be asked about files.</summary>
internal sealed class EngineSession : IDisposable
{
    private const int MostTogether = 1 << 16;

    private readonly SampleBinder _binder;

    /// <summary>Makes the engine.</summary>
    public EngineSession(OutputSettings settings)
    {
        var run = ModelSessionOptions.Default;
        Engine = new ExplanationEngine(EngineOptions.Default with { Run = settings.Threads is { } threads ? run with { Threads = threads } : run });
        _binder = new SampleBinder(Engine.Sessions);
    }

    /// <summary>The engine.</summary>
    public ExplanationEngine Engine { get; }

    /// <summary>A question about a model and samples, as they lie on disk.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="samples">The path of a table, an image, a tensor, a list of images or a folder of them.</param>
    /// <param name="labelColumn">The column of labels, by name; null to find it.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    public ExplanationQuery Ask(string model, string samples, string? labelColumn, CancellationToken cancellation) =>
        new(_binder.Open(model, samples, labelColumn, cancellation)) { LabelColumn = labelColumn };

    /// <summary>
    /// Predicts samples and refuses the first that cannot be read, before anything is written. Many samples are predicted as they are
    /// taken, so that they need not all be in memory.
    /// </summary>
    /// <exception cref="SampleException">A sample that cannot be read.</exception>
    /// <exception cref="UsageException">Rows of a file that is one sample.</exception>
    public IEnumerable<SamplePrediction> Predict(ExplanationQuery query, string? rows, CancellationToken cancellation)
    {
        var samples = query.Samples;
        if (samples.Count == 0)
        {
            throw new SampleException(
                (samples as TableSource)?.Table.Issues.FirstOrDefault()?.Message ?? $"{samples.Path} has no rows below its header. Add rows.");
        }

        if (rows is not null && samples.PlaceOf(0).Row is null)
        {
            throw new UsageException($"{samples.Path} has no rows: {(samples.Count == 1 ? "it is one sample" : "its samples are files of their own")}. Leave out --rows.");
        }

        var chosen = RowChoice.Parse(rows ?? "all", samples.Count, samples.Name);
        if (chosen.Count <= MostTogether)
        {
            return Outcomes(query, chosen, cancellation);
        }

        return Engine.FirstProblem(query, chosen, cancellation) is { } faulty
            ? throw Refuse(samples, faulty)
            : chosen.Chunk(MostTogether).SelectMany(some => Outcomes(query, some, cancellation));
    }

    private IReadOnlyList<SamplePrediction> Outcomes(ExplanationQuery query, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        var outcomes = Engine.Predict(query, rows, cancellation);
        return outcomes.FirstOrDefault(outcome => outcome.Problem is not null) is { } faulty
            ? throw Refuse(query.Samples, faulty)
            : [.. outcomes.Select(outcome => outcome.Prediction!)];
    }

    private static SampleException Refuse(SampleSource samples, SampleOutcome faulty) =>
        new(faulty.Place.Row is null ? faulty.Problem! : $"{samples.Path}: {faulty.Problem}");

    /// <summary>The result of an explanation.</summary>
    public static CommandResult ResultOf(ExplanationReport report) => new(
        () => ExplanationJson.Write(report),
        () => ExplanationDocument.Of(report),
        () => ExplanationFigure.Draw(report, Figures.Theme.Default(Figures.ThemeKind.Light), Figures.Chrome.Full))
    {
        Rows = () => ExplanationRows.Of(report),
    };

    /// <inheritdoc/>
    public void Dispose() => Engine.Dispose();
}
