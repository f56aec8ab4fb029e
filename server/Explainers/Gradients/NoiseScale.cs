using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>The deviation of noise a point's element.</summary>
internal static class NoiseScale
{
    /// <summary>Reads <c>0.15</c> (in the unit of the model's input) or <c>15%</c> (of the picture's range, or of each column's deviation).</summary>
    /// <exception cref="ExplainerException">Neither, or a share of a background that is not there.</exception>
    public static double[] Of(GradientRun run, string text)
    {
        bool share = text.EndsWith('%');
        if (!double.TryParse(share ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || number is not (>= 0 and <= 1e6))
            throw run.Options.Refuse("sigma", text, "a number from 0 to 1,000,000, or a share such as 15%");
        double[] sigma = new double[run.Point.Elements];
        if (!share)
        {
            Array.Fill(sigma, number);
            return sigma;
        }
        number /= 100;
        if (run.Request.Sample is not TableRow row)
        {
            Array.Fill(sigma, number * (run.Point.Values.Max() - run.Point.Values.Min()));
            return sigma;
        }
        EncodedTable background = (run.Request.Masker as BackgroundMasker)?.Background ?? throw new ExplainerException(
            $"sigma={text} is a share of each column's deviation in the background, and there is none. Give --background, or sigma as a number.");
        for (int column = 0; column < row.Table.ColumnCount; column++)
        {
            FeatureColumn place = row.Table.Encoder.Columns[column];
            double deviation = background.Statistics(column).StandardDeviation;
            sigma[run.Point.Offset(place.Input) + place.Offset] = double.IsFinite(deviation) ? number * deviation : 0;
        }
        return sigma;
    }
}
