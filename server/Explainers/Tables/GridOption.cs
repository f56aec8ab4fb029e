using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>The option <c>grid</c>: a number of points, or the values themselves, one list a feature.</summary>
/// <param name="Count">The number of points; null where values are given, or where the method chooses.</param>
/// <param name="Given">The values of each feature; empty where none are given.</param>
internal sealed record GridOption(int? Count, ImmutableArray<FeatureGrid> Given)
{
    /// <summary>Reads it.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="table">The table of the features.</param>
    /// <param name="features">The columns that values would be for.</param>
    /// <param name="fallback">The number when the option is not given; null where the method chooses.</param>
    /// <exception cref="ExplainerException">Neither; or values that the column cannot take, or not as many lists as features.</exception>
    public static GridOption Read(OptionReader options, EncodedTable table, ImmutableArray<int> features, int? fallback)
    {
        const string Allowed = "a whole number of points from 2 to 1,000, or two or more values separated by commas";
        if (options.List("grid") is not { } parts)
        {
            if (fallback is { } number)
                options.Remember("grid", (long)number);
            return new GridOption(fallback, []);
        }
        string text = string.Join(",", parts);
        if (parts.Length == 1 && !text.Contains(';', StringComparison.Ordinal))
            return new GridOption((int)options.WholeNumber("grid", 2, 2, 1000), []);
        string[] lists = features.Length == 1 ? [text] : text.Split(';');
        if (lists.Length != features.Length)
            throw options.Refuse("grid", text, $"{Allowed}; values need exactly one feature, named by the option feature, or a list for each, separated by semicolons");
        return new GridOption(null, [.. lists.Select((list, i) => Values(options, table.Encoder.Columns[features[i]], list, Allowed))]);
    }

    /// <summary>The grid of each feature: the values given, else that many points of the data.</summary>
    public FeatureGrid[] GridsOf(EncodedTable table, ImmutableArray<int> features) =>
        Given.IsEmpty ? [.. features.Select(feature => FeatureGrid.Of(table, feature, Count!.Value))] : [.. Given];

    private static FeatureGrid Values(OptionReader options, FeatureColumn column, string list, string allowed)
    {
        string[] values = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (values.Length == 0)
            throw options.Refuse("grid", list, allowed);
        if (!column.IsNumeric)
            return new FeatureGrid([.. values.Distinct()], []);
        double[] numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(values[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw options.Refuse("grid", list, $"{allowed}; {column.Name} takes numbers");
        }
        return FeatureGrid.OfNumbers(numbers, column.ElementType);
    }
}
