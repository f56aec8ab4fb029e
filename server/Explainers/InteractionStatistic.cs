using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Friedman's H-statistic (Friedman and Popescu 2008, section 8.1): the share of what two columns do together (H²), or of what the model
/// does, that is interaction: 0 for none, 1 for nothing but. The attribution of a column is its interaction with all others together; the
/// tensor <c>interactions</c> has the pairs, columns × columns, symmetric, the diagonal 0.
/// </summary>
/// <remarks>
/// Partial dependence is taken at the rows themselves and averaged over the same rows. A pair that hardly moves the prediction can have
/// a large H² by chance, since it is a share of little: <c>statistic=unnormalised</c> is the interaction itself, the root of its mean
/// square in the target's unit (the numerator). <c>square-root</c> is H.
/// </remarks>
public sealed class InteractionStatistic : IGlobalExplainer
{
    private const int DefaultRows = 60;
    private const long MostModelRows = 50_000_000;

    // Below these shares of the prediction's variance a joint effect is rounding, or too little to divide by with confidence.
    private const double Rounding = 1e-10;
    private const double Little = 1e-3;

    /// <inheritdoc/>
    public string Id => "h-statistic";

    /// <inheritdoc/>
    public string Title => "H-statistic of interactions";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("feature", null, "Columns, by name, separated by commas; all when not given."),
        new("samples", "60", "Rows at which and over which is averaged, 2 to 5,000; an even spread of the file. The work grows with their square."),
        new("statistic", "squared", "squared: H²; square-root: H; unnormalised: the interaction itself in the target's unit."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        (Predictor predictor, EncodedTable table) = (request.Predictor, request.Table);
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        ImmutableArray<int> features = TableRequest.Features(options, table);
        string statistic = options.Word("statistic", "squared", "squared", "square-root", "unnormalised");
        ImmutableArray<int> rows = RowSelection.EvenSpread(table.RowCount, (int)options.WholeNumber("samples", DefaultRows, 2, 5000));
        if (rows.Length < 2)
            throw new ExplainerException("h-statistic compares rows, and the file has one. Use a file with more rows.");
        long planned = new CentredDependence(new RowRunner(predictor, table, 1, null), table, rows, features).ModelRows;
        if (planned > MostModelRows)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"h-statistic of {features.Length:N0} columns over {rows.Length:N0} rows would run the model on {planned:N0} rows, more than {MostModelRows:N0}. Name columns with feature, or lower samples."));
        }

        var dependence = new CentredDependence(new RowRunner(predictor, table, planned + rows.Length, progress), table, rows, features);
        double[] model = dependence.Model(cancellation);
        double variance = Square(model);
        double[][] alone = [.. features.Select((_, j) => dependence.Of(j, cancellation))];
        double[] total = new double[features.Length], pairs = new double[features.Length * features.Length];
        int weak = 0;
        for (int j = 0; j < features.Length; j++)
        {
            double[] others = dependence.OfOthers(j, cancellation);
            total[j] = Statistic(model, alone[j], others);
            for (int k = 0; k < j; k++)
            {
                double[] together = dependence.OfPair(j, k, cancellation);
                pairs[(j * features.Length) + k] = pairs[(k * features.Length) + j] = Statistic(together, alone[j], alone[k]);
                weak += Square(together) < Little * variance && pairs[(j * features.Length) + k] > 0 ? 1 : 0;
            }
        }

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. features.Select((feature, j) => new Attribution(table.Encoder.Columns[feature].Name, null, total[j]))],
            Tensor = new AttributionTensor("interactions", [features.Length, features.Length], [.. pairs]),
            Cost = new Cost(planned / rows.Length, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. Sampled(rows.Length, table.RowCount), .. Weak(weak, statistic)],
        };

        double Statistic(double[] joint, double[] one, double[] other)
        {
            double interaction = Square([.. joint.Select((value, i) => value - one[i] - other[i])]), whole = Square(joint);
            if (statistic == "unnormalised")
                return Math.Sqrt(interaction);
            double share = whole <= Rounding * variance || variance == 0 ? 0 : interaction / whole;
            return statistic == "squared" ? share : Math.Sqrt(share);
        }
    }

    private static double Square(double[] values) => values.Sum(value => value * value) / values.Length;

    private static IEnumerable<string> Sampled(int rows, int all)
    {
        if (rows < all)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Computed at and over {rows:N0} of {all:N0} rows, an even spread. Values of few rows are rough. Raise samples for finer ones.");
        }
    }

    private static IEnumerable<string> Weak(int pairs, string statistic)
    {
        if (pairs > 0 && statistic != "unnormalised")
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{pairs:N0} pair{(pairs == 1 ? " has" : "s have")} a joint effect below 0.1 % of the prediction's variance, and {(pairs == 1 ? "its H is a share" : "their H are shares")} of almost nothing. Compare with statistic=unnormalised before believing {(pairs == 1 ? "it" : "them")}.");
        }
    }
}
