using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>Background samples as points.</summary>
/// <param name="Points">Row-major.</param>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Description">What they are, in words.</param>
internal sealed record ReferencePoints(double[] Points, int Count, string Description)
{
    /// <summary>The request's references, else a row's background; null when there are neither.</summary>
    public static ReferencePoints? Of(GradientRun run)
    {
        (InputBatch Batch, string Words)? found = run.Request switch
        {
            { References: { } references } => (references.Batch, references.Description),
            { Masker: BackgroundMasker { Background: var background } } => (background.Batch, background.Description),
            _ => null,
        };
        if (found is not { } given)
            return null;
        double[] points = run.Point.PointsOf(given.Batch);
        int missing = Array.FindIndex(points, value => !double.IsFinite(value));
        if (missing >= 0)
        {
            throw new ExplainerException(
                $"{run.Id} needs a number everywhere, and row {missing / run.Point.Elements} of the background has a missing value. Choose other rows with --background-rows.");
        }
        return new ReferencePoints(points, given.Batch.Rows, given.Words);
    }

    /// <summary>The request's references, or one baseline when it names one (or there is nothing else).</summary>
    public static ReferencePoints OrBaseline(GradientRun run, OptionReader options)
    {
        if (!options.Has("baseline") && Of(run) is { } references)
            return references;
        GradientBaseline baseline = GradientBaseline.Of(run, options);
        return new ReferencePoints(baseline.Point, 1, baseline.Description);
    }
}

/// <summary>Warns when a sample is unlike what it is compared with.</summary>
internal static class ReferenceDistance
{
    private const int FewestReferences = 5;
    private const double Far = 3;

    /// <summary>
    /// Warns when the sample's standardised distance (root mean square of (x − mean) / deviation over the elements) is over 3 and over
    /// twice that of every reference.
    /// </summary>
    public static void WarnIfFar(GradientRun run)
    {
        if (ReferencePoints.Of(run) is not { Count: >= FewestReferences } references)
            return;
        int width = run.Point.Elements;
        double[] mean = new double[width], deviation = new double[width];
        for (int i = 0; i < references.Points.Length; i++)
            mean[i % width] += references.Points[i] / references.Count;
        for (int i = 0; i < references.Points.Length; i++)
            deviation[i % width] += Math.Pow(references.Points[i] - mean[i % width], 2) / references.Count;
        // An element that hardly varies (a picture's border) would count without end: a tenth of the mean variance is the least for pictures.
        double least = run.Request.Sample is GridSample ? 0.1 * deviation.Average() : 0;
        for (int i = 0; i < width; i++)
            deviation[i] = Math.Sqrt(Math.Max(deviation[i], least));
        double own = Distance(run.Point.Values);
        double largest = Enumerable.Range(0, references.Count).Max(row => Distance(references.Points.AsSpan(row * width, width)));
        if (own <= Far || own <= 2 * largest)
            return;
        run.Warnings.Add(string.Create(CultureInfo.InvariantCulture,
            $"The sample is {own:0.0} deviations from the mean of the {references.Count:N0} references, of which none is over {largest:0.0}. What is compared has little in common. Give a background of its kind."));

        double Distance(ReadOnlySpan<double> point)
        {
            double sum = 0;
            for (int i = 0; i < width; i++)
            {
                if (deviation[i] > 0)
                    sum += Math.Pow((point[i] - mean[i]) / deviation[i], 2);
            }
            return Math.Sqrt(sum / width);
        }
    }
}
