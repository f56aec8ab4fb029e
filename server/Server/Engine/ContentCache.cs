using System.Diagnostics.CodeAnalysis;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// Results by content. Bounded by an estimate of their bytes, the least recently used leaving first; under memory pressure it is
/// emptied, since everything in it can be computed again.
/// </summary>
/// <param name="capacity">Bytes held at most.</param>
/// <param name="isUnderPressure">Whether the machine is short of memory; null asks the runtime.</param>
/// <typeparam name="T">What is held; read-only.</typeparam>
public sealed class ContentCache<T>(long capacity, Func<bool>? isUnderPressure = null)
    where T : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ContentKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Func<bool> _isUnderPressure = isUnderPressure ?? RuntimeIsUnderPressure;
    private long _bytes;

    /// <summary>Results held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Finds a result and marks it as used.</summary>
    public bool TryGet(ContentKey key, [MaybeNullWhen(false)] out T value)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps a result, unless it alone is larger than the cache.</summary>
    /// <param name="key">What it was computed from.</param>
    /// <param name="value">The result.</param>
    /// <param name="bytes">An estimate of what it takes.</param>
    public void Add(ContentKey key, T value, long bytes)
    {
        var pressure = _isUnderPressure();
        lock (_lock)
        {
            if (pressure)
            {
                ClearLocked();
                return;
            }

            if (bytes > capacity || _entries.ContainsKey(key))
            {
                return;
            }

            _entries.Add(key, _byUse.AddFirst(new Entry(key, value, bytes)));
            _bytes += bytes;
            while (_bytes > capacity && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _entries.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            ClearLocked();
        }
    }

    private static bool RuntimeIsUnderPressure()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.HighMemoryLoadThresholdBytes > 0 && memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes;
    }

    private void ClearLocked()
    {
        _entries.Clear();
        _byUse.Clear();
        _bytes = 0;
    }

    private readonly record struct Entry(ContentKey Key, T Value, long Bytes);
}
