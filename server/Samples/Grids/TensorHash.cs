using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>SHA-256 of a tensor: element type, shape and little-endian content.</summary>
internal static class TensorHash
{
    public static string Of(InputTensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Data.GetType().GetElementType()!.Name}[{string.Join(',', tensor.RowShape)}]"));
        hash.AppendData(tensor.Data is float[] floats ? MemoryMarshal.AsBytes<float>(floats) : MemoryMarshal.AsBytes<double>((double[])tensor.Data));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
