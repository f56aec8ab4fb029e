using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>A method that says why the model says this of one sample. One file a method; registered once in <see cref="ExplainerCatalog"/>.</summary>
public interface ILocalExplainer
{
    /// <summary>The id on the command line: <c>kernel-shap</c>.</summary>
    string Id { get; }

    /// <summary>The name as the field writes it: <c>KernelSHAP</c>.</summary>
    string Title { get; }

    /// <summary>The options that it knows; any other is refused with this list.</summary>
    IReadOnlyList<ExplainerOption> Options { get; }

    /// <summary>The kinds of sample that it explains; any other is refused with the methods that do.</summary>
    SampleKinds Kinds { get; }

    /// <summary>What it needs of the model.</summary>
    MethodNeeds Needs => MethodNeeds.Predictions;

    /// <summary>Rows of the background that it takes where nobody named any, an even spread: few for methods that run the model once for each, many for those that look rows up.</summary>
    int BackgroundRows => 100;

    /// <summary>Computes the explanation.</summary>
    /// <exception cref="ExplainerException">An option or budget that cannot be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, within 100 ms.</exception>
    Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation);
}

/// <summary>What a local explanation is asked for.</summary>
/// <param name="Predictor">The model and the target to explain.</param>
/// <param name="Sample">What is explained.</param>
/// <param name="Masker">What stands in for absent columns of a table; null for images and tensors, whose maskers methods make from their options.</param>
/// <param name="Options">Options by key, as the user wrote them; checked by <see cref="OptionReader"/>.</param>
/// <param name="Seed">The seed of everything random.</param>
public sealed record LocalRequest(
    Predictor Predictor, Sample Sample, Masker? Masker, IReadOnlyDictionary<string, string> Options, long Seed)
{
    /// <summary>Background samples as model input, for methods that compare with several; null when there are none.</summary>
    public References? References { get; init; }

    /// <summary>What columns may become, by name, for methods that change cells.</summary>
    public ImmutableDictionary<string, ColumnConstraint> Constraints { get; init; } = ImmutableDictionary<string, ColumnConstraint>.Empty;
}

/// <summary>Background samples as model input.</summary>
/// <param name="Batch">Rows of model input, 1 or more.</param>
/// <param name="Description">What they are, in words: "10 pictures of background.csv".</param>
public sealed record References(InputBatch Batch, string Description);

/// <summary>Kinds of samples.</summary>
[Flags]
public enum SampleKinds
{
    /// <summary>Rows of tables.</summary>
    Rows = 1,

    /// <summary>Images, and tensors of numbers.</summary>
    Grids = 2,
}
