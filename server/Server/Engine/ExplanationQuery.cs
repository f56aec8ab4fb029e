using System.Collections.Immutable;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>A question as a user asks it, from either door: names and words, not yet resolved.</summary>
/// <param name="Samples">The samples, with the model that explains them.</param>
public sealed record ExplanationQuery(SampleSource Samples)
{
    /// <summary>A question about rows of a table.</summary>
    public ExplanationQuery(SampleFile samples, TableBinding binding)
        : this(new TableSource(samples, binding))
    {
    }

    /// <summary>The model.</summary>
    public ModelBinding Binding => Samples.Binding;

    /// <summary>Model rows that a default explanation may take: what <see cref="Method"/> null chooses exact or sampled by.</summary>
    public const long DefaultModelRowBudget = 102_400;

    /// <summary>The method's id; null for the engine's choice within <see cref="ModelRowBudget"/>.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// A class's index, a class's name, or <c>predicted</c>; for a regression with several values the value's index. Null for the
    /// predicted class of a row, and for the positive class of a whole file.
    /// </summary>
    public string? Target { get; init; }

    /// <summary><c>raw</c> or <c>probability</c>; null for probability where there are classes, else raw.</summary>
    public string? Space { get; init; }

    /// <summary>The output to explain, by its name in the model; null for the binding's.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// The file whose rows stand in for absent columns; null for the binding's, else the table itself. For images and tensors an image, a
    /// tensor or a stack of them, a list or a folder that methods compare with; null for the binding's, else none.
    /// </summary>
    public string? BackgroundPath { get; init; }

    /// <summary>Rows of the background (<c>0-19</c>, <c>all</c>); null for the binding's, else an even spread of at most 100.</summary>
    public string? BackgroundRows { get; init; }

    /// <summary>The column of true labels by name; null for the binding's.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Options of the method by key.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The seed of everything random.</summary>
    public long Seed { get; init; }

    /// <summary>Rows that the model may run when <see cref="Method"/> is left to the engine.</summary>
    public long ModelRowBudget { get; init; } = DefaultModelRowBudget;
}
