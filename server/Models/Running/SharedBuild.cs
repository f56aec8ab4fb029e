namespace ExplainLsp.Models.Running;

/// <summary>
/// Something that takes long to make and cannot be stopped inside (ONNX Runtime opening a graph), made once for all who ask. Who no longer
/// wants it stops waiting at once; it is finished all the same and kept for the next. A failure is told to those who wait and not kept.
/// </summary>
/// <param name="build">Makes it, on a thread of its own.</param>
internal sealed class SharedBuild<T>(Func<T> build)
{
    private readonly Lock _lock = new();
    private Task<T>? _made;
    private Action<T>? _whenMade;

    /// <summary>One that is made already.</summary>
    public static SharedBuild<T> Of(T made) => new(() => made) { _made = Task.FromResult(made) };

    /// <summary>Waits for it.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public T Get(CancellationToken cancellation)
    {
        Task<T> made;
        lock (_lock)
        {
            if (_made is null or { IsFaulted: true })
            {
                _made = Task.Factory.StartNew(build, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                // Seen, should nobody wait any more.
                _made.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                Continue();
            }

            made = _made;
        }

        Task.WhenAny(made).Wait(cancellation);
        return made.GetAwaiter().GetResult();
    }

    /// <summary>Does something with what was made: now, or once it is.</summary>
    public void WhenMade(Action<T> act)
    {
        lock (_lock)
        {
            _whenMade = act;
            Continue();
        }
    }

    private void Continue()
    {
        if (_whenMade is { } act)
        {
            _made?.ContinueWith(
                made => act(made.Result),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
