using ExplainLsp.Models.Running;

namespace ExplainLsp.Models.Gradients;

/// <summary>How the rows of a gradient run are cut into blocks: as the model's own runs are, but activations count.</summary>
internal static class GradientBlocks
{
    // Beside the activations, which the backward pass reads, only few tensors live at a time: gradients that were just made.
    private const int GradientsAlive = 4;

    // Bytes of a block, at most, where more than the fewest rows would take more: what the forward pass wrote should still be in a
    // core's cache when the backward pass reads it.
    private const long CachedBytes = 4 << 20;

    /// <summary>The plan.</summary>
    /// <param name="session">What runs.</param>
    /// <param name="call">On what.</param>
    /// <param name="fixedBatch">Rows that the graph insists on; 0 for any number.</param>
    /// <param name="budget">Bytes that a block may take; one row runs always.</param>
    public static BlockPlan Plan(GradientSession session, GradientCall call, int fixedBatch, long budget)
    {
        var bytes = RowBytes(session, call);
        var plan = BlockPlan.For(fixedBatch, call.RowElements, bytes, budget);
        if (fixedBatch > 0)
            return plan;
        if (bytes * plan.Multiple > budget)
            return new BlockPlan(1, 1);
        return plan with { MostRows = (int)Math.Max(Math.Min(plan.MostRows, CachedBytes / bytes / plan.Multiple * plan.Multiple), plan.Multiple) };
    }

    /// <summary>Bytes that one row takes while it runs; open dimensions count as the longest of the inputs.</summary>
    private static long RowBytes(GradientSession session, GradientCall call)
    {
        double total = 0, largest = 0;
        foreach (var (dims, size) in session.ActivationDims)
        {
            double bytes = size;
            for (var i = 0; i < dims.Length; i++)
                bytes *= i == 0 ? (dims[0] > 0 && session.FixedBatch == 0 && dims[0] != call.FixedRows ? dims[0] : 1) : dims[i] >= 0 ? dims[i] : call.LongestOpen;
            total += bytes;
            largest = Math.Max(largest, bytes);
        }

        return (long)Math.Min(total + (GradientsAlive * largest) + call.RowBytes, long.MaxValue / 64);
    }
}
