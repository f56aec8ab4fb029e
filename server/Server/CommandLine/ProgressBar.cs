using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>A bar on the error stream, drawn over itself; nothing at all when that is no terminal.</summary>
/// <param name="terminal">The process's streams.</param>
/// <param name="quiet">Whether to draw nothing.</param>
/// <param name="samples">Samples to explain.</param>
internal sealed class ProgressBar(Terminal terminal, bool quiet, int samples) : IProgress<ExplanationProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _isShown = terminal.IsErrorTerminal && !quiet;
    private readonly Lock _lock = new();
    private readonly Stopwatch _sinceDrawn = Stopwatch.StartNew();
    private readonly Stopwatch _sinceBegun = Stopwatch.StartNew();
    private int _done;
    private bool _isDrawn;

    /// <inheritdoc/>
    public void Report(ExplanationProgress value)
    {
        if (!_isShown)
        {
            return;
        }

        lock (_lock)
        {
            if (_sinceDrawn.Elapsed >= Interval)
            {
                Draw(value);
                _sinceDrawn.Restart();
            }
        }
    }

    /// <summary>Says that a sample is done.</summary>
    public void Next()
    {
        lock (_lock)
        {
            _done++;
            _sinceBegun.Restart();
        }

        Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Draw(ExplanationProgress value)
    {
        var share = value.Total > 0 ? Math.Clamp((double)value.Done / value.Total, 0, 1) : 0;
        var filled = (int)(share * Width);
        var which = samples > 1 ? string.Create(CultureInfo.InvariantCulture, $"sample {_done + 1} of {samples}, ") : "";
        terminal.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {which}{ProgressText.Of(value, "evaluations", _sinceBegun.Elapsed)}\u001B[K"));
        _isDrawn = true;
    }

    private void Clear()
    {
        lock (_lock)
        {
            if (_isDrawn)
            {
                terminal.Error.Write("\r\u001B[K");
                _isDrawn = false;
            }
        }
    }
}
