using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models.Structure;

namespace ExplainLsp.Models.Reading;

/// <summary>
/// Where a tensor's bytes may be, when they are not in the model: in a file below the model's own folder, after every link is
/// followed, and within that file. A model is untrusted input; without this check it could read any file of the user.
/// </summary>
internal sealed class ExternalDataCheck(string modelPath, string modelName)
{
    // As many as an operating system follows; more is a loop.
    private const int MostLinks = 40;

    private readonly SortedDictionary<string, ExternalDataFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lengthByLocation = new(StringComparer.Ordinal);

    private string? _folder;

    public ImmutableArray<ExternalDataFile> Files => [.. _files.Values];

    /// <exception cref="ModelException">The tensor's file is elsewhere, missing, or too short.</exception>
    public void Check(TensorProto tensor)
    {
        string? location = null;
        long offset = 0, length = 0;
        foreach (var entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location":
                    location = entry.Value;
                    break;
                case "offset":
                    offset = Number(entry, tensor);
                    break;
                case "length":
                    length = Number(entry, tensor);
                    break;
            }
        }

        if (string.IsNullOrEmpty(location))
            throw new ModelException($"{modelName} is damaged: the weight {tensor.Name} names no file that holds it. Export the model again.");
        if (!_lengthByLocation.TryGetValue(location, out var available))
            _lengthByLocation[location] = available = Resolve(location, tensor);
        if (offset > available || length > available - offset)
        {
            throw new ModelException(
                $"{modelName} expects more weights than {location} holds ({available:N0} bytes). Download or export both files again.");
        }
    }

    private long Number(StringStringEntryProto entry, TensorProto tensor) =>
        long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ModelException(
                $"{modelName} is damaged: the {entry.Key} of the weight {tensor.Name} is not a number of bytes. Export the model again.");

    private long Resolve(string location, TensorProto tensor)
    {
        // Both kinds of separators and a drive letter count on every system: the file may have been made for another one.
        var parts = location.Split('/', '\\');
        if (parts[0].Length == 0 || location.Contains(':') || location.Contains('\0'))
            throw Outside(location, tensor);
        _folder ??= Follow(Path.GetDirectoryName(modelPath)!);
        var path = Follow(Path.Combine([_folder, .. parts]));
        if (!IsBelow(path))
            throw Outside(location, tensor);
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ModelException($"{modelName} needs {location} beside it, which is missing. Copy it there, or export the model again.");
        _files[path] = new ExternalDataFile(path, file.Length, file.LastWriteTimeUtc);
        return file.Length;
    }

    private bool IsBelow(string path) =>
        path.StartsWith(_folder!.EndsWith(Path.DirectorySeparatorChar) ? _folder : _folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private ModelException Outside(string location, TensorProto tensor) =>
        new($"{modelName} wants to read {location} for the weight {tensor.Name}, outside its own folder. It is not opened; move the file into the folder and export again.");

    /// <summary>
    /// The path as the system walks it, part by part: every symbolic link followed, <c>..</c> taken from where the link led, whether or
    /// not what is there exists. Removing <c>..</c> from the text first would miss <c>link/../file</c>.
    /// </summary>
    private string Follow(string path)
    {
        var current = Path.GetPathRoot(path)!;
        var pending = new Stack<string>();
        Push(path[current.Length..]);
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
                throw new ModelException($"{modelName} has weights behind a loop of symbolic links. Replace the links by the files.");
            var root = Path.GetPathRoot(target) ?? "";
            if (root.Length > 0)
                current = Path.GetPathRoot(Path.GetFullPath(target))!;
            Push(target[root.Length..]);
        }

        return current;

        void Push(string parts)
        {
            foreach (var part in parts.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Reverse())
                pending.Push(part);
        }
    }
}
