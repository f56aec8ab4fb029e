namespace ExplainLsp.Explainers.Metrics;

/// <summary>
/// Area under the receiver operating characteristic: the chance that a row of the class scores higher than one of another (Mann and
/// Whitney), ties counted half. For more than two classes the mean over classes, each against the rest.
/// </summary>
internal static class RocAuc
{
    public static double Score(double[] labels, double[] scores, int width)
    {
        if (width == 2)
            return OfClass(labels, scores, width, 1);
        double sum = 0;
        for (int i = 0; i < width; i++)
            sum += OfClass(labels, scores, width, i);
        return sum / width;
    }

    private static double OfClass(double[] labels, double[] scores, int width, int index)
    {
        double[] own = new double[labels.Length];
        bool[] positive = new bool[labels.Length];
        for (int row = 0; row < own.Length; row++)
        {
            own[row] = scores[(row * width) + index];
            positive[row] = (int)labels[row] == index;
        }
        Array.Sort(own, positive);

        double rankSum = 0;
        long positives = 0;
        for (int start = 0; start < own.Length;)
        {
            int end = start;
            int tiedPositives = 0;
            while (end < own.Length && own[end].Equals(own[start]))
                tiedPositives += positive[end++] ? 1 : 0;
            // Equal scores share the mean of their ranks start + 1 … end.
            rankSum += tiedPositives * (0.5 * (start + 1 + end));
            positives += tiedPositives;
            start = end;
        }
        long negatives = own.Length - positives;
        return (rankSum - (0.5 * positives * (positives + 1))) / ((double)positives * negatives);
    }
}
