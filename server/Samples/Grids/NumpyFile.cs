using System.Collections.Immutable;
using System.IO.Compression;

namespace ExplainLsp.Samples;

/// <summary>An array of a NumPy file: numbers in row-major order whatever the file's order, byte order and type.</summary>
/// <param name="Shape">The dimensions; empty for a single number.</param>
/// <param name="Values">The values, row-major; whole numbers above 2⁵³ are rounded.</param>
/// <param name="Type">The type as NumPy writes it, without byte order: <c>f4</c>, <c>i8</c>, <c>b1</c>.</param>
public sealed record NumpyArray(ImmutableArray<int> Shape, double[] Values, string Type)
{
    /// <summary>Whether the values are whole numbers or truth values by type.</summary>
    public bool IsWhole => Type[0] is 'i' or 'u' or 'b';
}

/// <summary>
/// Reads <c>.npy</c> (format 1.0 to 3.0: float of 16, 32 and 64 bits, whole numbers, truth values, C and Fortran order, both byte orders) and
/// the arrays of an <c>.npz</c>; writes <c>.npy</c> of 32-bit floats. Arrays of objects and of records are refused: nothing is unpickled.
/// </summary>
public static class NumpyFile
{
    private const long LongestEntry = 1L << 30;

    /// <summary>Whether a name ends in <c>.npy</c> or <c>.npz</c>.</summary>
    public static bool IsNumpy(string path) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the array of an <c>.npy</c>, or the only array of an <c>.npz</c> (or the one that <paramref name="name"/> says).</summary>
    /// <exception cref="SampleException">Missing, unreadable, truncated, of a type that is no number, or several arrays without a name.</exception>
    public static NumpyArray Read(string path, string? name = null, CancellationToken cancellation = default)
    {
        var file = Path.GetFileName(path);
        var bytes = BinaryFile.Read(path, "array", cancellation);
        if (!bytes.AsSpan().StartsWith("PK"u8))
            return NumpyFormat.Parse(bytes, file, cancellation);
        var arrays = ReadArchive(bytes, file, name, cancellation);
        return arrays switch
        {
            [var (_, array)] => array,
            [] => throw new SampleException(name is null ? $"{file} holds no array. Save one with numpy.savez." : $"{file} holds no array named {name}. Check the name."),
            _ => throw new SampleException($"{file} holds {arrays.Count} arrays ({string.Join(", ", arrays.Select(array => array.Name).Take(10))}). Save the one to explain into a file of its own."),
        };
    }

    /// <summary>Reads every array of an <c>.npz</c>, or the one of an <c>.npy</c> (named by its file).</summary>
    /// <exception cref="SampleException">As <see cref="Read"/>.</exception>
    public static IReadOnlyList<(string Name, NumpyArray Array)> ReadAll(string path, CancellationToken cancellation = default)
    {
        var file = Path.GetFileName(path);
        var bytes = BinaryFile.Read(path, "array", cancellation);
        return bytes.AsSpan().StartsWith("PK"u8)
            ? ReadArchive(bytes, file, null, cancellation)
            : [(Path.GetFileNameWithoutExtension(path), NumpyFormat.Parse(bytes, file, cancellation))];
    }

    /// <summary>Writes 32-bit floats, little-endian, row-major, format 1.0.</summary>
    public static void Write(string path, ReadOnlySpan<float> values, IReadOnlyList<int> shape) =>
        File.WriteAllBytes(path, ToBytes(values, shape));

    /// <summary>The bytes of an <c>.npy</c> of 32-bit floats.</summary>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static byte[] ToBytes(ReadOnlySpan<float> values, IReadOnlyList<int> shape) => NumpyFormat.ToBytes(values, shape);

    private static List<(string Name, NumpyArray Array)> ReadArchive(byte[] bytes, string file, string? name, CancellationToken cancellation)
    {
        try
        {
            var arrays = new List<(string, NumpyArray)>();
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal)))
            {
                var key = entry.FullName[..^4];
                if (name is not null && key != name)
                    continue;
                if (entry.Length > LongestEntry)
                    throw new SampleException($"{file}: the array {key} is larger than 1 GB. Make it smaller.");
                using var stream = entry.Open();
                using var content = new MemoryStream();
                var buffer = new byte[1 << 20];
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    content.Write(buffer, 0, read);
                    if (content.Length > LongestEntry)
                        throw new SampleException($"{file}: the array {key} is larger than 1 GB. Make it smaller.");
                }
                arrays.Add((key, NumpyFormat.Parse(content.ToArray(), $"{file} ({key})", cancellation)));
            }
            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new SampleException($"{file} is truncated or no .npz archive. Save it again.", e);
        }
    }
}
