namespace ExplainLsp.Server.Engine;

/// <summary>Files that were read for samples and backgrounds, kept while they do not change.</summary>
internal sealed class SampleStore
{
    /// <summary>Tables of background rows.</summary>
    public TableCache Tables { get; } = new();

    /// <summary>Images and tensors as model input.</summary>
    public GridCache Grids { get; } = new();

    /// <summary>Forgets all files.</summary>
    public void Clear()
    {
        Tables.Clear();
        Grids.Clear();
    }
}
