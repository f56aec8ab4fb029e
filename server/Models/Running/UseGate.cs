namespace ExplainLsp.Models.Running;

/// <summary>
/// Closes something once nothing uses it any more. ONNX Runtime crashes the process when a session is used after it was closed, or closed
/// while it is used.
/// </summary>
/// <param name="owner">What callers hold; named when it is used after it was closed.</param>
/// <param name="close">Closes it; called once.</param>
internal sealed class UseGate(object owner, Action close)
{
    private readonly Lock _lock = new();
    private int _uses;
    private bool _closed;
    private bool _done;

    /// <summary>Begins a use.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _uses++;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _uses--;
            CloseWhenIdle();
        }
    }

    /// <summary>Closes once the last use has ended; no new one begins.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            CloseWhenIdle();
        }
    }

    private void CloseWhenIdle()
    {
        if (!_closed || _done || _uses > 0)
            return;
        _done = true;
        close();
    }
}
