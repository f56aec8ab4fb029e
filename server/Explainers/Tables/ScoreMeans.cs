namespace ExplainLsp.Explainers.Tables;

/// <summary>Scores of a file that went by in blocks: means over the blocks, weighted by their rows; of one block its own scores.</summary>
/// <param name="shuffles">Shuffles of each block.</param>
internal sealed class ScoreMeans(int shuffles)
{
    /// <summary>The score of the rows as they are.</summary>
    public double Unshuffled { get; private set; }

    /// <summary>The score of each shuffle.</summary>
    public double[] Shuffled { get; } = new double[shuffles];

    /// <summary>Blocks so far.</summary>
    public int Parts { get; private set; }

    /// <summary>Rows that were scored.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that could not be scored.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The scores of a single block.</summary>
    public static ScoreMeans Of(double unshuffled, double[] shuffled, int rows)
    {
        var means = new ScoreMeans(shuffled.Length);
        means.Add(unshuffled, shuffled, rows, 0);
        return means;
    }

    /// <summary>Adds a block.</summary>
    public void Add(double unshuffled, double[] shuffled, int rows, int leftOut)
    {
        (Parts, Rows, LeftOut) = (Parts + 1, Rows + rows, LeftOut + leftOut);
        double share = (double)rows / Rows;
        Unshuffled += (unshuffled - Unshuffled) * share;
        for (int i = 0; i < shuffles; i++)
            Shuffled[i] += (shuffled[i] - Shuffled[i]) * share;
    }
}
