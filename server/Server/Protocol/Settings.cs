using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Protocol;

/// <summary>The settings <c>explainLsp.*</c>. Every one may be missing; out-of-range numbers are brought into range.</summary>
public sealed record ServerSettings
{
    /// <summary>About hovers.</summary>
    public HoverSettings Hover { get; init; } = new();

    /// <summary>About inlay hints.</summary>
    public LimitedFeatureSettings InlayHints { get; init; } = new() { MaxRows = 5_000 };

    /// <summary>About diagnostics.</summary>
    public LimitedFeatureSettings Diagnostics { get; init; } = new() { MaxRows = 20_000 };

    /// <summary>Threads that run models; 0 for half the cores, at most 4.</summary>
    public int Threads { get; init; }

    /// <summary>Memory for the inputs and outputs of one run, MB.</summary>
    public int MemoryBudget { get; init; } = 64;

    /// <summary>About the protocol's trace.</summary>
    public TraceSettings Trace { get; init; } = new();
}

/// <summary>About hovers.</summary>
public sealed record HoverSettings
{
    /// <summary>Whether there are any.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A method's id; empty or <c>auto</c> for the best that the budget allows.</summary>
    public string Method { get; init; } = "auto";

    /// <summary>Rows that the model may run for one hover.</summary>
    public long Budget { get; init; } = 25_000;
}

/// <summary>A feature with a row limit.</summary>
public sealed record LimitedFeatureSettings
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Tables with more rows go without.</summary>
    public int MaxRows { get; init; }
}

/// <summary>About the protocol's trace.</summary>
public sealed record TraceSettings
{
    /// <summary><c>off</c>, <c>messages</c> or <c>verbose</c>.</summary>
    public string Server { get; init; } = "off";
}

/// <summary><c>workspace/didChangeConfiguration</c>.</summary>
/// <param name="Settings">All settings, from clients that are not asked for them.</param>
public sealed record DidChangeConfigurationParams(JToken? Settings);
