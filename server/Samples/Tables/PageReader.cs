namespace ExplainLsp.Samples;

/// <summary>Reads a text file of bytes in stretches that end where a record does.</summary>
/// <param name="stream">The file, from its beginning.</param>
/// <param name="name">Its name, for messages.</param>
/// <param name="pageBytes">Bytes of a stretch, about.</param>
internal sealed class PageReader(FileStream stream, string name, int pageBytes) : IDisposable
{
    // A record that is longer is cut at a line: most likely a quote that does not end.
    private const int LongestRecord = 64 << 20;

    private byte[] buffer = new byte[pageBytes];
    private int filled;
    private int taken;

    /// <summary>Where the stretch begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>The next stretch; false at the end of the file.</summary>
    /// <param name="delimiter">What separates fields; a line break where quotes mean nothing.</param>
    /// <param name="page">Its bytes, until the next call; without the mark of UTF-8.</param>
    /// <param name="cancellation">Honoured between two pieces.</param>
    /// <exception cref="SampleException">The file is not text in UTF-8.</exception>
    public bool Next(char delimiter, out ReadOnlySpan<byte> page, CancellationToken cancellation)
    {
        buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
        (Offset, filled, taken) = (Offset + taken, filled - taken, 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var ends = Fill();
            if (Offset == 0)
                SkipMark();
            taken = ends ? filled : EndOfRecords(buffer.AsSpan(0, filled), delimiter);
            if (taken == 0 && !ends && filled >= LongestRecord)
                taken = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (taken > 0 || ends)
                break;
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        page = buffer.AsSpan(0, taken);
        if (page.Contains((byte)0))
            throw new SampleException($"{name} is not a text file in UTF-8. Save it as CSV in UTF-8.");
        return taken > 0;
    }

    /// <summary>Makes <see cref="Next"/> give the same stretch once more.</summary>
    public void Again() => taken = 0;

    /// <inheritdoc/>
    public void Dispose() => buffer = [];

    /// <summary>Reads until the buffer is full; true when the file has no more.</summary>
    private bool Fill()
    {
        while (filled < buffer.Length)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
                return true;
            filled += read;
        }
        return false;
    }

    private void SkipMark()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (!buffer.AsSpan(0, filled).StartsWith(mark))
            return;
        buffer.AsSpan(mark.Length, filled - mark.Length).CopyTo(buffer);
        (Offset, filled) = (mark.Length, filled - mark.Length);
    }

    /// <summary>Past the line break of the last whole record; 0 for none. Quotes open at the start of a field only.</summary>
    private static int EndOfRecords(ReadOnlySpan<byte> bytes, char delimiter)
    {
        if (delimiter == '\n')
            return bytes.LastIndexOf((byte)'\n') + 1;
        var (last, quoted, starts) = (0, false, true);
        for (var at = 0; at < bytes.Length; at++)
        {
            var b = bytes[at];
            if (quoted)
            {
                if (b == '"' && at + 1 < bytes.Length && bytes[at + 1] == '"')
                    at++;
                else if (b == '"')
                    quoted = false;
            }
            else if (b == '"' && starts)
            {
                (quoted, starts) = (true, false);
            }
            else if (b == '\n' || (b == '\r' && at + 1 < bytes.Length && bytes[at + 1] != '\n'))
            {
                (last, starts) = (at + 1, true);
            }
            else
            {
                starts = b == delimiter;
            }
        }
        return last;
    }
}
