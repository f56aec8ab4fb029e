using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>The point that a sample is compared with.</summary>
/// <param name="Point">Its values, as a point of the sample's space.</param>
/// <param name="Description">What it is, in words.</param>
internal sealed record GradientBaseline(double[] Point, string Description)
{
    /// <summary>The option <c>baseline</c>.</summary>
    public static ExplainerOption Option { get; } = new(
        "baseline", null,
        "What the sample is compared with. Rows: mean of the background (default), zero, a number, or a CSV or .npy file. Images: zero (default), mean, blur, black, white, a number, or a file.");

    /// <summary>Reads the option.</summary>
    /// <exception cref="ExplainerException">Not a baseline of rows.</exception>
    /// <exception cref="SampleException">Not a baseline of images, or a file that does not fit.</exception>
    public static GradientBaseline Of(GradientRun run, OptionReader options)
    {
        if (run.Request.Sample is not GridSample grid)
            return OfRow(run, options, (TableRow)run.Request.Sample);
        GridBaseline baseline = GridBaseline.Parse(options.Text("baseline", "zero"), grid, cancellation: run.Cancellation);
        return new GradientBaseline(Array.ConvertAll(baseline.Row, value => (double)value), baseline.Description);
    }

    private static GradientBaseline OfRow(GradientRun run, OptionReader options, TableRow row)
    {
        string words = options.Text("baseline", "mean");
        if (words == "mean")
        {
            EncodedTable background = (run.Request.Masker as BackgroundMasker)?.Background
                ?? throw new ExplainerException($"{run.Id} compares with the mean of background rows, and there are none. Give --background, or baseline=zero.");
            EncodedTable means = background.Means();
            return new GradientBaseline(run.Point.PointsOf(means.Batch), means.Description);
        }
        if (words == "zero")
            return new GradientBaseline(new double[run.Point.Elements], "zero");
        if (double.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            double[] point = new double[run.Point.Elements];
            Array.Fill(point, number);
            return new GradientBaseline(point, words);
        }
        if (!File.Exists(words))
            throw options.Refuse("baseline", words, "mean, zero, a number or a file (a CSV row or an .npy)");
        return new GradientBaseline(NumpyFile.IsNumpy(words) ? OfNumpy(run, row, words) : OfCsv(run, row, words), Path.GetFileName(words));
    }

    private static double[] OfNumpy(GradientRun run, TableRow row, string file)
    {
        double[] values = NumpyFile.Read(file, null, run.Cancellation).Values;
        var columns = row.Table.Encoder.Columns;
        if (values.Length != columns.Length)
            throw new SampleException($"{Path.GetFileName(file)} holds {values.Length} numbers, and a row has {columns.Length} columns. Save one number a column.");
        double[] point = new double[run.Point.Elements];
        for (int i = 0; i < columns.Length; i++)
            point[run.Point.Offset(columns[i].Input) + columns[i].Offset] = values[i];
        return point;
    }

    private static double[] OfCsv(GradientRun run, TableRow row, string file)
    {
        Table table = Table.Read(file);
        if (table.RowCount != 1)
            throw new SampleException($"{Path.GetFileName(file)} has {table.RowCount} rows. Leave the one that is the baseline.");
        return run.Point.PointsOf(row.Table.Encoder.Encode(table, [0], Path.GetFileName(file), run.Cancellation).Batch);
    }
}
