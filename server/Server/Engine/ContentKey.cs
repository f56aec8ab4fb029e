using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ExplainLsp.Server.Engine;

/// <summary>The name of a result by what it was computed from: half of a SHA-256, so that no two questions share one in practice.</summary>
/// <param name="Value">128 bits of the hash.</param>
public readonly record struct ContentKey(UInt128 Value)
{
    /// <summary>Gathers what a result depends on. Every part is written with its length, so that parts cannot run into each other.</summary>
    public sealed class Builder : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        /// <summary>Adds a text.</summary>
        public Builder Add(string? text)
        {
            Add(text?.Length ?? -1);
            _hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
            return this;
        }

        /// <summary>Adds a number.</summary>
        public Builder Add(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            _hash.AppendData(bytes);
            return this;
        }

        /// <summary>Adds another key.</summary>
        public Builder Add(ContentKey key) => Add((long)(ulong)key.Value).Add((long)(ulong)(key.Value >> 64));

        /// <summary>The key of everything added.</summary>
        public ContentKey Build()
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            _hash.GetHashAndReset(digest);
            return new ContentKey(BinaryPrimitives.ReadUInt128LittleEndian(digest));
        }

        /// <inheritdoc/>
        public void Dispose() => _hash.Dispose();
    }
}
