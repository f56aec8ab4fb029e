namespace ExplainLsp.Samples;

/// <summary>What is explained: a table row now; an image, a text, a tensor later.</summary>
public abstract class Sample
{
    /// <summary>The features in their natural order (columns left to right).</summary>
    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>The sample alone as model input: a batch of one row.</summary>
    /// <exception cref="SampleException">A value that the model cannot take.</exception>
    public abstract InputBatch Encode();
}
