using ExplainLsp.Models;

namespace ExplainLsp.Server.Engine;

/// <summary>How much the engine may hold and use.</summary>
/// <param name="Sessions">Open models held at most.</param>
/// <param name="Run">Threads, and memory of a run.</param>
/// <param name="CacheBytes">Bytes that cached predictions and explanations may take, estimated.</param>
public sealed record EngineOptions(int Sessions, ModelSessionOptions Run, long CacheBytes)
{
    /// <summary>Cells of model input up to which a table is encoded whole; larger ones are read in blocks, or as an even spread of their rows.</summary>
    public long TableCells { get; init; } = 1L << 23;

    /// <summary>Cells of model input in a block of a larger table.</summary>
    public long BlockCells { get; init; } = 1L << 26;

    /// <summary>Four models, the session's own default, 64 MiB.</summary>
    public static EngineOptions Default { get; } = new(4, ModelSessionOptions.Default, 64L << 20);
}
