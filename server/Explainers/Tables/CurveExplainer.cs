using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// What partial dependence and individual conditional expectation share: the columns, their grids, the rows, the average. The
/// attribution of a column is how far its average curve is from flat: its sample standard deviation for numbers, a quarter of its range
/// for categories (Greenwell et al. 2018), in the target's unit.
/// </summary>
public abstract class CurveExplainer : IGlobalExplainer
{
    private const int DefaultPoints = 20;
    private const int DefaultRows = 10_000;

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ExplainerOption> Options { get; }

    /// <summary>Rows whose own curves are kept, at most.</summary>
    protected abstract int IndividualCurves { get; }

    /// <summary>The options of both methods.</summary>
    protected static ExplainerOption[] CommonOptions { get; } =
    [
        new("feature", null, "Columns to vary, by name, separated by commas; all when not given."),
        new("grid", "20", "Points, 2 to 1,000, or the values themselves separated by commas (two or more), a list for each feature separated by semicolons."),
        new("samples", "10000", "Rows at most, 1 or more; an even spread of the file."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        Explain(request, new OptionReader(Id, Options, request.Options), progress, cancellation);

    /// <summary>Computes the explanation with options that are being read.</summary>
    private protected virtual Explanation Explain(
        GlobalRequest request, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        EncodedTable table = request.Table;
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;
        ImmutableArray<int> features = TableRequest.Features(options, table);
        FeatureGrid[] grids = GridOption.Read(options, table, features, DefaultPoints).GridsOf(table, features);
        bool centred = Centres(options);
        (ImmutableArray<int> rows, string? warning) = TableRequest.Rows(options, table, DefaultRows);

        long points = grids.Sum(grid => (long)grid.Texts.Length);
        var runner = new RowRunner(predictor, table, points * rows.Length, progress);
        var attributions = ImmutableArray.CreateBuilder<Attribution>(features.Length);
        for (int i = 0; i < features.Length; i++)
        {
            double[][] values = IceCurve.Values(runner, table, rows, features[i], grids[i], cancellation);
            if (centred)
                Centre(values);
            double[] average = [.. values.Select(at => at.Average())];
            attributions.Add(new Attribution(table.Encoder.Columns[features[i]].Name, null, Flatness(average, grids[i]))
            {
                Curve = average.Length == 0 ? null : Curve(table, rows, grids[i], values, average),
            });
        }

        List<string> warnings = [.. Warnings.Of(predictor, clippedBefore), .. GridWarnings.Of(table, features, grids)];
        if (warning is not null)
            warnings.Add(warning);
        if (IndividualCurves > 0 && rows.Length > IndividualCurves)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"Curves of {IndividualCurves:N0} of {rows.Length:N0} rows are shown, an even spread; the average is over all {rows.Length:N0}."));
        }
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = attributions.MoveToImmutable(),
            Cost = new Cost(points, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = [.. warnings],
        };
    }

    /// <summary>Whether each curve starts at zero.</summary>
    private protected virtual bool Centres(OptionReader options) => false;

    private static void Centre(double[][] values)
    {
        for (int point = values.Length - 1; point >= 0; point--)
        {
            for (int row = 0; row < values[point].Length; row++)
                values[point][row] -= values[0][row];
        }
    }

    private Curve Curve(EncodedTable table, ImmutableArray<int> rows, FeatureGrid grid, double[][] values, double[] average)
    {
        ImmutableArray<int> shown = IndividualCurves == 0 ? [] : RowSelection.EvenSpread(rows.Length, IndividualCurves);
        return new Curve(
            grid.Texts, grid.Numbers, [.. average],
            [.. shown.Select(i => table.RowNumbers[rows[i]])],
            [.. shown.Select(i => values.Select(at => at[i]).ToImmutableArray())]);
    }

    private static double Flatness(double[] average, FeatureGrid grid)
    {
        if (average.Length < 2)
            return 0;
        if (grid.Numbers.IsEmpty)
            return (average.Max() - average.Min()) / 4;
        double mean = average.Average();
        return Math.Sqrt(average.Sum(value => (value - mean) * (value - mean)) / (average.Length - 1));
    }
}
