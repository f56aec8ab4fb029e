namespace ExplainLsp.Server.Features;

/// <summary>
/// One computation in the background: who asks the same question joins it, who asks another one replaces it. So the mouse that wanders
/// over a table leaves at most one explanation running.
/// </summary>
/// <typeparam name="T">What is computed.</typeparam>
internal sealed class LatestWork<T> : IDisposable
{
    private readonly Lock _gate = new();
    private object? _question;
    private Task<T>? _running;
    private CancellationTokenSource _source = new();

    /// <summary>The answer to a question, computed now or already on the way.</summary>
    /// <param name="question">Compared by value.</param>
    /// <param name="compute">Runs on a thread of its own; told to stop when the question is replaced or given up.</param>
    public Task<T> Join(object question, Func<CancellationToken, Task<T>> compute)
    {
        lock (_gate)
        {
            if (_running is { IsCanceled: false, IsFaulted: false } running && question.Equals(_question))
            {
                return running;
            }

            Stop();
            var token = _source.Token;
            _question = question;
            return _running = Task.Run(() => compute(token), token);
        }
    }

    /// <summary>Stops the computation if it still answers this question.</summary>
    public void GiveUp(object question)
    {
        lock (_gate)
        {
            if (question.Equals(_question))
            {
                Stop();
            }
        }
    }

    /// <summary>Forgets what was computed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Stop();
            _source.Dispose();
        }
    }

    private void Stop()
    {
        _source.Cancel();
        _source.Dispose();
        _source = new CancellationTokenSource();
        _question = null;
        _running = null;
    }
}
