namespace ExplainLsp.Server.Features.Panels;

/// <summary>Spearman's rank correlation.</summary>
internal static class RankStatistics
{
    /// <summary>The correlation of two lists of the same length, −1 to 1; null where one is constant.</summary>
    public static double? Correlation(double[] one, double[] other)
    {
        var (ranks, others) = (Ranks(one), Ranks(other));
        var mean = (one.Length + 1) / 2.0;
        double together = 0, alone = 0, otherAlone = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            var (a, b) = (ranks[i] - mean, others[i] - mean);
            (together, alone, otherAlone) = (together + (a * b), alone + (a * a), otherAlone + (b * b));
        }

        return alone == 0 || otherAlone == 0 ? null : together / Math.Sqrt(alone * otherAlone);
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end + 1) / 2.0;
            }
        }

        return ranks;
    }
}
