using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>A column of many rows' attributions, as figures of rows show it.</summary>
internal sealed class SampleColumn
{
    private SampleColumn(SampleAttributions samples, int index)
    {
        (Index, Feature) = (index, samples.Features[index]);
        var (rows, columns) = (samples.Rows.Length, samples.Features.Length);
        (Values, Contributions, Texts) = (new float[rows], new float[rows], new string[rows]);
        for (var row = 0; row < rows; row++)
        {
            var at = (row * columns) + index;
            (Values[row], Contributions[row]) = (samples.Values[at], samples.Contributions[at]);
            Texts[row] = samples.Texts.IsDefaultOrEmpty ? "" : samples.Texts[at];
        }

        IsText = Values.Zip(Texts).Any(cell => float.IsFinite(cell.First) && cell.Second.Length > 0
            && !double.TryParse(cell.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        Strength = Contributions.Where(float.IsFinite).Select(contribution => Math.Abs((double)contribution)).DefaultIfEmpty(0).Average();
        Ranks = RanksOf(Values);
    }

    /// <summary>Its number among the columns.</summary>
    public int Index { get; }

    /// <summary>Its name in the file.</summary>
    public string Feature { get; }

    /// <summary>Its name as drawn.</summary>
    public string Name => ContributionRow.Drawable(Words.OneLine(Feature), $"column {NumberText.Whole(Index + 1)}");

    /// <summary>Cells as numbers, one a row; NaN for missing ones.</summary>
    public float[] Values { get; }

    /// <summary>Cells as the user wrote them.</summary>
    public string[] Texts { get; }

    /// <summary>Attributions, one a row.</summary>
    public float[] Contributions { get; }

    /// <summary>Whether its values are names, which have no order.</summary>
    public bool IsText { get; }

    /// <summary>Mean size of its attributions.</summary>
    public double Strength { get; }

    /// <summary>Ranks of the values from 0 (lowest) to 1 (highest), equal values sharing their mean rank; NaN for missing ones.</summary>
    public double[] Ranks { get; }

    /// <summary>Whether a row has no value.</summary>
    public bool IsMissing(int row) => float.IsNaN(Values[row]);

    /// <summary>A column by its name.</summary>
    public static SampleColumn Of(SampleAttributions samples, string feature) => samples.Features.IndexOf(feature) is >= 0 and var index
        ? new SampleColumn(samples, index) : throw new ArgumentException($"The samples have no column '{feature}'.", nameof(feature));

    /// <summary>The strongest columns, by mean size of their attributions; ties keep the columns' order.</summary>
    public static ImmutableArray<SampleColumn> Strongest(SampleAttributions samples, int most) =>
        [.. Strengths(samples).Select((strength, index) => (Strength: strength, Index: index)).OrderByDescending(column => column.Strength)
            .Take(most).Select(column => new SampleColumn(samples, column.Index))];

    /// <summary>Mean sizes of all columns' attributions, in their order.</summary>
    public static double[] Strengths(SampleAttributions samples)
    {
        var columns = samples.Features.Length;
        var (sums, counts) = (new double[columns], new int[columns]);
        for (var at = 0; at < samples.Contributions.Length; at++)
        {
            if (!float.IsFinite(samples.Contributions[at])) continue;
            sums[at % columns] += Math.Abs(samples.Contributions[at]);
            counts[at % columns]++;
        }

        return [.. sums.Select((sum, column) => sum / Math.Max(1, counts[column]))];
    }

    /// <summary>What an explanation holds of rows.</summary>
    public static SampleAttributions SamplesOf(Explanation explanation) =>
        explanation.Samples ?? throw new ArgumentException("The explanation has no attributions of rows.", nameof(explanation));

    private static double[] RanksOf(float[] values)
    {
        var ranks = new double[values.Length];
        Array.Fill(ranks, double.NaN);
        var order = Enumerable.Range(0, values.Length).Where(row => !float.IsNaN(values[row])).OrderBy(row => values[row]).ToArray();
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]];) to++;
            var rank = order.Length == 1 ? 0.5 : (from + to - 1) / 2.0 / (order.Length - 1);
            // A column of one value is neither low nor high.
            for (var i = from; i < to; i++) ranks[order[i]] = to - from == order.Length ? 0.5 : rank;
        }

        return ranks;
    }
}
