using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>An engine for one command, and the questions it can be asked about files.</summary>
internal sealed class EngineSession : IDisposable
{
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

    /// <summary>A question about a model and a table, as they lie on disk.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="samples">The table's path.</param>
    /// <param name="labelColumn">The column of labels, by name; null to find it.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    public ExplanationQuery Ask(string model, string samples, string? labelColumn, CancellationToken cancellation)
    {
        var file = new SampleFile(samples, Table.Read(samples, cancellation: cancellation));
        return new ExplanationQuery(file, _binder.Bind(model, file, labelColumn, cancellation)) { LabelColumn = labelColumn };
    }

    /// <summary>Predicts rows and refuses the first that cannot be read, before anything is written.</summary>
    /// <exception cref="SampleException">A row that cannot be read.</exception>
    public IReadOnlyList<RowPrediction> Predict(ExplanationQuery query, string? rows, CancellationToken cancellation)
    {
        var table = query.Samples.Table;
        if (table.RowCount == 0)
        {
            throw new SampleException(table.Issues.FirstOrDefault()?.Message ?? $"{query.Samples.Path} has no rows below its header. Add rows.");
        }

        var outcomes = Engine.Predict(query, RowChoice.Parse(rows ?? "all", query.Samples), cancellation);
        return outcomes.FirstOrDefault(outcome => outcome.Problem is not null) is { Problem: { } problem }
            ? throw new SampleException($"{query.Samples.Path}: {problem}")
            : [.. outcomes.Select(outcome => outcome.Prediction!)];
    }

    /// <summary>The result of an explanation.</summary>
    public static CommandResult ResultOf(ExplanationReport report) => new(
        () => ExplanationJson.Write(report),
        () => ExplanationDocument.Of(report),
        () => ExplanationFigure.Draw(report, Figures.Theme.Default(Figures.ThemeKind.Light), Figures.Chrome.Full));

    /// <inheritdoc/>
    public void Dispose() => Engine.Dispose();
}
