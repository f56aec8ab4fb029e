namespace ExplainLsp.Samples;

/// <summary>Normalizers one after the other.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<INormalizer> steps) : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text) => steps.Aggregate(text, (rewritten, step) => step.Apply(rewritten));
}
