namespace ExplainLsp.Samples;

/// <summary>Reads a file of bytes with the errors of this room.</summary>
internal static class BinaryFile
{
    private const long LongestFile = 1L << 30;

    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, for messages: "image".</param>
    /// <param name="cancellation">Stops between two pieces of the file.</param>
    /// <exception cref="SampleException">Missing, unreadable, empty, a folder, or above 1 GB.</exception>
    public static byte[] Read(string path, string kind, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (stream.Length > LongestFile)
                throw new SampleException($"{name} is larger than 1 GB. Make the {kind} smaller.");
            if (stream.Length == 0)
                throw new SampleException($"{name} is empty. Write the {kind} again.");
            var bytes = new byte[stream.Length];
            for (var at = 0; at < bytes.Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = stream.Read(bytes, at, Math.Min(bytes.Length - at, 1 << 22));
                if (read == 0)
                    throw new SampleException($"{name} became shorter while it was read. Read it again when it is written.");
                at += read;
            }
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SampleException($"{path} does not exist. Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            var what = Directory.Exists(path) ? $"is a folder, not a file. Name an {kind} in it" : "cannot be read. Check its permissions";
            throw new SampleException($"{path} {what}.", e);
        }
        catch (IOException e) when (e is not SampleException)
        {
            throw new SampleException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
