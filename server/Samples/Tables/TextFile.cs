using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Reads a text file with the errors of this room.</summary>
internal static class TextFile
{
    // A string holds about a thousand million characters.
    private const long LongestFile = 512L << 20;

    /// <summary>A whole file (UTF-8, or UTF-16 by its BOM).</summary>
    public static string Read(string path, CancellationToken cancellation) => Guard(path, stream =>
    {
        var name = Path.GetFileName(path);
        if (stream.Length > LongestFile)
            throw new SampleException($"{name} is larger than 512 MB. Cut a sample of its rows into a file of its own.");
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = new StringBuilder((int)stream.Length);
        var buffer = new char[1 << 16];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (buffer.AsSpan(0, read).Contains('\0'))
                throw new SampleException($"{name} is not a text file. Save it as CSV in UTF-8.");
            text.Append(buffer, 0, read);
        }
        return text.ToString();
    });

    /// <summary>Opens a file and reads of it.</summary>
    /// <exception cref="SampleException">It is missing, a folder, or cannot be read.</exception>
    public static T Guard<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SampleException($"{path} does not exist. Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            var what = Directory.Exists(path) ? "is a folder, not a file. Name a CSV file in it" : "cannot be read. Check its permissions";
            throw new SampleException($"{path} {what}.", e);
        }
        catch (IOException e) when (e is not SampleException)
        {
            throw new SampleException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
