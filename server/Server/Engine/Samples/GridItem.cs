namespace ExplainLsp.Server.Engine;

/// <summary>An image or a tensor among those of a source.</summary>
/// <param name="File">The file that holds it.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Slice">Its number in a stack of tensors, from 0; null where the file is one sample.</param>
/// <param name="Label">Its label as the list or the folder says it; null for none.</param>
public sealed record GridItem(string File, SamplePlace Place, int? Slice, string? Label)
{
    /// <summary>Why it has no file (a short row, an empty cell), in a sentence; null when it has one.</summary>
    internal string? Problem { get; init; }
}
