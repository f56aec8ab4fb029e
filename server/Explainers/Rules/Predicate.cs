using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Rules;

/// <summary>
/// One side of a rule that holds for the explained row: a category, a missing value, or a number above or at most a quartile of the
/// background. Two of them on one column make an interval.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Above">The number it must exceed; −∞ for none.</param>
/// <param name="AtMost">The number it must not exceed; +∞ for none.</param>
/// <param name="IsOwn">Whether the column must have the row's own value, whatever kind it is.</param>
internal sealed record Predicate(int Column, double Above, double AtMost, bool IsOwn)
{
    /// <summary>Whether the column holds single-precision numbers.</summary>
    public bool IsSingle { get; init; }


    /// <summary>Whether a number lies within the bounds, compared in the precision of the column; a missing one never does.</summary>
    public bool Holds(double number) => IsSingle
        ? (float)number > (float)Above && (float)number <= (float)AtMost
        : number > Above && number <= AtMost;

    /// <summary>Both predicates at once, on one column.</summary>
    public Predicate And(Predicate other) => this with { Above = Math.Max(Above, other.Above), AtMost = Math.Min(AtMost, other.AtMost) };

    /// <summary>The condition in words and numbers.</summary>
    /// <param name="row">The explained row.</param>
    public AnchorCondition Tell(TableRow row)
    {
        Feature feature = row.Features[Column];
        if (IsOwn)
        {
            string value = feature.Value ?? "";
            bool missing = value.Trim().Length == 0 || (row.Table.Encoder.Columns[Column].IsNumeric && double.IsNaN(row.Table.Number(row.Index, Column)));
            return new AnchorCondition(feature.Name, value, null, null, missing ? $"{feature.Name} is missing" : $"{feature.Name} = {value}");
        }
        double? above = double.IsFinite(Above) ? Above : null;
        double? atMost = double.IsFinite(AtMost) ? AtMost : null;
        string text = (above, atMost) switch
        {
            ({ } low, { } high) => FormattableString.Invariant($"{low} < {feature.Name} <= {high}"),
            ({ } low, null) => FormattableString.Invariant($"{feature.Name} > {low}"),
            _ => FormattableString.Invariant($"{feature.Name} <= {atMost}"),
        };
        return new AnchorCondition(feature.Name, null, above, atMost, text);
    }

    /// <summary>All predicates on a row that leave something out: those that hold for all of the background say nothing.</summary>
    public static IEnumerable<Predicate> Of(TableRow row, EncodedTable background, int column)
    {
        FeatureColumn feature = row.Table.Encoder.Columns[column];
        var own = new Predicate(column, double.NegativeInfinity, double.PositiveInfinity, true) { IsSingle = feature.ElementType == typeof(float) };
        if (!feature.IsNumeric || feature.ElementType == typeof(bool) || double.IsNaN(row.Table.Number(row.Index, column)))
            return Enumerable.Range(0, background.RowCount).All(i => SameAsOwn(row, background, i, column)) ? [] : [own];
        ColumnStatistics known = background.Statistics(column);
        double value = row.Table.Number(row.Index, column);
        return new[] { known.Quantile(0.25), known.Median, known.Quantile(0.75) }.Where(double.IsFinite).Distinct()
            .Select(border => value > border ? own with { Above = Shortest(border, own.IsSingle), IsOwn = false } : own with { AtMost = Shortest(border, own.IsSingle), IsOwn = false })
            .Where(predicate => Enumerable.Range(0, background.RowCount).Any(i => !predicate.Holds(background.Number(i, column))));
    }

    /// <summary>Whether a row of the background has the explained row's own value.</summary>
    public static bool SameAsOwn(TableRow row, EncodedTable background, int other, int column) => row.Table.Encoder.Columns[column].IsNumeric
        ? row.Table.Number(row.Index, column).Equals(background.Number(other, column))
        : row.Table.Text(row.Index, column) == background.Text(other, column);

    // What single precision tells apart, in as few digits as do: rows read from the file compare with it as those in memory.
    private static double Shortest(double border, bool single) =>
        single ? double.Parse(((float)border).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : border;
}
