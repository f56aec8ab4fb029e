using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>What is put behind an output before it is differentiated, so that the score is on the scale that is explained.</summary>
public enum ScoreTail
{
    /// <summary>Nothing: the output as the model gives it.</summary>
    None,

    /// <summary>Softmax over the classes: logits become probabilities.</summary>
    Softmax,

    /// <summary>ln(p / (1 − p)), p clipped as <c>Predictor</c> clips it: probabilities become log-odds.</summary>
    LogOdds,
}

/// <summary>What to differentiate, with respect to what.</summary>
/// <param name="Output">The tensor that is differentiated: an output of the graph, or any inner tensor with rows first.</param>
/// <param name="Wrt">Names of inputs or inner tensors with respect to which the gradient is taken, 1 or more.</param>
public sealed record GradientRequest(string Output, ImmutableArray<string> Wrt)
{
    /// <summary>What follows the output.</summary>
    public ScoreTail Tail { get; init; } = ScoreTail.None;

    /// <summary>The backward rules.</summary>
    public BackwardRules Rules { get; init; } = BackwardRules.Gradient;

    /// <summary>Inner tensors that the caller feeds as inputs, instead of what the model computes there (a layer's interpolated activation).</summary>
    public ImmutableArray<string> Feed { get; init; } = [];

    /// <summary>Inner tensors whose activations come back too.</summary>
    public ImmutableArray<string> Fetch { get; init; } = [];
}
