using System.Collections.Concurrent;

namespace ExplainLsp.Workspaces;

/// <summary>Manifests by path: the editor's text before the file's, the last readable version beside the current one.</summary>
internal sealed class ManifestStore
{
    private readonly ConcurrentDictionary<string, string> texts = new();
    private readonly ConcurrentDictionary<string, Entry> entries = new();

    private sealed record Entry(string Text, Manifest Current, Manifest? LastGood);

    /// <summary>The manifest as it is written now, readable or not; null when there is none.</summary>
    public Manifest? Current(string path) => Load(path)?.Current;

    /// <summary>The manifest that counts: the last readable version; null when there is none.</summary>
    public Manifest? InForce(string path) => Load(path)?.LastGood;

    public void SetText(string path, string? text)
    {
        if (text is null)
            texts.TryRemove(path, out _);
        else
            texts[path] = text;
    }

    /// <summary>Forgets a manifest whose file is gone. One that changed is read anew anyway, and its last readable version is kept.</summary>
    public void Forget(string path)
    {
        if (!File.Exists(path) && !texts.ContainsKey(path))
            entries.TryRemove(path, out _);
    }

    private Entry? Load(string path)
    {
        if ((texts.TryGetValue(path, out var text) ? text : Read(path)) is not { } now)
            return null;
        entries.TryGetValue(path, out var known);
        if (known is not null && known.Text == now)
            return known;
        var manifest = Manifest.Parse(path, now);
        return entries[path] = new Entry(now, manifest, manifest.IsWellFormed ? manifest : known?.LastGood);
    }

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
