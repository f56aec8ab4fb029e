using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Background files as they are on disk now; read again only when size or time of writing changed.</summary>
internal sealed class TableCache
{
    private const int Capacity = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTime Written, long Length, Table Table, long Used)> _tables = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Reads a file, or takes it as read before.</summary>
    /// <exception cref="SampleException">Missing, unreadable, or not text.</exception>
    public SampleFile Read(string path, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new SampleException($"{path} does not exist. Name a file of background rows, or leave it out.");
        }

        lock (_lock)
        {
            if (_tables.TryGetValue(path, out var known) && known.Written == file.LastWriteTimeUtc && known.Length == file.Length)
            {
                _tables[path] = known with { Used = ++_clock };
                return new SampleFile(path, known.Table);
            }
        }

        var table = Table.Read(path, cancellation);
        lock (_lock)
        {
            _tables[path] = (file.LastWriteTimeUtc, file.Length, table, ++_clock);
            if (_tables.Count > Capacity)
            {
                _tables.Remove(_tables.MinBy(entry => entry.Value.Used).Key);
            }
        }

        return new SampleFile(path, table);
    }

    /// <summary>Forgets all files.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _tables.Clear();
        }
    }
}
