using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>What the numbers of an output mean.</summary>
public enum OutputKind
{
    /// <summary>One probability a class, in [0, 1], summing to one over the classes.</summary>
    Probabilities,

    /// <summary>One unnormalised score a class; softmax (or the logistic function for one score) gives probabilities.</summary>
    Logits,

    /// <summary>A regression value in the target's own unit.</summary>
    Value,
}

/// <summary>An output that can be explained. ZipMap, label/probability pairs and one-column probabilities are already unfolded.</summary>
/// <param name="Name">The output's name in the graph (of the probabilities, not of the label).</param>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Width">Scores a row: classes for a classifier (a single probability p is unfolded into 1 − p and p, a single logit z into 0 and z), 1 or more for a regression.</param>
/// <param name="ClassLabels">The labels the model itself carries, in score order, as text (<c>"0"</c>, <c>"&gt;50K"</c>); empty when it carries none.</param>
public sealed record SessionOutput(string Name, OutputKind Kind, int Width, ImmutableArray<string> ClassLabels);
