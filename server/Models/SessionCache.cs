namespace ExplainLsp.Models;

/// <summary>
/// Open models, keyed by content: a model that is asked for again is not opened again, one that changed on disk is opened anew. Holds
/// at most a fixed number; the least recently used leaves first, and is closed once nobody runs it.
/// </summary>
/// <param name="capacity">Sessions held at most, 1 or more.</param>
/// <param name="options">How its sessions run.</param>
public sealed class SessionCache(int capacity, ModelSessionOptions options) : IDisposable
{
    /// <summary>The session of a model file as it is on disk now. Dispose the lease when done with it.</summary>
    /// <exception cref="ModelException">As <see cref="ModelFile.Read"/> and <see cref="ModelSession.Open"/>.</exception>
    public SessionLease Rent(string path, CancellationToken cancellation) => throw new NotImplementedException($"{capacity} {options}");

    /// <summary>Closes all sessions that nobody uses.</summary>
    public void Clear() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>The right to use a cached session until disposed.</summary>
public sealed class SessionLease : IDisposable
{
    /// <summary>The session.</summary>
    public ModelSession Session => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
