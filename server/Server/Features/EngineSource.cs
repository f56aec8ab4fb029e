using ExplainLsp.Models;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features;

/// <summary>The engine in force: another number of threads or another memory budget takes another engine.</summary>
internal sealed class EngineSource : IDisposable
{
    private readonly Lock _gate = new();
    private ModelSessionOptions _run = ModelSessionOptions.Default;
    private ExplanationEngine? _engine;

    /// <summary>The engine, made when first asked for.</summary>
    public ExplanationEngine Current
    {
        get
        {
            lock (_gate)
            {
                return _engine ??= new ExplanationEngine(EngineOptions.Default with { Run = _run });
            }
        }
    }

    /// <summary>Takes over the settings; who computes on the engine before finishes there.</summary>
    public void Use(ServerSettings settings)
    {
        lock (_gate)
        {
            var run = new ModelSessionOptions(
                settings.Threads > 0 ? settings.Threads : ModelSessionOptions.Default.Threads, (long)settings.MemoryBudget << 20);
            if (run != _run)
            {
                _run = run;
                _engine?.Clear();
                _engine = null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _engine?.Dispose();
            _engine = null;
        }
    }
}
