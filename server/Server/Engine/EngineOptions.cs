using ExplainLsp.Models;

namespace ExplainLsp.Server.Engine;

/// <summary>How much the engine may hold and use.</summary>
/// <param name="Sessions">Open models held at most.</param>
/// <param name="Run">Threads, and memory of a run.</param>
/// <param name="CacheBytes">Bytes that cached predictions and explanations may take, estimated.</param>
public sealed record EngineOptions(int Sessions, ModelSessionOptions Run, long CacheBytes)
{
    /// <summary>Four models, the session's own default, 64 MiB.</summary>
    public static EngineOptions Default { get; } = new(4, ModelSessionOptions.Default, 64L << 20);
}
