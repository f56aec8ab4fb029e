using ExplainLsp.Explainers;
using ExplainLsp.Models;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// The one engine behind both doors: the same question gives the same numbers in the editor and in the terminal. Holds open models and
/// what was computed; safe for use from several threads; every call computes on the caller's thread and honours its token.
/// </summary>
public sealed class ExplanationEngine(EngineOptions options) : IDisposable
{
    /// <summary>Open models.</summary>
    public SessionCache Sessions { get; } = new(options.Sessions, options.Run);

    /// <summary>Predicts rows. A row that cannot be read is an outcome with a problem, never an exception.</summary>
    /// <param name="query">Model, table and output; the rest is not looked at.</param>
    /// <param name="rows">Rows of the table, from 0.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="ExplainerException">Unknown output.</exception>
    public IReadOnlyList<RowOutcome> Predict(ExplanationQuery query, IReadOnlyList<int> rows, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Explains a row.</summary>
    /// <param name="query">The question.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelException">The model cannot be opened.</exception>
    /// <exception cref="Samples.SampleException">The row or the background cannot be read.</exception>
    /// <exception cref="ExplainerException">Unknown method, option, class, space or output.</exception>
    public ExplanationReport ExplainRow(
        ExplanationQuery query, int row, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Explains a model over the whole table. Rows that cannot be read are left out, with a warning.</summary>
    /// <inheritdoc cref="ExplainRow" path="/param[@name!='row']|/exception"/>
    public ExplanationReport ExplainTable(
        ExplanationQuery query, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>How the prediction of a row moves with one column: its own curve (individual conditional expectation).</summary>
    /// <param name="query">The question; its method is not looked at.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="feature">A feature's name as in the header.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <returns>A report of <c>ice</c> whose only attribution has the curve; <see cref="Curve.Rows"/> holds the row.</returns>
    public ExplanationReport ExplainCell(ExplanationQuery query, int row, string feature, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Drops everything computed and closes models that nobody uses.</summary>
    public void Clear() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => Sessions.Dispose();
}
