using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ExplainLsp.Explainers.Trees;

/// <summary>One pattern a row of a block: bit j says whether the row passes feature j of a path.</summary>
internal static class RowPatterns
{
    /// <summary>Features up to which a pattern is a byte.</summary>
    public const int ByteFeatures = 8;

    /// <summary>Patterns of paths with few features, eight rows at a time.</summary>
    /// <param name="passes">One word a feature, one bit a row.</param>
    /// <param name="patterns">Receives 64 patterns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(ReadOnlySpan<ulong> passes, Span<byte> patterns)
    {
        Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(patterns);
        for (int group = 0; group < eights.Length; group++)
        {
            ulong bytes = 0;
            for (int j = 0; j < passes.Length; j++)
                bytes |= Lowest(passes[j] >> (group * 8) & 0xFF) << j;
            eights[group] = bytes;
        }
    }

    /// <summary>Patterns of paths with any number of features.</summary>
    /// <inheritdoc cref="Spread(ReadOnlySpan{ulong}, Span{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(ReadOnlySpan<ulong> passes, Span<ulong> patterns)
    {
        patterns.Clear();
        for (int j = 0; j < passes.Length; j++)
        {
            for (ulong rest = passes[j]; rest != 0; rest &= rest - 1)
                patterns[BitOperations.TrailingZeroCount(rest)] |= 1UL << j;
        }
    }

    /// <summary>Eight bits as the lowest bits of eight bytes.</summary>
    private static ulong Lowest(ulong eight)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(eight, 0x0101_0101_0101_0101);
        ulong bytes = 0;
        for (int bit = 0; bit < 8; bit++)
            bytes |= (eight >> bit & 1) << (bit * 8);
        return bytes;
    }
}
