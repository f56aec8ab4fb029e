namespace ExplainLsp.Models.Reading;

/// <summary>What the outermost fields of a file say: whether it is ONNX at all, and whether all of it is there.</summary>
internal enum FileOutline
{
    /// <summary>ONNX, and the last field ends where the file ends.</summary>
    Whole,

    /// <summary>It begins as ONNX does, and a field runs past the end of the file.</summary>
    CutShort,

    /// <summary>It begins as ONNX does, and then comes something that no protobuf has.</summary>
    Damaged,

    /// <summary>Something else.</summary>
    NotOnnx,
}

/// <summary>
/// Walks the outermost protobuf fields of a file and seeks over their contents. A parser alone cannot tell a truncated model from a
/// picture: to it both are malformed. ONNX shows itself by its first field, the IR version.
/// </summary>
internal static class FileOutlineReader
{
    private const int IrVersionField = 1;
    private const long LargestIrVersion = 255;

    public static FileOutline Read(Stream file)
    {
        var seenIrVersion = false;
        var end = file.Length;
        while (file.Position < end)
        {
            if (!TryReadVarint(file, out var tag))
                return Broken(FileOutline.CutShort);
            var field = tag >> 3;
            if (field == 0 || field > int.MaxValue >> 3)
                return Broken(FileOutline.Damaged);
            ulong skip = 0;
            switch (tag & 7)
            {
                case 0:
                    if (!TryReadVarint(file, out var value))
                        return Broken(FileOutline.CutShort);
                    seenIrVersion |= field == IrVersionField && value is > 0 and <= LargestIrVersion;
                    break;
                case 1:
                    skip = 8;
                    break;
                case 2:
                    if (!TryReadVarint(file, out skip))
                        return Broken(FileOutline.CutShort);
                    break;
                case 5:
                    skip = 4;
                    break;
                default:
                    return Broken(FileOutline.Damaged);
            }

            if (skip > (ulong)(end - file.Position))
                return Broken(FileOutline.CutShort);
            file.Position += (long)skip;
        }

        return seenIrVersion ? FileOutline.Whole : FileOutline.NotOnnx;

        FileOutline Broken(FileOutline how) => seenIrVersion ? how : FileOutline.NotOnnx;
    }

    private static bool TryReadVarint(Stream file, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = file.ReadByte();
            if (next < 0)
                return false;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return true;
    }
}
