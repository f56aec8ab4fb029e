namespace ExplainLsp.Models;

/// <summary>
/// Open models, keyed by content: a model that is asked for again is not opened again, one that changed on disk is opened anew. Holds
/// at most a fixed number; the least recently used leaves first, and is closed once nobody runs it.
/// </summary>
/// <param name="capacity">Sessions held at most, 1 or more.</param>
/// <param name="options">How its sessions run.</param>
public sealed class SessionCache(int capacity, ModelSessionOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private long _clock;
    private bool _disposed;

    /// <summary>The session of a model file as it is on disk now. Dispose the lease when done with it.</summary>
    /// <exception cref="ModelException">As <see cref="ModelFile.Read"/> and <see cref="ModelSession.Open"/>.</exception>
    public SessionLease Rent(string path, CancellationToken cancellation)
    {
        path = Path.GetFullPath(path);
        var slot = SlotOf(path);
        // One at a time for a file, so that two who ask at once open it once; other files do not wait.
        slot.Gate.Wait(cancellation);
        try
        {
            var stamp = FileStamp.Of(path);
            if (slot.Held is { } held && held.IsCurrent(stamp))
                return Lease(slot, held);
            var file = ModelFile.Read(path, cancellation);
            if (slot.Held is { } unchanged && unchanged.HasContent(file))
            {
                unchanged.Stamp = stamp;
                return Lease(slot, unchanged);
            }

            var opened = new HeldSession(ModelSession.Open(file, options), stamp);
            return Lease(slot, opened);
        }
        catch (ModelException)
        {
            // What is on disk now cannot be used: what was there before must not be handed out later.
            Retire(slot);
            throw;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Closes all sessions that nobody uses.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (var slot in _slots.Values)
                Retire(slot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Clear();
        }
    }

    private Slot SlotOf(string path)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_slots.TryGetValue(path, out var slot))
                _slots[path] = slot = new Slot();
            return slot;
        }
    }

    private SessionLease Lease(Slot slot, HeldSession session)
    {
        lock (_lock)
        {
            var lease = new SessionLease(session);
            if (_disposed)
            {
                session.Retire();
                return lease;
            }

            if (slot.Held != session)
            {
                slot.Held?.Retire();
                slot.Held = session;
            }

            slot.LastUse = ++_clock;
            Evict();
            return lease;
        }
    }

    private void Evict()
    {
        while (_slots.Values.Count(slot => slot.Held is not null) > capacity)
            Retire(_slots.Values.Where(slot => slot.Held is not null).MinBy(slot => slot.LastUse)!);
    }

    private void Retire(Slot slot)
    {
        lock (_lock)
        {
            slot.Held?.Retire();
            slot.Held = null;
        }
    }

    /// <summary>A file that was asked for, whether its session is held or not.</summary>
    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public HeldSession? Held { get; set; }

        public long LastUse { get; set; }
    }
}
