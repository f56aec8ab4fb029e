namespace ExplainLsp.Models.Running;

/// <summary>
/// How the rows of a call are cut into blocks, each of which is one run of the session.
/// <para>
/// Kernels work through memory some numbers at a time and finish the rest one by one, with functions that round differently in the last
/// bit. So a block is padded to a multiple of <see cref="Grain"/> rows: then no tensor of a block ends in such a rest, and a row gets
/// the same bits wherever it stands. Where that would cost too much (an image, a long text), or cannot be had (a fixed batch that
/// is no multiple), each row runs alone.
/// </para>
/// </summary>
/// <param name="MostRows">Rows of the caller in a block, at most.</param>
/// <param name="Multiple">The session is given a multiple of this many rows.</param>
internal readonly record struct BlockPlan(int MostRows, int Multiple)
{
    /// <summary>Covers the widest vectors of today's processors (16 floats).</summary>
    public const int Grain = 16;

    // Up to here the padding of a single row takes less time than a run has overhead, or little more.
    private const int LargestPaddedRow = 4096;

    // Enough that the overhead of a run does not count, few enough that a block takes milliseconds and fits a cache.
    private const int MostRowsAtAll = 4096;

    // Input elements of a block: a network's activations are many times its input, and beyond the cache each row takes longer.
    private const long MostElements = 1 << 16;

    /// <param name="fixedBatch">Rows that the model insists on; 0 for any number.</param>
    /// <param name="rowElements">Input elements a row.</param>
    /// <param name="rowBytes">Bytes of inputs and outputs a row.</param>
    /// <param name="budget">Bytes that a block may take.</param>
    public static BlockPlan For(int fixedBatch, long rowElements, long rowBytes, long budget)
    {
        if (fixedBatch > 0)
            return new BlockPlan(fixedBatch % Grain == 0 ? fixedBatch : 1, fixedBatch);
        if (rowElements > LargestPaddedRow)
            return new BlockPlan(1, 1);
        var most = Math.Clamp(MostElements / Math.Max(rowElements, 1), Grain, MostRowsAtAll);
        var affordable = Math.Clamp(budget / Math.Max(rowBytes, 1), Grain, most);
        return new BlockPlan((int)affordable / Grain * Grain, Grain);
    }

    /// <summary>Rows that the session is given for so many rows of the caller.</summary>
    public int Padded(int rows) => (rows + Multiple - 1) / Multiple * Multiple;
}
