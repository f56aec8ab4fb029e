namespace ExplainLsp.Models;

/// <summary>The right to use a cached session until disposed.</summary>
public sealed class SessionLease : IDisposable
{
    private HeldSession? _held;

    internal SessionLease(HeldSession held)
    {
        held.Acquire();
        _held = held;
        Session = held.Session;
    }

    /// <summary>The session.</summary>
    public ModelSession Session { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
}

/// <summary>A session with the number of those who use it; closed when it was retired and the last one is done.</summary>
internal sealed class HeldSession(ModelSession session, FileStamp stamp)
{
    private readonly Lock _lock = new();
    private int _users;
    private bool _retired;

    public ModelSession Session => session;

    /// <summary>The file when its content was last compared.</summary>
    public FileStamp Stamp { get; set; } = stamp;

    public bool IsCurrent(FileStamp now) => Stamp == now && ExternalDataIsCurrent(session.File);

    public bool HasContent(ModelFile file) =>
        file.Sha256 == session.File.Sha256 && file.ExternalData.SequenceEqual(session.File.ExternalData) && ExternalDataIsCurrent(file);

    public void Acquire()
    {
        lock (_lock)
            _users++;
    }

    public void Release()
    {
        lock (_lock)
        {
            _users--;
            CloseWhenUnused();
        }
    }

    public void Retire()
    {
        lock (_lock)
        {
            _retired = true;
            CloseWhenUnused();
        }
    }

    private void CloseWhenUnused()
    {
        if (_retired && _users == 0)
            session.Dispose();
    }

    private static bool ExternalDataIsCurrent(ModelFile file) => file.ExternalData.All(data => FileStamp.Of(data.Path) == data.Stamp);
}

/// <summary>What shows without reading a file whether it is still the same.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : default;
    }
}
