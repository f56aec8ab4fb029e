using System.Buffers.Binary;
using System.Text;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Writes region numbers as NumPy does: 32-bit whole numbers, height × width.</summary>
internal static class NumpyLabels
{
    public static void Write(string path, int[][] labels)
    {
        var header = $"{{'descr': '<i4', 'fortran_order': False, 'shape': ({labels.Length}, {labels[0].Length}), }}";
        header = header.PadRight((((10 + header.Length) / 64) * 64) + 53) + "\n";
        var bytes = new byte[10 + header.Length + (labels.Length * labels[0].Length * sizeof(int))];
        (bytes[0], bytes[6]) = (0x93, 1);
        Encoding.ASCII.GetBytes("NUMPY").CopyTo(bytes, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header).CopyTo(bytes, 10);
        var at = 10 + header.Length;
        foreach (var label in labels.SelectMany(row => row))
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), label);
            at += sizeof(int);
        }

        File.WriteAllBytes(path, bytes);
    }
}
