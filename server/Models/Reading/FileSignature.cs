namespace ExplainLsp.Models.Reading;

/// <summary>What a file is, judged by its first bytes, when it is not ONNX: so that the message can say it.</summary>
internal static class FileSignature
{
    /// <summary>Bytes of the beginning that are looked at.</summary>
    public const int Length = 64;

    private static readonly (byte[] Bytes, int Offset, string Kind)[] Known =
    [
        ([0x89, .. "PNG"u8], 0, "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], 0, "a JPEG picture"),
        ([.. "PK\u0003\u0004"u8], 0, "a ZIP archive (a PyTorch checkpoint or a Keras model is one)"),
        ([0x1F, 0x8B], 0, "a gzip archive"),
        ([0x89, .. "HDF"u8], 0, "an HDF5 file (an old Keras model is one)"),
        ([0x80, 0x04, 0x95], 0, "a Python pickle"),
        ([0x80, 0x05, 0x95], 0, "a Python pickle"),
        ([.. "ORTM"u8], 4, "an ORT format model"),
        ([.. "TFL3"u8], 4, "a TensorFlow Lite model"),
        ([.. "GGUF"u8], 0, "a GGUF model"),
        ([.. "%PDF"u8], 0, "a PDF"),
    ];

    /// <summary>Whether these are the first bytes of a Git LFS pointer: the few lines that stand for a file not downloaded yet.</summary>
    public static bool IsLfsPointer(ReadOnlySpan<byte> head) => head.StartsWith("version https://git-lfs.github.com/spec/"u8);

    /// <summary>The kind with its article, or null when it is nothing well known.</summary>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        foreach (var (bytes, offset, kind) in Known)
        {
            if (head.Length >= offset && head[offset..].StartsWith(bytes))
                return kind;
        }

        return IsText(head) ? "text" : null;
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var value in head)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }

        // The last character may be cut in the middle; three bytes less is always enough.
        return head.Length > 0 && System.Text.Unicode.Utf8.IsValid(head[..Math.Max(1, head.Length - 3)]);
    }
}
