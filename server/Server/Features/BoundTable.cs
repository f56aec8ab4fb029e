using System.Collections.Immutable;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Features;

/// <summary>A table as the editor shows it, with the model that explains it.</summary>
/// <param name="Uri">The table's URI as the client writes it.</param>
/// <param name="Document">The open document; null for a file that is only on disk.</param>
/// <param name="Samples">Its rows.</param>
/// <param name="Binding">Its model.</param>
internal sealed record BoundTable(string Uri, TextDocument? Document, SampleFile Samples, TableBinding Binding)
{
    /// <summary>The question that hovers ask: the settings' method and budget, everything else left to the engine.</summary>
    public ExplanationQuery HoverQuery(ServerSettings settings) => new(Samples, Binding)
    {
        Method = settings.Hover.Method is "" or "auto" ? null : settings.Hover.Method,
        ModelRowBudget = settings.Hover.Budget,
    };

    /// <summary>A question with everything left to the engine: predictions, panels.</summary>
    public ExplanationQuery Query => new(Samples, Binding);

    /// <summary>A question as a panel asks it; what is null is left to the engine.</summary>
    public ExplanationQuery Ask(
        string? method, string? target, string? space, string? background, IReadOnlyDictionary<string, string>? options) => Query with
        {
            Method = method,
            Target = target,
            Space = space,
            BackgroundPath = background,
            Options = (options ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
}

/// <summary>What is known about a table and its model.</summary>
/// <param name="Bound">The table with its model; null when there is none.</param>
/// <param name="Samples">The table; null when the document is not one, or cannot be read.</param>
/// <param name="Candidates">Models that fit when several do.</param>
/// <param name="Reason">Why there is no model, in words; empty when the document is no table of this workspace.</param>
/// <param name="IsProblem">Whether something is wrong (a broken manifest or model), rather than nothing chosen.</param>
/// <param name="Images">The pictures that the table lists, with the model that explains them; null when it lists none, or is bound as a table.</param>
internal sealed record TableLookup(
    BoundTable? Bound, SampleFile? Samples, ImmutableArray<string> Candidates, string Reason, bool IsProblem, GridSource? Images = null)
{
    /// <summary>Not a table that this server knows anything about.</summary>
    public static TableLookup None { get; } = new(null, null, [], "", false);
}
