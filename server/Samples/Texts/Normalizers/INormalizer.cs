namespace ExplainLsp.Samples;

/// <summary>A step that rewrites a text before it is cut into words; each character keeps its origin.</summary>
internal interface INormalizer
{
    /// <summary>The rewritten text.</summary>
    AlignedRune[] Apply(AlignedRune[] text);
}
