namespace ExplainLsp.Explainers.Grids;

/// <summary>When to show an estimate while it grows: at a sixteenth of the work, and each time it has doubled.</summary>
/// <param name="total">All the work.</param>
internal sealed class Milestones(long total)
{
    private long next = Math.Max(1, total / 16);

    /// <summary>Whether the work done has passed a milestone that was not told before; never for the whole.</summary>
    public bool Passed(long done)
    {
        if (done < next || done >= total)
            return false;
        while (next <= done)
            next *= 2;
        return true;
    }
}
