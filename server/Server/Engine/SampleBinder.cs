using ExplainLsp.Models;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>Binds a model and a table that a user named together: what <c>explain.json</c> says of the pair, else what the header tells.</summary>
/// <param name="sessions">Open models.</param>
public sealed class SampleBinder(SessionCache sessions)
{
    /// <summary>The binding.</summary>
    public Binding Bind(string modelPath, SampleFile samples, string? labelColumn, CancellationToken cancellation) =>
        throw new NotImplementedException($"{sessions} {modelPath} {samples} {labelColumn} {cancellation}");
}
