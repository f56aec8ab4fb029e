using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Rules;

/// <summary>Predicates that hold together, with what is known of their precision so far: an arm of the bandit.</summary>
/// <param name="predicates">By number, in the order in which they were added.</param>
/// <param name="coverage">Share of the background's rows to which it applies.</param>
/// <param name="random">Its own stream, so that its samples do not depend on what else is tried.</param>
internal sealed class Rule(int[] predicates, double coverage, SeededRandom random)
{
    public int[] Predicates => predicates;

    public double Coverage => coverage;

    public SeededRandom Random => random;

    public int Samples { get; private set; }

    public int Hits { get; private set; }

    /// <summary>Share of samples of which the model says the same.</summary>
    public double Precision => Samples == 0 ? 0 : (double)Hits / Samples;

    public void Add(int samples, int hits)
    {
        Samples += samples;
        Hits += hits;
    }
}
