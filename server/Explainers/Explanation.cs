using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>Why a model says what it says: the one result of every method, local or global.</summary>
public sealed record Explanation
{
    /// <summary>The method's id on the command line: <c>kernel-shap</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The options that were in force, defaults included; numbers as <c>double</c> or <c>long</c>, words as <c>string</c>.</summary>
    public required ImmutableSortedDictionary<string, object> Options { get; init; }

    /// <summary>The seed of everything random; the same seed gives the same bytes.</summary>
    public required long Seed { get; init; }

    /// <summary>What is explained.</summary>
    public required Target Target { get; init; }

    /// <summary>The model's value for the sample, in the target's space; null for global methods.</summary>
    public double? PredictedValue { get; init; }

    /// <summary>The value with every feature absent (the mean over the background), in the target's space; null where a method has none.</summary>
    public double? BaseValue { get; init; }

    /// <summary>
    /// Predicted value − base value − sum of attributions, for methods whose attributions should add up (completeness; Sundararajan
    /// et al. 2017, Lundberg and Lee 2017 "local accuracy"); null for the others.
    /// </summary>
    public double? CompletenessGap { get; init; }

    /// <summary>One entry a feature, in the sample's order.</summary>
    public required ImmutableArray<Attribution> Attributions { get; init; }

    /// <summary>Attributions of tensors and images, row-major; null for tables.</summary>
    public AttributionTensor? Tensor { get; init; }

    /// <summary>Which region each element of <see cref="Tensor"/> belongs to, numbered as <see cref="Attributions"/>; empty where a method has no regions.</summary>
    public ImmutableArray<int> Regions { get; init; } = [];

    /// <summary>Attributions of single rows, for methods that explain a whole file row by row; null elsewhere.</summary>
    public SampleAttributions? Samples { get; init; }

    /// <summary>How the prediction moves with pairs of features; empty for methods without surfaces.</summary>
    public ImmutableArray<Surface> Surfaces { get; init; } = [];

    /// <summary>The rule that holds the prediction; null for other methods.</summary>
    public AnchorRule? Anchor { get; init; }

    /// <summary>Close rows with another prediction, nearest first; empty for other methods.</summary>
    public ImmutableArray<Counterfactual> Counterfactuals { get; init; } = [];

    /// <summary>Rows of the data that resemble the explained one, nearest first; empty for other methods.</summary>
    public ImmutableArray<Neighbour> Neighbours { get; init; } = [];

    /// <summary>How the model does on the file's labels; null for other methods.</summary>
    public Performance? Performance { get; init; }

    /// <summary>What is known about how well this explanation describes the model: <c>r2</c> of a surrogate, <c>largestStandardError</c>, <c>baselineScore</c>.</summary>
    public ImmutableSortedDictionary<string, object> Quality { get; init; } = ImmutableSortedDictionary<string, object>.Empty;

    /// <summary>What it took.</summary>
    public required Cost Cost { get; init; }

    /// <summary>What stood in for absent features, in words: "20 rows of train.csv"; null where nothing did.</summary>
    public string? Background { get; init; }

    /// <summary>What a reader must know before trusting the numbers; each: what (with the number), why it matters, what to do.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>One feature's share.</summary>
/// <param name="Feature">The feature's name as in the file.</param>
/// <param name="Value">Its value in the sample, as the user wrote it; null for global methods and pixels.</param>
/// <param name="Contribution">The attribution in the target's space (or, for global methods, the importance in the metric's unit).</param>
public sealed record Attribution(string Feature, string? Value, double Contribution)
{
    /// <summary>Standard error of a sampled attribution, same unit; null when exact or not known.</summary>
    public double? StandardError { get; init; }

    /// <summary>Mean over repeats or rows, same unit as the attribution; null for local methods.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation over repeats or rows; null where there is none.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>How the prediction moves with this feature; null for methods without curves.</summary>
    public Curve? Curve { get; init; }
}

/// <summary>Partial dependence and individual conditional expectation of one feature (Friedman 2001; Goldstein et al. 2015).</summary>
/// <param name="Grid">Values of the feature as text, ascending numbers or categories.</param>
/// <param name="Numeric">The grid as numbers; empty for categories.</param>
/// <param name="Average">Mean prediction at each grid value, in the target's space.</param>
/// <param name="Rows">Row numbers (from 0) whose own curves follow; empty for partial dependence alone.</param>
/// <param name="Individual">One curve a row of <paramref name="Rows"/>, each as long as the grid.</param>
public sealed record Curve(
    ImmutableArray<string> Grid,
    ImmutableArray<double> Numeric,
    ImmutableArray<double> Average,
    ImmutableArray<int> Rows,
    ImmutableArray<ImmutableArray<double>> Individual);

/// <summary>Attributions with a shape.</summary>
/// <param name="Name">The tensor's name in the model.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Row-major, as many as the shape holds.</param>
public sealed record AttributionTensor(string Name, ImmutableArray<int> Shape, ImmutableArray<double> Values);

/// <summary>What an explanation took.</summary>
/// <param name="Evaluations">Coalitions, perturbed samples or predictions that were asked for; each may be several rows (one a background row).</param>
/// <param name="ModelRows">Rows that the model ran.</param>
/// <param name="Milliseconds">Wall-clock time.</param>
public sealed record Cost(long Evaluations, long ModelRows, double Milliseconds);
